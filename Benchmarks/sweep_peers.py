"""The sweep of `bench perfect-sweep` by NumPy and by OpenSpiel: the same game under the same draws.

NumPy computes columns of draws. It takes the first of the best actions, without a rule for ties,
and needs no look at the ranges of payoffs; so it does less. OpenSpiel reads each draw's game from a
text and solves it by a walk over its states; making the text is not counted."""

import json
import time

import numpy as np

SEED = 20_261_125
QUANTITIES = 15
PLAYERS = 3
MASK = (1 << 64) - 1


def uniform(quantity, first, count):
    key = np.uint64((quantity * 0xD1B54A32D192ED03 + SEED) & MASK)
    z = np.arange(first, first + count, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15) + key
    z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    z = z ^ (z >> np.uint64(31))
    bits = (z >> np.uint64(12)) | np.uint64(0x3FF0000000000000)
    return bits.view(np.float64) - (1 - 2.0**-53)


def normal(u):
    q = u - 0.5
    r = q * q
    top = r * -39.69683028665376 + 220.9460984245205
    top = top * r - 275.9285104469687
    top = top * r + 138.3577518672690
    top = top * r - 30.66479806614716
    top = (top * r + 2.506628277459239) * q
    bottom = r * -54.47609879822406 + 161.5858368580409
    bottom = bottom * r - 155.6989798598866
    bottom = bottom * r + 66.80131188771972
    bottom = bottom * r - 13.28068155288572
    bottom = bottom * r + 1
    result = top / bottom
    far = q * q > 0.47575 * 0.47575
    s = np.sqrt(-2 * np.log(np.minimum(u[far], 1 - u[far])))
    above = s * -7.784894002430293e-3 - 0.3223964580411365
    above = above * s - 2.400758277161838
    above = above * s - 2.549732539343734
    above = above * s + 4.374664141464968
    above = above * s + 2.938163982698783
    below = s * 7.784695709041462e-3 + 0.3224671290700398
    below = below * s + 2.445134137142996
    below = below * s + 3.754408661907416
    below = below * s + 1
    end = above / below
    result[far] = np.where(u[far] < 0.5, end, -end)
    return result


def quantities(first, count):
    columns = [uniform(quantity, first, count) for quantity in range(QUANTITIES)]
    return [normal(u) if quantity % 3 == 2 else u for quantity, u in enumerate(columns)]


def program(model, payoffs=False):
    """The operations, and unless payoffs are wanted the induction, as one Python function over
    columns."""
    wanted = set(model["payoffs"])
    needed = set()
    stack = list(wanted)
    while stack:
        one = stack.pop()
        if one in needed:
            continue
        needed.add(one)
        code, left, right, condition, _ = model["operations"][one]
        if code not in ("constant", "input"):
            stack += [o for o in (left, right, condition) if o >= 0]
    signs = {"add": "+", "subtract": "-", "multiply": "*", "divide": "/"}
    calls = {"minimum": "np.minimum", "maximum": "np.maximum"}
    lines = ["def run(x, count):"]
    for one, (code, left, right, condition, constant) in enumerate(model["operations"]):
        if one not in needed:
            continue
        if code == "constant":
            text = repr(float(constant))
        elif code == "input":
            text = f"x[{left}]"
        elif code in signs:
            text = f"v{left} {signs[code]} v{right}"
        elif code in calls:
            text = f"{calls[code]}(v{left}, v{right})"
        elif code == "absolute":
            text = f"np.abs(v{left})"
        elif code == "negate":
            text = f"-v{left}"
        elif code == "less":
            text = f"v{left} < v{right}"
        elif code == "select":
            text = f"np.where(v{condition}, v{left}, v{right})"
        else:
            raise SystemExit(f"no operation {code}")
        lines.append(f"  v{one} = {text}")
    if payoffs:
        lines.append(f"  return [{', '.join(f'v{one}' for one in model['payoffs'])}]")
        return compiled(lines)
    # From the last node to the first: what each player has, and which end is reached.
    for node in reversed(range(len(model["nodes"]))):
        player, first, count = model["nodes"][node]
        if player < 0:
            for who in range(PLAYERS):
                lines.append(f"  w{node}_{who} = v{model['payoffs'][first * PLAYERS + who]}")
            lines.append(f"  e{node} = {first}")
            continue
        children = model["targets"][first : first + count]
        best = children[0]
        names = [f"w{node}_{who}" for who in range(PLAYERS)] + [f"e{node}"]
        for name in names:
            lines.append(f"  {name} = {name[0]}{best}{name[len(name.split('_')[0]):]}")
        for child in children[1:]:
            lines.append(f"  better = w{child}_{player} > w{node}_{player}")
            for name in names:
                tail = name[len(name.split("_")[0]) :]
                lines.append(f"  {name} = np.where(better, {name[0]}{child}{tail}, {name})")
    lines.append("  return e0")
    return compiled(lines)


def compiled(lines):
    scope = {"np": np}
    exec("\n".join(lines), scope)
    return scope["run"]


def sweep(run, terminals, first, draws, block):
    counts = np.zeros(terminals, dtype=np.int64)
    for start in range(first, first + draws, block):
        counts += np.bincount(run(quantities(start, block), block), minlength=terminals)
    return counts


def numpy_sweep(path):
    """Seconds a draw, and how many of the first draws reach each end."""
    with open(path, encoding="utf-8") as file:
        model = json.load(file)
    run = program(model)
    terminals = sum(node[0] < 0 for node in model["nodes"])
    with np.errstate(all="ignore"):
        ends = {str(draws): sweep(run, terminals, 0, draws, 256).tolist()
                for draws in (256, 1 << 16)}
        medians = []
        for block in (256, 1024, 4096):
            times = []
            for _ in range(3):
                begin = time.process_time()
                sweep(run, terminals, 0, 1 << 16, block)
                times.append(time.process_time() - begin)
            medians.append(sorted(times)[1] / (1 << 16))
    return min(medians), {"ends": ends}


def game_text(model, payoffs):
    """The game of one draw as an .efg."""
    lines = ['EFG 2 R "sweep" { "A" "B" "C" }', '""']
    sets = [0] * PLAYERS
    stack = [0]
    while stack:
        player, first, count = model["nodes"][stack.pop()]
        if player < 0:
            numbers = " ".join(
                repr(float(payoffs[first * PLAYERS + who])) for who in range(PLAYERS))
            lines.append(f't "" {first + 1} "e{first}" {{ {numbers} }}')
            continue
        sets[player] += 1
        actions = " ".join(f'"{action}"' for action in range(count))
        lines.append(
            f'p "" {player + 1} {sets[player]} "{"ABC"[player]}{sets[player]}" {{ {actions} }} 0')
        stack += reversed(model["targets"][first : first + count])
    return "\n".join(lines) + "\n"


def solved(state):
    """By backward induction: the payoffs, and the actions that lead to them."""
    if state.is_terminal():
        return state.returns(), ()
    who, best = state.current_player(), None
    for action in state.legal_actions():
        found, path = solved(state.child(action))
        if best is None or found[who] > best[0][who]:
            best = found, (action, *path)
    return best


def open_spiel_sweep(path):
    """Seconds a draw, and how many of the first draws reach each end."""
    import pyspiel

    with open(path, encoding="utf-8") as file:
        model = json.load(file)
    values = program(model, payoffs=True)
    draws = 256
    with np.errstate(all="ignore"):
        columns = [np.broadcast_to(one, draws) for one in values(quantities(0, draws), draws)]
    ends = [0] * sum(node[0] < 0 for node in model["nodes"])
    times = []
    for draw in range(draws):
        text = game_text(model, [column[draw] for column in columns])
        begin = time.process_time()
        _, path = solved(pyspiel.load_efg_game(text).new_initial_state())
        times.append(time.process_time() - begin)
        node = 0
        for action in path:
            node = model["targets"][model["nodes"][node][1] + action]
        ends[model["nodes"][node][1]] += 1
    return sorted(times)[draws // 2], {"ends": {str(draws): ends}}

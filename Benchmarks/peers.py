"""What each peer does with one game, in seconds of processor time. Run as a process of its own per
game, so that a limit can end it: `peers.py CASE FILE REPEATS` prints a line of JSON."""

import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time


def matrices(path):
    """The two tables of an .nfg that compare.py wrote, by rows."""
    lines = open(path).read().split("\n")
    rows, columns = map(int, lines[1].split())
    numbers = list(map(int, lines[2].split()))
    first = [[numbers[2 * (c * rows + r)] for c in range(columns)] for r in range(rows)]
    second = [[numbers[2 * (c * rows + r) + 1] for c in range(columns)] for r in range(rows)]
    return first, second


def timed(run, repeats):
    times = []
    for _ in range(repeats):
        start = time.process_time()
        result = run()
        times.append(time.process_time() - start)
        if sum(times) > 5:
            break
    return statistics.median(times), result


def gambit(case, path, repeats):
    import pygambit as gbt

    if case == "read":
        seconds, game = timed(lambda: gbt.read_efg(path), 1)
        return seconds, {"nodes": len(game.nodes)}
    game = gbt.read_nfg(path) if path.endswith(".nfg") else gbt.read_efg(path)
    solve = {
        "extreme": lambda: gbt.nash.enummixed_solve(game, rational=True),
        "lemke-howson": lambda: gbt.nash.lcp_solve(
            game, rational=False, use_strategic=True, stop_after=1),
        "lemke-howson-exact": lambda: gbt.nash.lcp_solve(
            game, rational=True, use_strategic=True, stop_after=1),
        "zero-sum": lambda: gbt.nash.lp_solve(game, rational=False, use_strategic=True),
        "pure": lambda: gbt.nash.enumpure_solve(game),
        "logit": lambda: gbt.nash.logit_solve(game, use_strategic=True),
        "agent-logit": lambda: gbt.nash.logit_solve(game),
        "sequence-lp": lambda: gbt.nash.lp_solve(game, rational=False),
        "sequence-lp-exact": lambda: gbt.nash.lp_solve(game, rational=True),
        "sequence-lemke": lambda: gbt.nash.lcp_solve(game, rational=False),
        "sequence-lemke-exact": lambda: gbt.nash.lcp_solve(game, rational=True),
    }[case]
    seconds, found = timed(solve, repeats)
    answer = {"count": len(found.equilibria)}
    if found.equilibria and case not in ("extreme", "pure"):
        profile = found.equilibria[0]
        answer["value"] = float(profile.payoff(next(iter(game.players))))
        if path.endswith(".nfg"):
            answer["profile"] = [
                [float(profile[strategy]) for strategy in player.strategies]
                for player in game.players]
        else:
            if hasattr(profile, "as_behavior"):
                profile = profile.as_behavior()
            answer["profile"] = [
                [own.player.label, own.label, [float(profile[action]) for action in own.actions]]
                for own in game.infosets]
    return seconds, answer


def quantecon(case, path, repeats):
    import numpy as np
    import quantecon as qe
    import quantecon.game_theory as gt
    from quantecon.optimize import minmax

    first, second = matrices(path)
    a, b = np.array(first, dtype=float), np.array(second, dtype=float)
    if case == "zero-sum":
        minmax(a[:3, :3].copy())
        seconds, (value, *profile) = timed(lambda: minmax(a), repeats)
        return seconds, {
            "value": float(value), "profile": [[float(p) for p in own] for own in profile]}
    game = gt.NormalFormGame((gt.Player(a), gt.Player(b.T.copy())))
    small = gt.NormalFormGame((gt.Player(a[:3, :3].copy()), gt.Player(b.T[:3, :3].copy())))
    solve = {
        "lemke-howson": lambda g: gt.lemke_howson(g, full_output=True),
        "extreme": gt.vertex_enumeration,
        "pure": gt.pure_nash_brute,
    }[case]
    solve(small)
    seconds, found = timed(lambda: solve(game), repeats)
    if case == "lemke-howson":
        return seconds, {
            "converged": bool(found[1].converged), "pivots": int(found[1].num_iter),
            "profile": [[float(p) for p in own] for own in found[0]]}
    return seconds, {"count": len(found)}


def lrsnash(case, path, repeats):
    first, second = matrices(path)
    text = f"{len(first)} {len(first[0])}\n\n"
    for table in (first, second):
        text += "\n".join(" ".join(map(str, row)) for row in table) + "\n\n"
    with tempfile.NamedTemporaryFile("w", suffix=".lrs") as file:
        file.write(text)
        file.flush()
        times = []
        for _ in range(repeats):
            before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
            out = subprocess.run(["lrsnash", file.name], capture_output=True, text=True).stdout
            times.append(resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before)
    count = [line for line in out.split("\n") if "Number of equilibria found" in line]
    return statistics.median(times), {"count": int(count[0].split(":")[1]) if count else None}


# The games of `bench`, as open_spiel names them.
GOOFSPIEL = "turn_based_simultaneous_game(game=goofspiel(" \
    "imp_info=True,num_cards={},points_order=descending))"
SPIELS = {
    "kuhn2": "kuhn_poker", "kuhn3": "kuhn_poker(players=3)", "kuhn4": "kuhn_poker(players=4)",
    "goofspiel4": GOOFSPIEL.format(4), "goofspiel5": GOOFSPIEL.format(5),
    "leduc2": "leduc_poker", "leduc3": "leduc_poker(players=3)", "liars-dice": "liars_dice",
}


def open_spiel(case, name, repeats):
    """Its solvers in C++, one call from here per iteration."""
    import pyspiel
    import sweep_peers

    if case == "perfect-sweep":
        return sweep_peers.open_spiel_sweep(name)
    game = pyspiel.load_game(SPIELS[name])
    if case == "external-sampling":
        solver = pyspiel.ExternalSamplingMCCFRSolver(game, seed=1)
        for _ in range(1000):
            solver.run_iteration()
        return batches(solver.run_iteration), {}
    make = pyspiel.CFRSolver if case == "cfr" else pyspiel.CFRPlusSolver
    if case == "sweep":
        def solve():
            solver = make(game)
            for _ in range(1000):
                solver.evaluate_and_update_policy()
            return solver

        seconds, solver = timed(solve, repeats)
        return seconds, {"nashconv": {"1000": pyspiel.nash_conv(game, solver.average_policy())}}
    solver = make(game)
    if case.startswith("leduc-to"):
        # As often as `bench` looks; but what looking takes is not counted.
        seconds, made, check = 0.0, 0, 1
        while True:
            start = time.process_time()
            while made < check:
                solver.evaluate_and_update_policy()
                made += 1
            seconds += time.process_time() - start
            found = pyspiel.nash_conv(game, solver.average_policy())
            if found <= 1e-3:
                return seconds, {"iterations": made, "nashconv-reached": found}
            check += check // 4 + 1
    found = {"uniform": pyspiel.nash_conv(game, pyspiel.UniformRandomPolicy(game))}
    marks = [10] if name == "leduc3" else [10, 100]
    times, looks, made = [], [], 0
    for mark in marks:
        while made < mark:
            start = time.process_time()
            solver.evaluate_and_update_policy()
            times.append(time.process_time() - start)
            made += 1
        policy = solver.average_policy()
        start = time.process_time()
        found[str(mark)] = pyspiel.nash_conv(game, policy)
        looks.append(time.process_time() - start)
    # What takes microseconds is measured again, many times.
    seconds = statistics.median(times)
    if seconds < 0.01:
        seconds = batches(solver.evaluate_and_update_policy)
    look = statistics.median(looks)
    if look < 0.1:
        look = batches(lambda: pyspiel.nash_conv(game, policy))
    return seconds, {"nashconv": found, "nashconv-seconds": look}


def numpy(case, path, repeats):
    import sweep_peers

    return sweep_peers.numpy_sweep(path)


def batches(run):
    """The median time of one run, over batches that are long enough for the clock."""
    size = 1
    while True:
        start = time.process_time()
        for _ in range(size):
            run()
        if time.process_time() - start >= 0.01:
            break
        size *= 2
    times = []
    while len(times) < 3 or (sum(times) < 0.5 and len(times) < 51):
        start = time.process_time()
        for _ in range(size):
            run()
        times.append(time.process_time() - start)
    return statistics.median(times) / size


if __name__ == "__main__":
    peer, case, path, repeats = sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4])
    solve = {
        "gambit": gambit, "quantecon": quantecon, "lrsnash": lrsnash, "open_spiel": open_spiel,
        "numpy": numpy}
    seconds, answer = solve[peer](case, path, repeats)
    print(json.dumps({"seconds": seconds, **answer}))

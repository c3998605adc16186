"""Makes the games, lets Entente and its peers solve them one after the other, checks that the
answers agree, and writes the table."""

import datetime
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile

QUICK = "--quick" in sys.argv
HERE = os.path.dirname(os.path.abspath(__file__))
BENCH = os.path.join(HERE, ".build", "release", "bench")
MASK = (1 << 64) - 1


class SplitMix64:
    """Steele, Lea & Flood (2014)."""

    def __init__(self, seed):
        self.state = seed & MASK

    def next(self):
        self.state = (self.state + 0x9E3779B97F4A7C15) & MASK
        z = self.state
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
        return z ^ (z >> 31)

    def below(self, bound):
        return self.next() % bound


assert SplitMix64(0).next() == 0xE220A8397B1DCDAF
_check = SplitMix64(1)
assert [_check.below(100) for _ in range(10)] == [65, 19, 90, 35, 61, 48, 45, 33, 20, 50]

FOLDER = tempfile.mkdtemp(prefix="entente-bench-")


def write(name, text):
    path = os.path.join(FOLDER, name)
    with open(path, "w") as file:
        file.write(text)
    return path


def table(name, sizes, seed, zero_sum=False):
    """An .nfg of integers below 100, drawn player by player in row-major order."""
    stream = SplitMix64(seed)
    count = 1
    for size in sizes:
        count *= size
    players = len(sizes)
    tensors = [[stream.below(100) for _ in range(count)] for _ in range(1 if zero_sum else players)]
    if zero_sum:
        tensors.append([-value for value in tensors[0]])
    payoffs = []
    # The file lists profiles with the first player's strategy varying fastest.
    for index in range(count):
        rest, ordinals = index, []
        for size in sizes:
            ordinals.append(rest % size)
            rest //= size
        row_major = 0
        for size, ordinal in zip(sizes, ordinals):
            row_major = row_major * size + ordinal
        payoffs += [tensor[row_major] for tensor in tensors]
    names = " ".join(f'"{p + 1}"' for p in range(players))
    head = f'NFG 1 R "{name}" {{ {names} }} {{ {" ".join(map(str, sizes))} }}'
    return write(f"{name}.nfg", f"{head}\n\n{' '.join(map(str, payoffs))}\n")


def bimatrix(size, k, zero_sum=False):
    """A table for all, and a copy that peers.py reads without a parser."""
    path = table(f"{'z' if zero_sum else 'b'}{size}-{k}", [size, size], 1000 * size + k, zero_sum)
    payoffs = open(path).read().split("\n")[2]
    write(os.path.basename(path) + ".plain", f"plain\n{size} {size}\n{payoffs}\n")
    return path


def poker(ranks):
    """One-card poker: chance deals each of two players one of so many ranks."""
    odds = f"1/{ranks * ranks}"
    deals = " ".join(f'"{i} {j}" {odds}' for i in range(ranks) for j in range(ranks))
    lines = ['EFG 2 R "one-card poker" { "1" "2" }', '""', f'c "" 1 "deal" {{ {deals} }} 0']
    for i in range(ranks):
        for j in range(ranks):
            value = 2 if i > j else -2 if i < j else 0
            serial = {2: 1, -2: 2, 0: 3}[value]
            lines.append(f'p "" 1 {i + 1} "1: {i}" {{ "bet" "fold" }} 0')
            lines.append(f'p "" 2 {j + 1} "2: {j}" {{ "call" "fold" }} 0')
            lines.append(f't "" {serial} "{value}" {{ {value}, {-value} }}')
            lines.append('t "" 4 "folds" { 1, -1 }')
            lines.append('t "" 5 "gives up" { -1, 1 }')
    return write(f"poker{ranks}.efg", "\n".join(lines) + "\n")


def crisis(types, seed):
    """A demand, a reply, an ally's stance and a last word; payoffs from the seed."""
    stream = SplitMix64(seed)
    lines = ['EFG 2 R "crisis" { "1" "2" "3" }', '""']
    odds = " ".join(f'"{t}" 1/{types}' for t in range(types))
    lines.append(f'c "" 1 "type" {{ {odds} }} 0')
    serial = [0]

    def end():
        serial[0] += 1
        payoffs = ", ".join(str(stream.below(100)) for _ in range(3))
        lines.append(f't "" {serial[0]} "o{serial[0]}" {{ {payoffs} }}')

    for t in range(types):
        lines.append(f'p "" 1 {t + 1} "1: {t}" {{ "hold" "low" "high" }} 0')
        end()
        for level in (1, 2):
            lines.append(f'p "" 2 {level} "2: {level}" {{ "concede" "resist" }} 0')
            end()
            lines.append(f'p "" 3 {level} "3: {level}" {{ "support" "abstain" }} 0')
            for stance in (0, 1):
                number = types + 1 + t * 4 + (level - 1) * 2 + stance
                lines.append(
                    f'p "" 1 {number} "1: {t} {level} {stance}" {{ "back" "escalate" }} 0')
                end()
                end()
    return write(f"crisis{types}-{seed}.efg", "\n".join(lines) + "\n")


def binary(depth):
    """A complete binary tree in which players take turns."""
    stream = SplitMix64(depth)
    lines = ['EFG 2 R "binary" { "1" "2" }', '""']
    # Labels are empty: unique ones cost Gambit the square of their number.
    sets, ends, stack = [0, 0], 0, [0]
    while stack:
        level = stack.pop()
        if level == depth:
            ends += 1
            lines.append(f't "" {ends} "o{ends}" {{ {stream.below(100)}, {stream.below(100)} }}')
            continue
        player = level % 2
        sets[player] += 1
        lines.append(
            f'p "" {player + 1} {sets[player]} "" {{ "l" "r" }} 0')
        stack += [level + 1, level + 1]
    return write(f"binary{depth}.efg", "\n".join(lines) + "\n")


HORSE = """EFG 2 R "Selten's horse" { "1" "2" "3" }
""
p "" 1 1 "1" { "R" "L" } 0
p "" 2 1 "2" { "R" "L" } 0
t "" 1 "a" { 1, 1, 1 }
p "" 3 1 "3" { "L" "R" } 0
t "" 2 "b" { 4, 4, 0 }
t "" 3 "c" { 0, 0, 1 }
p "" 3 1 "3" { "L" "R" } 0
t "" 4 "d" { 3, 2, 2 }
t "" 5 "e" { 0, 0, 0 }
"""


def entente(case, *paths):
    out = subprocess.run([BENCH, case, *paths], capture_output=True, text=True)
    if out.returncode != 0:
        return {"failed": out.stderr.strip()[-200:]}
    return json.loads(out.stdout.strip().split("\n")[-1])


def peer(name, case, path, limit, repeats=3):
    if name == "lrsnash" and not shutil.which("lrsnash"):
        return {"failed": "not installed"}
    if name in ("quantecon", "lrsnash"):
        path += ".plain"
    try:
        out = subprocess.run(
            [sys.executable, os.path.join(HERE, "peers.py"), name, case, path, str(repeats)],
            capture_output=True, text=True, timeout=limit)
    except subprocess.TimeoutExpired:
        return {"failed": f"not done in {limit} s"}
    if out.returncode != 0:
        return {"failed": out.stderr.strip().split("\n")[-1][-160:]}
    return json.loads(out.stdout.strip().split("\n")[-1])


rows = []


def row(what, games, case, peers, goal, agree=lambda ours, theirs: True):
    """One row of the table: `games` are files, `peers` pairs of a name and a limit in seconds."""
    ours = [entente(case, game) for game in games]
    result = {"what": what, "games": len(games), "entente": ours, "peers": {}, "goal": goal}
    for name, limit in peers:
        theirs = [peer(name, case, game, limit) for game in games]
        ratios = [
            b["seconds"] / a["seconds"]
            for a, b in zip(ours, theirs) if "seconds" in a and "seconds" in b]
        result["peers"][name] = {
            "runs": theirs, "ratios": ratios,
            "agree": all(agree(a, b) for a, b in zip(ours, theirs) if "seconds" in b)}
    rows.append(result)
    print(what, [a.get("seconds", a) for a in ours], {
        name: [round(r, 1) for r in one["ratios"]] for name, one in result["peers"].items()},
        flush=True)


def same(key, tolerance=0.0):
    return lambda a, b: key not in a or key not in b or abs(a[key] - b[key]) <= tolerance


def measure():
    seeds = (1,) if QUICK else (1, 2, 3)
    more = (1,) if QUICK else (1, 2, 3, 4, 5)
    row("all extreme equilibria, 12×12, exact", [bimatrix(12, k) for k in seeds], "extreme",
        [("lrsnash", 60)] + ([] if QUICK else [("gambit", 60)]), "2× lrsnash", same("count"))
    row("all extreme equilibria, 14×14, exact", [bimatrix(14, k) for k in seeds], "extreme",
        [("lrsnash", 60)], "2× lrsnash", same("count"))
    row("Lemke–Howson, 100×100", [bimatrix(100, k) for k in more], "lemke-howson",
        [("gambit", 30), ("quantecon", 60)], "100× gambit, 1× quantecon")
    row("Lemke–Howson, 200×200", [bimatrix(200, k) for k in more], "lemke-howson",
        [("gambit", 30), ("quantecon", 60)], "100× gambit, 1× quantecon")
    row("Lemke–Howson exact, 50×50", [bimatrix(50, k) for k in seeds], "lemke-howson-exact",
        [("gambit", 30)], "faster")
    row("Lemke–Howson exact, 100×100", [bimatrix(100, k) for k in seeds], "lemke-howson-exact",
        [("gambit", 30)], "faster")
    row("zero-sum program, 100×100", [bimatrix(100, k, True) for k in seeds], "zero-sum",
        [("gambit", 30), ("quantecon", 60)], "faster", same("value", 1e-6))
    row("zero-sum program, 300×300", [bimatrix(300, k, True) for k in seeds], "zero-sum",
        [("gambit", 60), ("quantecon", 60)], "1× quantecon", same("value", 1e-6))
    row("logit path to its limit, 3×3×3",
        [table(f"c{k}", [3, 3, 3], 27000 + k) for k in seeds], "logit", [("gambit", 30)],
        "75× gambit")
    row("logit path to its limit, Selten's horse", [write("horse.efg", HORSE)], "agent-logit",
        [("gambit", 30)], "75× gambit")
    for types in (2, 3, 8):
        count = 20 if QUICK else 200
        games = [crisis(types, 5_000_000 + i) for i in range(count)]
        ours = entente("resolve", *games)
        sample = games[:2] if types == 8 else games[:(3 if QUICK else 12)]
        theirs = [peer("gambit", "agent-logit" if types < 8 else "resolve-8", g, 60, 1)
                  for g in sample]
        ratios = [b["seconds"] / ours["seconds"] for b in theirs if "seconds" in b]
        nodes = {2: 41, 3: 61, 8: 161}[types]
        rows.append({
            "what": f"re-solve of the crisis game, {nodes} nodes "
                    f"({ours['certified']} of {ours['games']} certified)",
            "games": count, "entente": [ours], "goal": "1,000× gambit",
            "peers": {"gambit": {"runs": theirs, "ratios": ratios, "agree": True}}})
        print(rows[-1]["what"], ours["seconds"], [round(r) for r in ratios], flush=True)
    for ranks in (32,):
        game = [poker(ranks)]
        row(f"sequence-form program, poker n = {ranks}", game, "sequence-lp", [("gambit", 60)],
            "3× gambit", same("value", 1e-6))
        row(f"sequence-form program exact, poker n = {ranks}", game, "sequence-lp-exact",
            [("gambit", 60)], "10× gambit", same("value", 1e-9))
        row(f"Lemke on the sequence form, poker n = {ranks}", game, "sequence-lemke",
            [("gambit", 60)], "3× gambit")
        row(f"Lemke on the sequence form exact, poker n = {ranks}", game, "sequence-lemke-exact",
            [("gambit", 90)], "10× gambit", same("value", 1e-9))
    row("reading .efg, 131,071 nodes", [binary(16)], "read", [("gambit", 120)], "50× gambit",
        same("nodes"))
    if not QUICK:
        row("reading .efg, 1,048,575 nodes", [binary(19)], "read", [], "seconds")
        row("pure equilibria, 20×20×20",
            [table(f"p{k}", [20, 20, 20], 203000 + k) for k in seeds], "pure", [("gambit", 30)],
            "faster", same("count"))


def seconds_text(value):
    if value >= 1:
        return f"{value:.2f} s"
    if value >= 1e-3:
        return f"{value * 1e3:.3g} ms"
    return f"{value * 1e6:.3g} µs"


def versions():
    import pygambit
    import quantecon

    swift = subprocess.run(["swift", "--version"], capture_output=True, text=True).stdout
    return {
        "entente": subprocess.run(
            ["git", "-C", HERE, "rev-parse", "--short", "HEAD"], capture_output=True,
            text=True).stdout.strip(),
        "swift": swift.split("Swift version ")[-1].split(" ")[0],
        "pygambit": pygambit.__version__, "quantecon": quantecon.__version__,
        "lrslib": "Debian's lrslib" if shutil.which("lrsnash") else "not installed",
        "machine": f"{os.cpu_count()} × "
        + next((line.split(":")[1].strip() for line in open("/proc/cpuinfo")
                if line.startswith("model name")), platform.processor()),
        "system": platform.platform(terse=True),
    }


def report():
    about = versions()
    date = datetime.date.today().isoformat()
    command = "Benchmarks/compare" + (" --quick" if QUICK else "")
    lines = [
        "# Entente beside its peers", "",
        f"`{command}` on {date}; {about['machine']}, {about['system']}; "
        f"Entente {about['entente']} (Swift {about['swift']}), pygambit {about['pygambit']}, "
        f"quantecon {about['quantecon']}, lrsnash of {about['lrslib']}. Median processor time of a "
        "solve; a ratio above 1 says how many times longer the peer took on the same game. Reading "
        "and building of games is not counted, except where it is the row. Where both give a "
        "count or a value, they were compared.", "",
        "| problem | games | Entente, each | peer | ratio, each | goal | answers agree |",
        "|---|---|---|---|---|---|---|"]
    for one in rows:
        own = ", ".join(
            seconds_text(a["seconds"]) if "seconds" in a else a["failed"] for a in one["entente"])
        if not one["peers"]:
            lines.append(f"| {one['what']} | {one['games']} | {own} | | | {one['goal']} | |")
        for name, theirs in one["peers"].items():
            failed = [b["failed"] for b in theirs["runs"] if "failed" in b]
            ratios = ", ".join(f"{r:,.0f}×" if r >= 10 else f"{r:.2g}×" for r in theirs["ratios"])
            if failed:
                ratios += ("; " if ratios else "") + f"{len(failed)} {failed[0]}"
            agree = "yes" if theirs["agree"] else "**no**"
            lines.append(
                f"| {one['what']} | {one['games']} | {own} | {name} | {ratios} | {one['goal']} "
                f"| {agree if theirs['ratios'] else ''} |")
    with open(os.path.join(HERE, "RESULTS.md"), "w") as file:
        file.write("\n".join(lines) + "\n")
    with open(os.path.join(HERE, "RESULTS.json"), "w") as file:
        json.dump({"date": date, "command": command, "about": about, "rows": rows}, file, indent=1)
        file.write("\n")


if __name__ == "__main__":
    try:
        measure()
        report()
    finally:
        shutil.rmtree(FOLDER)

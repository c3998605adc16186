"""Lets Entente and its peers solve the same games one after the other, compares their answers, and
writes the table."""

import datetime
import importlib.metadata
import json
import os
import re
import shutil
import sys

import games
from machine import HERE, about
from rows import (
    NO_GOAL, add, alone, counts, ends, entente, equilibria, iterates, limits, mean, nodes,
    not_compared, peer, row, rows, table, times, uniform, values_and_equilibria, within)

QUICK = "--quick" in sys.argv


def tables():
    seeds = (1,) if QUICK else (1, 2, 3)
    more = (1,) if QUICK else (1, 2, 3, 4, 5)
    row("all extreme equilibria, 12×12, exact", [games.bimatrix(12, k) for k in seeds], "extreme",
        [("lrsnash", 60, times(2))] + ([] if QUICK else [("gambit", 60, times(50))]), counts)
    row("all extreme equilibria, 14×14, exact", [games.bimatrix(14, k) for k in seeds], "extreme",
        [("lrsnash", 60, times(2))], counts)
    for size in (100, 200):
        row(f"Lemke–Howson, {size}×{size}", [games.bimatrix(size, k) for k in more], "lemke-howson",
            [("gambit", 30, times(100)), ("quantecon", 60, times(1))], equilibria)
    for size in (50, 100):
        row(f"Lemke–Howson exact, {size}×{size}", [games.bimatrix(size, k) for k in seeds],
            "lemke-howson-exact", [("gambit", 30, times(1))], equilibria)
    row("zero-sum program, 100×100", [games.bimatrix(100, k, True) for k in seeds], "zero-sum",
        [("gambit", 30, times(1)), ("quantecon", 60, times(1))], values_and_equilibria)
    row("zero-sum program, 300×300", [games.bimatrix(300, k, True) for k in seeds], "zero-sum",
        [("gambit", 60, times(1)), ("quantecon", 60, times(1))], values_and_equilibria)
    if not QUICK:
        row("pure equilibria, 20×20×20", [games.cube(20, k) for k in seeds], "pure",
            [("gambit", 30, times(1))], counts)


def paths():
    cubes = [games.cube(3, k) for k in range(1, 4 if QUICK else 11)]
    row("logit path to its limit, 3×3×3", cubes, "logit", [("gambit", 30, times(75))], limits)
    row("logit path to its limit, Selten's horse", [games.horse()], "agent-logit",
        [("gambit", 30, times(75))], limits)
    for types, size in ((2, 41), (3, 61), (8, 161)):
        seeds = [5_000_000 + i for i in range(20 if QUICK else 200)]
        some = seeds[: (3 if QUICK else 12 if types == 8 else 40)]
        files = [games.crisis(types, seed) for seed in seeds]
        ours = entente("resolve", *files)
        certified = sum(run.get("certified", False) for run in ours)
        theirs = [peer("gambit", "agent-logit", file, 60, 1) for file in files[: len(some)]]
        # Entente solves proper subgames first: so the limits to compare are those of what is left.
        folded = [peer("gambit", "agent-logit", games.crisis(types, seed, True), 60, 1)
                  for seed in some]
        ends = dict(zip(files, folded))
        add(f"re-solve of the crisis game, {size} nodes ({certified} of {len(files)} certified, "
            f"{len(some)} compared)", files[: len(some)], ours[: len(some)], "gambit", theirs,
            times(1000), lambda runs: limits(runs, ends))


def trees():
    game = [games.poker(32)]
    row("sequence-form program, poker n = 32", game, "sequence-lp", [("gambit", 60, times(3))],
        values_and_equilibria)
    row("sequence-form program exact, poker n = 32", game, "sequence-lp-exact",
        [("gambit", 60, times(10))], values_and_equilibria)
    row("Lemke on the sequence form, poker n = 32", game, "sequence-lemke",
        [("gambit", 60, times(3))], equilibria)
    row("Lemke on the sequence form exact, poker n = 32", game, "sequence-lemke-exact",
        [("gambit", 90, times(10))], equilibria)
    row("reading .efg, 131,071 nodes", [games.binary(16)], "read", [("gambit", 120, times(50))],
        nodes)
    if not QUICK:
        alone("reading .efg, 1,048,575 nodes", [games.binary(19)], "read", "seconds")


# The games of learning: their name in print, whether iterates must agree after 10 and 100
# iterations, and the goals of an iteration of CFR+ and of finding NashConv.
LEARNED = {
    "kuhn2": ("Kuhn poker", ("10", "100"), NO_GOAL, NO_GOAL),
    "kuhn3": ("Kuhn poker for three", ("10", "100"), times(300), NO_GOAL),
    "kuhn4": ("Kuhn poker for four", (), NO_GOAL, NO_GOAL),
    "goofspiel4": ("goofspiel, 4 cards", ("10", "100"), times(300), NO_GOAL),
    "goofspiel5": ("goofspiel, 5 cards", (), times(300), NO_GOAL),
    "leduc2": ("Leduc poker", ("10", "100"), times(1000), times(5000)),
    "liars-dice": ("liar's dice", ("10", "100"), times(300), times(5000)),
    "leduc3": ("Leduc poker for three", (), times(300), times(5000)),
}


def learning():
    for name, (title, marks, goal, look_goal) in LEARNED.items():
        if QUICK and name in ("liars-dice", "leduc3"):
            continue
        ours, theirs = entente("cfr+", name), [peer("open_spiel", "cfr+", name, 600)]
        looks = [
            [{"seconds": run["nashconv-seconds"], "nashconv": run["nashconv"]}
             if "seconds" in run else dict(run) for run in runs] for runs in (ours, theirs)]
        add(f"CFR+ iteration, {title}", [name], ours, "open_spiel", theirs, goal, iterates(*marks))
        add(f"NashConv of a profile, {title}", [name], looks[0], "open_spiel", looks[1], look_goal,
            uniform)
    ratios = [
        ratio for one in rows for ratio in one["ratios"]
        if one["what"].startswith("CFR+ iteration") and "for four" not in one["what"]
        and not one["what"].endswith("Kuhn poker")]
    mean("CFR+ iteration, geometric mean of games with 600 nodes or more and two or three players",
         ratios, times(500))
    for name in ("kuhn2", "kuhn3", "leduc2") + (() if QUICK else ("liars-dice",)):
        # Regrets of 0 up to rounding decide between pure and uniform play: iterates may part.
        row(f"CFR iteration, {LEARNED[name][0]}", [name], "cfr", [("open_spiel", 120, NO_GOAL)],
            iterates())
    for name in ("kuhn2", "leduc2") + (() if QUICK else ("liars-dice",)):
        row(f"external-sampling iteration, {LEARNED[name][0]}", [name], "external-sampling",
            [("open_spiel", 120, times(50) if name == "leduc2" else NO_GOAL)],
            not_compared("random numbers are each one's own"))
    goal = within(0.005, 1000, "≤ 5 ms and ≥ 1,000×")
    row("CFR+ from the start to NashConv ≤ 1e-3, Leduc poker", ["leduc2"], "leduc-to-1e-3",
        [("open_spiel", 300, goal)], reached)
    row("the same by discounted CFR (the peer by CFR+)", ["leduc2"], "leduc-to-1e-3-discounted",
        [("open_spiel", 300, goal)], reached)
    row("a sweep's draw of Kuhn poker: 1,000 CFR+ iterations, measured", ["kuhn2"], "sweep",
        [("open_spiel", 60, within(1 / 25_000, 450, "≥ 25,000 a second and ≥ 450×"))],
        iterates("1000"))


def sweeps():
    file = os.path.join(games.FOLDER, "sweep.json")
    title = "a sweep's draw of a game with perfect information: 100 nodes, 550 operations"
    row(title, [file], "perfect-sweep",
        [("numpy", 120, within(1 / 5e6, 10, "≥ 5 million a second and ≥ 10×")),
         ("open_spiel", 120, times(1000))], ends)


def reached(runs):
    (_, one, other), = runs
    both = all(run["nashconv-reached"] <= 1e-3 for run in (one, other))
    return both, f"NashConv {one['nashconv-reached']:.2e} after {one['iterations']} iterations " \
        f"and {other['nashconv-reached']:.2e} after {other['iterations']}"


def versions():
    return about() | {
        **{name: importlib.metadata.version(name)
           for name in ("pygambit", "quantecon", "open_spiel", "numpy")},
        "lrslib": "Debian's lrslib" if shutil.which("lrsnash") else "not installed",
    }


def crisis_note(titles):
    found = [re.search(r"(\d+) of (\d+) certified", title) for title in titles]
    certified, count = (sum(int(one[part]) for one in found if one) for part in (1, 2))
    return f"- {certified} of {count} crisis games were certified. Of 600 it is all only since " \
        "the floor of decision 3 (`Docs/decisions/0003-branches-that-stay-undecided.md`) was " \
        "eased because of one of them, number 5,000,163, whose path cannot be followed further."


def page(document):
    """What RESULTS.md says of RESULTS.json."""
    made, found = document["about"], document["rows"]
    return [
        "# Entente beside its peers", "",
        f"`{document['command']}` on {document['date']}; {made['machine']}, {made['system']}; "
        f"Entente {made['entente']} (Swift {made['swift']}, a release build), "
        f"pygambit {made['pygambit']}, quantecon {made['quantecon']}, "
        f"lrsnash of {made['lrslib']}, open_spiel {made['open_spiel']}, numpy {made['numpy']}.", "",
        "- Median processor time of a solve. A ratio above 1 says how many times longer the peer "
        "took on the same game; of more than five games the median and the range are given. A "
        "goal is met if it is met on every game; a peer that was stopped counts with its limit, in "
        "seconds of the clock.",
        "- Regrets are what any player could gain, as a share of its payoff range: ours first, "
        "then the peer's, both found by `judge.py` from the definition. *Yes* asks for at most "
        "1e-8 of ours and 1e-3 of the peer's, for values within 1e-6, for limits within 0.05 in "
        "every probability, and for NashConv within 1e-9.",
        "- Not compared is what says so; there our results are certified on their own.",
        crisis_note(one["what"] for one in found),
        "- Entente solves proper subgames first, Gambit follows the path of the whole game, and "
        "so they may end at different equilibria of the crisis games. The limits that are compared "
        "there are those of Gambit on what is left when the last words are replaced by their "
        "values and payoffs are in units of each player's range, as in Entente's rule. Where odds "
        "fall like 1/λ Gambit stops a digit or two from the limit.",
        "- Where equal iterates are not asked and they part, regrets that tie up to rounding would "
        "explain it; that was not proven. NashConv of uniform play, which is asked everywhere, says "
        "that the games are the same.",
        "- Where the time to a NashConv is the row, ours includes finding NashConv, as often as "
        "needed; the peer's does not.", "", *table(found)]


def main():
    parts = {"tables": tables, "paths": paths, "trees": trees, "learning": learning,
             "sweeps": sweeps}
    chosen = [name for name in parts if name in sys.argv[1:]]
    # What is not the whole comparison does not replace its results.
    folder = os.path.join(HERE, ".build") if QUICK or chosen else HERE
    stored = os.path.join(folder, "RESULTS.json")
    if "--page" not in sys.argv:
        for name in chosen or parts:
            parts[name]()
        document = {
            "date": datetime.date.today().isoformat(),
            "command": "Benchmarks/compare" + (" --quick" if QUICK else ""),
            "about": versions(), "rows": rows}
        with open(stored, "w") as file:
            json.dump(document, file, indent=1, ensure_ascii=False)
            file.write("\n")
    with open(stored) as file:
        lines = page(json.load(file))
    with open(os.path.join(folder, "RESULTS.md"), "w") as file:
        file.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    try:
        main()
    finally:
        shutil.rmtree(games.FOLDER)

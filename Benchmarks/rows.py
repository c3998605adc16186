"""Rows of the table: who ran what, how long it took, and what was found when answers were
compared."""

import json
import math
import os
import shutil
import statistics
import subprocess
import sys

import judge
from machine import HERE

BENCH = os.environ.get("BENCH") or os.path.join(HERE, ".build", "release", "bench")

rows = []


def entente(case, *games):
    """A line of `bench` for each game, as a dictionary."""
    out = subprocess.run([BENCH, case, *games], capture_output=True, text=True)
    if out.returncode != 0:
        return [{"failed": out.stderr.strip()[-200:]} for _ in games]
    return [json.loads(line) for line in out.stdout.strip().split("\n")]


def peer(name, case, path, limit, repeats=3):
    """What peers.py prints, or why it printed nothing."""
    if name == "lrsnash" and not shutil.which("lrsnash"):
        return {"failed": "not installed"}
    if name in ("quantecon", "lrsnash"):
        path += ".plain"
    try:
        out = subprocess.run(
            [sys.executable, os.path.join(HERE, "peers.py"), name, case, path, str(repeats)],
            capture_output=True, text=True, timeout=limit)
    except subprocess.TimeoutExpired:
        return {"failed": f"not done in {limit} s", "at-least": limit}
    if out.returncode != 0:
        return {"failed": out.stderr.strip().split("\n")[-1][-160:]}
    answer = json.loads(out.stdout.strip().split("\n")[-1])
    if not answer.get("converged", True):
        return {"failed": "not converged", "at-least": answer["seconds"]}
    return answer


# Goals: what they say, and whether they are met by our times and the ratios on each game.

def times(ratio):
    """On every game; where a peer was stopped, by what its time is at least."""
    return f"≥ {ratio:,}×", lambda seconds, ratios: bool(ratios) and min(ratios) >= ratio


def within(seconds, ratio, text):
    met = lambda own, ratios: max(own) <= seconds and bool(ratios) and min(ratios) >= ratio
    return text, met


NO_GOAL = ("", None)

# Comparisons: from triples of a game, our answer and the peer's answer, all without failures, to
# whether they agree (None where no agreement is asked) and what was compared.

def small(number):
    """A difference; what is below 0 by rounding is 0."""
    return f"{number:.0e}" if number > 0 else "0"


def counts(runs):
    same = all(a["count"] == b["count"] for _, a, b in runs)
    return same, "same number of equilibria" if same else "other numbers of equilibria"


def nodes(runs):
    same = all(a["nodes"] == b["nodes"] for _, a, b in runs)
    return same, "same number of nodes" if same else "other numbers of nodes"


def not_compared(why):
    return lambda runs: (None, f"not compared: {why}")


def values(runs):
    gap = max(abs(a["value"] - b["value"]) for _, a, b in runs)
    return gap <= 1e-6, f"values differ by {small(gap)} at most"


# The largest gain, as a share of the payoff range, that passes for an equilibrium: of ours, and of
# a peer that stops at a criterion of its own.
OURS, THEIRS = 1e-8, 1e-3
# The largest difference of a probability that passes for the same limit.
SAME = 0.05


def equilibria(runs):
    """Both are equilibria by the definition; they need not be the same one."""
    one = max(judge.regret(game, a["profile"]) for game, a, _ in runs)
    other = max(judge.regret(game, b["profile"]) for game, _, b in runs)
    return one <= OURS and other <= THEIRS, f"regrets at most {small(one)} and {small(other)}"


def values_and_equilibria(runs):
    first, second = values(runs), equilibria(runs)
    return first[0] and second[0], f"{first[1]}; {second[1]}"


def limits(runs, ends=None):
    """Both are equilibria, and the limits the same: of the peer's answers, or of these others."""
    is_met, text = equilibria(runs)
    pairs = [(a, b) for _, a, b in runs] if ends is None else [
        (a, ends[game]) for game, a, _ in runs if "profile" in ends[game]]
    gaps = [judge.distance(a["profile"], b["profile"]) for a, b in pairs]
    near = [gap for gap in gaps if gap <= SAME]
    text += f"; same limit in {len(near)} of {len(runs)}"
    if near:
        text += f" (within {small(max(near))})"
    return is_met and len(near) == len(runs), text


def iterates(*marks):
    """NashConv of the average of play; equal where these numbers of iterations are asked."""
    def compare(runs):
        (_, one, other), = runs
        gaps = {mark: abs(one["nashconv"][mark] - found)
                for mark, found in other["nashconv"].items() if mark != "uniform"}
        text = "; ".join(
            f"NashConv after {mark} differs by {small(gap)}" for mark, gap in gaps.items())
        if not marks:
            return None, text + " (not asked, for regrets that tie)"
        return all(gaps[mark] <= 1e-9 for mark in marks), text
    return compare


def uniform(runs):
    """NashConv of the same profile."""
    (_, one, other), = runs
    gap = abs(one["nashconv"]["uniform"] - other["nashconv"]["uniform"])
    return gap <= 1e-9, f"NashConv of uniform play differs by {small(gap)}"


def ends(runs):
    """How many of the first draws reach each end of a tree."""
    (_, one, other), = runs
    gaps = {draws: sum(abs(a - b) for a, b in zip(one["ends"][draws], found)) // 2
            for draws, found in other["ends"].items()}
    draws = max(gaps, key=int)
    return not any(gaps.values()), \
        f"of the first {int(draws):,} draws {int(gaps[draws])} end elsewhere"


def summary(runs, compare):
    """What a comparison says of the games that the peer finished."""
    if not runs:
        return None, "not compared: no answer"
    return compare(runs)


def add(what, games, ours, name, theirs, goal, compare, count=None):
    """A row of one peer: `ours` and `theirs` are what was printed for each game."""
    both = [(game, a, b) for game, a, b in zip(games, ours, theirs)
            if "seconds" in a and "seconds" in b]
    bounds = [(a["seconds"], b.get("seconds", b.get("at-least"))) for a, b in zip(ours, theirs)
              if "seconds" in a]
    known = all(other is not None for _, other in bounds) and len(bounds) == len(games)
    agree, compared = summary(both, compare)
    text, is_met = goal
    rows.append({
        "what": what, "games": count or len(games), "entente": ours, "peer": name, "runs": theirs,
        "ratios": [b["seconds"] / a["seconds"] for _, a, b in both], "goal": text,
        "met": is_met and known and is_met(
            [own for own, _ in bounds], [other / own for own, other in bounds]),
        "agree": agree, "compared": compared})
    for one in (ours, theirs):
        # Profiles were compared; nobody reads them again.
        for run in one:
            run.pop("profile", None)
    print(what, "|", name, "|", own_text(rows[-1]), "|", ratio_text(rows[-1]), "|", text,
          met_text(rows[-1]), "|", compared, flush=True)


def row(what, games, case, peers, compare):
    """A row for each peer: a name, a limit in seconds and a goal."""
    ours = [entente(case, game)[0] for game in games]
    for name, limit, goal in peers:
        theirs = [peer(name, case, game, limit) for game in games]
        own = [dict(run) for run in ours]
        add(what, games, own, name, theirs, goal,
            counts if name == "lrsnash" else compare)


def alone(what, games, case, goal):
    """A row without a peer."""
    rows.append({
        "what": what, "games": len(games), "entente": [entente(case, game)[0] for game in games],
        "peer": "", "runs": [], "ratios": [], "goal": goal, "met": None, "agree": None,
        "compared": "not compared: no peer"})


def mean(what, ratios, goal):
    """A row for the geometric mean of ratios of other rows."""
    found = math.exp(statistics.fmean(map(math.log, ratios)))
    rows.append({
        "what": what, "games": len(ratios), "entente": [], "peer": "open_spiel", "runs": [],
        "ratios": [found], "goal": goal[0], "met": goal[1]([], [found]), "agree": None,
        "compared": "see these rows"})


# Text.

def seconds_text(value):
    if value >= 1:
        return f"{value:.2f} s"
    if value >= 1e-3:
        return f"{value * 1e3:.3g} ms"
    if value >= 1e-6:
        return f"{value * 1e6:.3g} µs"
    return f"{value * 1e9:.3g} ns"


def times_text(ratio):
    return f"{ratio:,.0f}×" if ratio >= 10 else f"{ratio:.2g}×"


def listed(numbers, text):
    """Each, or the median and the range of many."""
    if len(numbers) <= 5:
        return ", ".join(map(text, numbers))
    return f"median {text(statistics.median(numbers))} ({text(min(numbers))} to " \
        f"{text(max(numbers))})"


def own_text(one):
    failed = [run["failed"] for run in one["entente"] if "failed" in run]
    text = listed([run["seconds"] for run in one["entente"] if "seconds" in run], seconds_text)
    return "; ".join(filter(None, [text, *failed[:1]]))


def ratio_text(one):
    failed = [run["failed"] for run in one["runs"] if "failed" in run]
    text = listed(one["ratios"], times_text)
    return "; ".join(filter(None, [
        text, *(f"{failed.count(reason)} {reason}" for reason in dict.fromkeys(failed))]))


def met_text(one):
    return "" if one["met"] is None else "met" if one["met"] else "**short**"


def agree_text(one):
    return {True: "yes: ", False: "**no**: ", None: ""}[one["agree"]] + one["compared"]


def table(rows):
    lines = [
        "| problem | games | Entente | peer | ratio, game by game | goal | | answers |",
        "|---|---|---|---|---|---|---|---|"]
    for one in rows:
        cells = [one["what"], str(one["games"]), own_text(one), one["peer"], ratio_text(one),
                 one["goal"], met_text(one), agree_text(one)]
        lines.append("| " + " | ".join(cells) + " |")
    return lines

#!/usr/bin/env python3
"""Makes Tests/Data/gambit: what Gambit's agent logit solver finds.

    pip install pygambit==16.7.0
    python3 Scripts/gambit-logit.py

Writes forty random games (seeded, in Gambit's extensive format) and logit.json: for these games,
the published models and the seed scenario's games, with each player's payoffs divided by their
range, the agent logit equilibria at several lambda and the limit, if it meets Gambit's own
criterion. Games on which Gambit takes longer than a minute are left out and named.
"""

import json
import multiprocessing
import pathlib
import random

import pygambit as gbt

DATA = pathlib.Path(__file__).resolve().parent.parent / "Tests" / "Data"
OUT = DATA / "gambit"
LAMBDAS = [0.5, 2.0, 10.0, 40.0]
CRITERION = 1e-8


def random_game(seed):
    """A game with perfect recall: a set is a player with what it has seen and done."""
    rng = random.Random(seed)
    players = rng.randint(2, 3)
    lines = [
        'EFG 2 R "random %d" { %s }' % (seed, " ".join('"P%d"' % p for p in range(players))), '""'
    ]
    sets, serial = {}, [0, 0]

    def grow(depth, memories):
        if depth == 4 or depth > 1 and rng.random() < 0.3:
            serial[0] += 1
            values = ", ".join(str(rng.randint(0, 99)) for _ in range(players))
            lines.append('t "" %d "end %d" { %s }' % (serial[0], serial[0], values))
            return
        if rng.random() < (0.4 if depth == 0 else 0.1):
            serial[1] += 1
            first = rng.randint(1, 9)
            lines.append('c "" %d "" { "l" %d/10 "r" %d/10 } 0' % (serial[1], first, 10 - first))
            seen = [rng.random() < 0.4 for _ in memories]
            for branch in range(2):
                grow(depth + 1, [m + "c%d." % branch if s else m for m, s in zip(memories, seen)])
            return
        player = rng.randrange(players)
        memory = memories[player]
        known = sets.setdefault(player, {})
        number, count = known.setdefault(memory, (len(known) + 1, rng.choice([2, 2, 2, 3])))
        actions = " ".join('"%s"' % "abc"[a] for a in range(count))
        lines.append(
            'p "" %d %d "%d:%s" { %s } 0' % (player + 1, number, player, memory, actions))
        seen = [rng.randint(0, 2) for _ in memories]
        for action in range(count):
            after = []
            for other, m in enumerate(memories):
                if other == player:
                    m += "m%d." % action
                elif seen[other] == 2:
                    m += "%d%d." % (player, action)
                elif seen[other] == 1:
                    m += "%d?." % player
                after.append(m)
            grow(depth + 1, after)

    grow(0, [""] * players)
    return "\n".join(lines) + "\n"


def scale(game):
    """Divides each player's payoffs by their range."""
    for player in game.players:
        values = [outcome[player] for outcome in game.outcomes]
        spread = max(values) - min(values)
        if spread > 0:
            for outcome in game.outcomes:
                outcome[player] = outcome[player] / spread


def flat(probability, game):
    """By label of the information set, the probability of each action."""
    table, place = {}, 0
    for player in game.players:
        for infoset in player.infosets:
            count = len(list(infoset.actions))
            table[infoset.label] = [
                float("%.10g" % float(probability(place + ordinal, action)))
                for ordinal, action in enumerate(infoset.actions)]
            place += count
    return table


def solve(path, queue):
    game = gbt.read_efg(str(path))
    scale(game)
    points = gbt.qre.logit_solve_lambda(game, LAMBDAS)
    entry = {"file": str(path.relative_to(DATA)), "points": []}
    for wanted, point in zip(LAMBDAS, points):
        # The point's own profile attribute fails in 16.7.0; its flat index works.
        entry["points"].append({"lambda": point.lam, "wanted": wanted,
                                "probabilities": flat(lambda i, _: point[i], game)})
    result = gbt.nash.logit_solve(game, maxregret=CRITERION)
    if result.equilibria:
        profile = result.equilibria[0]
        entry["limit_regret"] = float(profile.agent_max_regret())
        if entry["limit_regret"] <= CRITERION:
            entry["limit"] = flat(lambda _, action: profile[action], game)
    queue.put(entry)


def main():
    OUT.mkdir(exist_ok=True)
    for seed in range(40):
        (OUT / ("random-%02d.efg" % seed)).write_text(random_game(seed))
    files = sorted(OUT.glob("*.efg")) + sorted((DATA / "models").glob("*.efg"))
    files += sorted((DATA / "seed").glob("*.efg"))
    entries, missing = [], []
    for path in files:
        queue = multiprocessing.Queue()
        process = multiprocessing.Process(target=solve, args=(path, queue))
        process.start()
        try:
            entries.append(queue.get(timeout=60))
        except Exception:
            missing.append(str(path.relative_to(DATA)))
        process.kill()
        process.join()
        print(path.name, "done" if path.name in str(entries[-1:]) else "left out", flush=True)
    document = {
        "origin": "pygambit %s; qre.logit_solve_lambda and nash.logit_solve(maxregret=%g)"
        % (gbt.__version__, CRITERION),
        "left_out": missing, "games": entries,
    }
    (OUT / "logit.json").write_text(json.dumps(document, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
"""Writes Tests/Data/gambit/pure.json: what Gambit finds in the reduced strategic form.

For each game: the number of each player's reduced strategies, the last one's label, what each
player expects when all play every strategy alike, and all pure Nash equilibria.
Needs pygambit 16.7.0.
"""

import json
import math
import pathlib

import pygambit

DATA = pathlib.Path(__file__).resolve().parent.parent / "Tests" / "Data"
LARGEST = 10_000  # profiles
# Their reduced strategies cannot be listed.
LEFT_OUT = ["kydd2000_reassurance", "rubinstein_three_rounds"]


def describe(path):
    game = pygambit.read_efg(path)
    labels = [[s.label for s in player.strategies] for player in game.players]
    if math.prod(map(len, labels)) > LARGEST:
        return None
    even = game.mixed_strategy_profile(rational=True)
    pure = [
        [next(s.label for s in player.strategies if profile[s] == 1) for player in game.players]
        for profile in pygambit.nash.enumpure_solve(game).equilibria
    ]
    return {
        "strategies": [len(names) for names in labels],
        "last": [names[-1] for names in labels],
        "even": [str(even.payoff(player)) for player in game.players],
        "pure": sorted(pure),
    }


def main():
    paths = sorted(DATA.glob("gambit/random-*.efg")) + sorted(DATA.glob("models/*.efg"))
    games = {}
    for path in paths:
        if path.stem in LEFT_OUT:
            continue
        games[path.relative_to(DATA).as_posix()] = describe(path)
    found = {name: entry for name, entry in games.items() if entry}
    with open(DATA / "gambit" / "pure.json", "w", encoding="utf-8") as file:
        lines = [f"{json.dumps(name)}: {json.dumps(entry)}" for name, entry in found.items()]
        file.write("{\n" + ",\n".join(lines) + "\n}\n")


main()

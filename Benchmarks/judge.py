"""Judges profiles by their definition, on the file itself and without any solver: what could each
player gain, as a share of its payoff range?"""

import functools
import itertools
import re
from fractions import Fraction


def table_regrets(path, profile):
    """Of a table that games.py wrote, and a list of probabilities for each player."""
    head, _, numbers = open(path).read().partition("\n\n")
    sizes = [int(size) for size in head.rsplit("{", 1)[1].split("}")[0].split()]
    numbers = [float(number) for number in numbers.split()]
    players = range(len(sizes))
    values = [[0.0] * size for size in sizes]
    # Profiles stand with the first player's strategy varying fastest.
    for place, reverse in enumerate(itertools.product(*(range(size) for size in sizes[::-1]))):
        choice = reverse[::-1]
        for player in players:
            share = 1.0
            for other in players:
                if other != player:
                    share *= profile[other][choice[other]]
                    if share == 0:
                        break
            if share:
                values[player][choice[player]] += share * numbers[place * len(sizes) + player]
    gains = []
    for player in players:
        own = numbers[player :: len(sizes)]
        expected = sum(p * v for p, v in zip(profile[player], values[player]))
        gains.append((max(values[player]) - expected) / (max(own) - min(own) or 1))
    return gains


@functools.cache
def tree(path):
    """The nodes of an .efg that games.py wrote, in preorder: the kind, what it has (a player and a
    set, odds, or payoffs) and its children."""
    lines = iter(open(path).read().split("\n")[2:])
    nodes = []

    def grow():
        line = next(lines)
        braces = line[line.index("{") + 1 : line.index("}")]
        labels = re.findall(r'"([^"]*)"', line.split("{")[0])
        place = len(nodes)
        nodes.append(None)
        if line[0] == "t":
            nodes[place] = ("t", [float(number) for number in braces.split(",")], ())
        elif line[0] == "c":
            odds = [float(Fraction(odd)) for odd in re.sub(r'"[^"]*"', "", braces).split()]
            nodes[place] = ("c", odds, [grow() for _ in odds])
        else:
            own = (line.split()[2], labels[-1])
            nodes[place] = ("p", own, [grow() for _ in range(braces.count('"') // 2)])
        return place

    grow()
    return nodes


def tree_regrets(path, profile):
    """Of a tree, and a list of (player, label of the set, probabilities)."""
    nodes = tree(path)
    choice = {(player, label): odds for player, label, odds in profile}
    payoffs = [what for kind, what, _ in nodes if kind == "t"]
    gains = []
    for ordinal in range(len(payoffs[0])):
        player = str(ordinal + 1)
        reach = [0.0] * len(nodes)
        sets = {}
        reach[0] = 1.0
        for place, (kind, what, below) in enumerate(nodes):
            if kind == "t":
                continue
            own = kind == "p" and what[0] == player
            if own:
                sets.setdefault(what, []).append(place)
            odds = [1.0] * len(below) if own else what if kind == "c" else choice[what]
            for child, odd in zip(below, odds):
                reach[child] = reach[place] * odd

        def value(place, best):
            kind, what, below = nodes[place]
            if kind == "t":
                return what[ordinal]
            if kind == "p" and what[0] == player and best is not None:
                return value(below[decide(what, best)], best)
            odds = what if kind == "c" else choice[what]
            return sum(odd * value(child, best) for child, odd in zip(below, odds) if odd)

        def decide(own, best):
            # With perfect recall what follows is decided without what is asked here.
            if own not in best:
                totals = [
                    sum(reach[place] * value(child, best)
                        for place, child in zip(sets[own], children) if reach[place])
                    for children in zip(*(nodes[place][2] for place in sets[own]))]
                best[own] = totals.index(max(totals))
            return best[own]

        worths = [payoff[ordinal] for payoff in payoffs]
        gain = value(0, {}) - value(0, None)
        gains.append(gain / (max(worths) - min(worths) or 1))
    return gains


def regret(path, profile):
    """The largest gain of any player as a share of its payoff range."""
    return max((table_regrets if path.endswith(".nfg") else tree_regrets)(path, profile))


def distance(one, other):
    """The largest difference of a probability between two profiles of one game, at the sets of the
    second."""
    if one and isinstance(one[0][0], str):
        one = {(player, label): odds for player, label, odds in one}
        other = {(player, label): odds for player, label, odds in other}
        pairs = [(one[key], other[key]) for key in other]
    else:
        pairs = zip(one, other)
    return max(abs(a - b) for first, second in pairs for a, b in zip(first, second))

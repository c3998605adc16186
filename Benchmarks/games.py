"""Games for all to solve, written as files to a folder that the caller removes. Numbers come from
seeds."""

import os
import tempfile
from fractions import Fraction

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


# Published outputs, so that games are the same wherever they are made.
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


def cube(size, k):
    """Three players with as many strategies each."""
    return table(f"c{size}-{k}", [size] * 3, (27_000 if size == 3 else 203_000) + k)


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


def crisis(types, seed, folded=False):
    """A demand, a reply, an ally's stance and a last word; payoffs from the seed. Folded, the last
    words, which are proper subgames, are replaced by their values (those of an even choice where
    the first player is indifferent), and payoffs are in units of each player's range."""
    stream = SplitMix64(seed)
    draws = [[stream.below(100) for _ in range(3)] for _ in range(types * 11)]
    ranges = [max(own) - min(own) for own in zip(*draws)] if folded else [1, 1, 1]
    lines = ['EFG 2 R "crisis" { "1" "2" "3" }', '""']
    odds = " ".join(f'"{t}" 1/{types}' for t in range(types))
    lines.append(f'c "" 1 "type" {{ {odds} }} 0')
    serial, left = 0, iter(draws)

    def end(*choices):
        """An end, or the best of some for the first player."""
        nonlocal serial
        serial += 1
        best = [one for one in choices if one[0] == max(choice[0] for choice in choices)]
        sums = [sum(own) for own in zip(*best)]
        payoffs = [str(Fraction(one, len(best) * size)) for one, size in zip(sums, ranges)]
        lines.append(f't "" {serial} "o{serial}" {{ {", ".join(payoffs)} }}')

    for t in range(types):
        lines.append(f'p "" 1 {t + 1} "1: {t}" {{ "hold" "low" "high" }} 0')
        end(next(left))
        for level in (1, 2):
            lines.append(f'p "" 2 {level} "2: {level}" {{ "concede" "resist" }} 0')
            end(next(left))
            lines.append(f'p "" 3 {level} "3: {level}" {{ "support" "abstain" }} 0')
            for stance in (0, 1):
                last = [next(left), next(left)]
                if folded:
                    end(*last)
                    continue
                number = types + 1 + t * 4 + (level - 1) * 2 + stance
                lines.append(
                    f'p "" 1 {number} "1: {t} {level} {stance}" {{ "back" "escalate" }} 0')
                for one in last:
                    end(one)
    return write(f"{'folded' if folded else 'crisis'}{types}-{seed}.efg", "\n".join(lines) + "\n")


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


def horse():
    return write("horse.efg", HORSE)

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
        # Counting its nodes would take longer than reading them.
        seconds, _ = timed(lambda: gbt.read_efg(path), 1)
        return seconds, {}
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
        "resolve-8": lambda: gbt.nash.logit_solve(game),
        "sequence-lp": lambda: gbt.nash.lp_solve(game, rational=False),
        "sequence-lp-exact": lambda: gbt.nash.lp_solve(game, rational=True),
        "sequence-lemke": lambda: gbt.nash.lcp_solve(game, rational=False),
        "sequence-lemke-exact": lambda: gbt.nash.lcp_solve(game, rational=True),
    }[case]
    seconds, found = timed(solve, repeats)
    answer = {"count": len(found.equilibria)}
    if found.equilibria and case != "extreme":
        profile = found.equilibria[0]
        answer["value"] = float(profile.payoff(next(iter(game.players))))
        # On trees of any size the regret would take longer than the solve.
        if path.endswith(".nfg") or len(game.nodes) < 100:
            answer["regret"] = float(profile.max_regret())
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
        seconds, (value, _, _) = timed(lambda: minmax(a), repeats)
        return seconds, {"value": float(value)}
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
        return seconds, {"converged": bool(found[1].converged), "pivots": int(found[1].num_iter)}
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


if __name__ == "__main__":
    peer, case, path, repeats = sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4])
    seconds, answer = {"gambit": gambit, "quantecon": quantecon, "lrsnash": lrsnash}[peer](
        case, path, repeats)
    print(json.dumps({"seconds": seconds, **answer}))

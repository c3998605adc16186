"""Measures our own figures, compares them with a stored baseline, and says what became slower."""

import argparse
import datetime
import json
import os
import shutil
import statistics
import subprocess
import sys

import games
from machine import HERE, about
from rows import BENCH, seconds_text

BASELINE = os.path.join(HERE, "BASELINE.json")


def arguments():
    parser = argparse.ArgumentParser(
        prog="regress", description="Measures our own figures and compares them with a baseline.")
    parser.add_argument("figures", nargs="*", help="parts of names; all figures without")
    parser.add_argument("--baseline", default=BASELINE, help="the file to compare with")
    parser.add_argument("--write", action="store_true",
                        help="make what is measured the baseline, of the named figures or of all")
    parser.add_argument("--output", help="a file for what is measured")
    parser.add_argument("--threshold", type=float, default=1.3,
                        help="how many times as long is too long (1.3)")
    parser.add_argument("--repeats", type=int, default=3,
                        help="processes, of whose medians the median counts (3)")
    return parser.parse_args()


def make_games():
    """What the figures read."""
    for size in (12, 50, 100):
        games.bimatrix(size, 1)
    games.bimatrix(100, 1, True)
    for size in (3, 20):
        games.cube(size, 1)
    for types in (2, 8):
        games.crisis(types, 5_000_000)
    games.poker(32)
    games.binary(16)


def measured(parts):
    """Seconds by the name of a figure, of one process."""
    out = subprocess.run([BENCH, "figures", games.FOLDER, *parts], capture_output=True, text=True)
    if out.returncode != 0:
        sys.exit(out.stderr.strip()[-1000:] or "bench failed")
    lines = [json.loads(line) for line in out.stdout.strip().split("\n") if line]
    return {line["name"]: line["seconds"] for line in lines}


def main():
    options = arguments()
    make_games()
    runs = [measured(options.figures) for _ in range(options.repeats)]
    figures = {name: statistics.median(run[name] for run in runs) for name in runs[0]}
    if not figures:
        sys.exit("there is no such figure")
    stored = {"about": {}, "figures": {}}
    if os.path.exists(options.baseline):
        with open(options.baseline) as file:
            stored = json.load(file)
    before = stored["figures"]

    def ratio(name):
        return figures[name] / before[name] if name in before else 0

    # What was slow by chance is not slow again.
    late = [name for name in figures if ratio(name) > options.threshold]
    if late and not options.write:
        again = measured(late)
        for name in late:
            figures[name] = min(figures[name], again[name])
    slower = [name for name in figures if ratio(name) > options.threshold]

    now = about()
    document = {
        "date": datetime.date.today().isoformat(), "about": now, "figures": figures}
    width = max(map(len, figures))
    print(f"{'':{width}}  {'now':>9}  {'baseline':>9}  ratio")
    for name, seconds in figures.items():
        text = f"{name:{width}}  {seconds_text(seconds):>9}"
        if name in before:
            text += f"  {seconds_text(before[name]):>9}  {ratio(name):5.2f}"
            text += "  SLOWER" if name in slower else ""
        print(text)
    if options.output:
        save(options.output, document)
    if options.write:
        save(BASELINE, document | {"figures": before | figures if options.figures else figures})
        return 0
    was = stored["about"]
    if before and was.get("machine") != now["machine"]:
        print(f"the baseline is of another machine: {was.get('machine')}, not {now['machine']}")
    missing = before.keys() - figures.keys()
    if missing and not options.figures:
        print("no longer measured:", ", ".join(sorted(missing)))
    return 1 if slower else 0


def save(path, document):
    with open(path, "w") as file:
        json.dump(document, file, indent=1, ensure_ascii=False)
        file.write("\n")


if __name__ == "__main__":
    try:
        code = main()
    finally:
        shutil.rmtree(games.FOLDER)
    sys.exit(code)

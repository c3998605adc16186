#!/usr/bin/env python3
"""How soon the workbench answers, measured in a real browser on the seed scenario.

    Benchmarks/workbench.py [MOVES]

Prints the time from `entente serve` to a painted answer, and percentiles over so many moves of a
slider of the time from the movement to the painted number: the first (from the first block of
draws), the headline from all 1,000 draws, and all other numbers with the tree. Then where the time
goes: on the server waiting, solving and writing the answer as JSON; on the wire, which is the request's
way there and the answer's way back with its parsing; and painting. `$ENTENTE` names the program; by
default the release build.
"""

import os
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "Tests", "Browser"))
from chromium import Chromium  # noqa: E402
from server import Server  # noqa: E402

# A number is painted when the task after the frame that shows it begins.
MEASURE = """
(async (place) => {
  const slider = [...document.querySelectorAll('.slider label')].find(
    (label) => label.textContent === 'hunger for missiles');
  const input = document.getElementById(slider.htmlFor);
  document.body.dataset.timing = '';
  const painted = () => new Promise((resolve) => requestAnimationFrame(() => {
    const channel = new MessageChannel();
    channel.port1.onmessage = () => resolve(performance.now());
    channel.port2.postMessage(null);
  }));
  const start = performance.now();
  const found = {};
  await new Promise((resolve, reject) => {
    setTimeout(() => reject(new Error('no answer')), 20000);
    const hear = async ({ detail }) => {
      const received = performance.now() - start;
      const { waited, solved, written } = detail;
      const server = { waited: 1000 * waited, solved: 1000 * solved, written: 1000 * written };
      const name = detail.name === 'answers' ? 'all' : detail.done ? 'headline' : 'first';
      if (found[name]) return;
      found[name] = { received, ...server };
      const total = (await painted()) - start;
      found[name].total = total;
      found[name].paint = total - received;
      found[name].wire = received - server.waited - server.solved - server.written;
      if (name !== 'all') return;
      document.removeEventListener('timing', hear);
      resolve();
    };
    document.addEventListener('timing', hear);
    input.value = place;
    input.dispatchEvent(new Event('input', { bubbles: true }));
  });
  return found;
})"""


def percentile(values, share):
    values = sorted(values)
    return values[min(len(values) - 1, int(share * len(values)))]


def main():
    moves = int(sys.argv[1]) if len(sys.argv) > 1 else 60
    browser = Chromium()
    begin = time.monotonic()
    server = Server()
    try:
        browser.open(server.address)
        browser.wait("/^[<>]?\\d/.test(document.getElementById('percent').textContent)", "an answer")
        browser.run("new Promise((resolve) => requestAnimationFrame(() => resolve(true)))")
        print(f"from entente serve to a painted answer: {time.monotonic() - begin:.2f} s")
        browser.wait("document.body.dataset.settled !== undefined", "a settled answer", 60)
        found = {"first": [], "headline": [], "all": []}
        for move in range(moves):
            times = browser.run(f"{MEASURE}({20 + (move * 73) % 360})")
            for name in found:
                if name in times:
                    found[name].append(times[name])
        titles = (("first", "first new number (256 draws)"), ("headline", "headline (1,000 draws)"),
                  ("all", "all numbers (1,000 draws)"))
        for name, words in titles:
            totals = [times["total"] for times in found[name]]
            if totals:
                print(f"{words}: p50 {percentile(totals, .5):.0f} ms, "
                      f"p95 {percentile(totals, .95):.0f} ms over {len(totals)} moves")
        print("where the time goes, p50 (p95) in ms:")
        parts = ("waited", "solved", "written", "wire", "paint")
        print(f"{'':10}" + "".join(f"{part:>16}" for part in parts))
        for name, _ in titles:
            cells = []
            for part in parts:
                values = [times[part] for times in found[name]]
                cells.append(f"{percentile(values, .5):.1f} ({percentile(values, .95):.1f})"
                             if values else "-")
            print(f"{name:10}" + "".join(f"{cell:>16}" for cell in cells))
    finally:
        browser.close()
        server.close()


main()

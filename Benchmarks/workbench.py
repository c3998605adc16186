#!/usr/bin/env python3
"""How soon the workbench answers, measured in a real browser on the seed scenario.

    Benchmarks/workbench.py [MOVES]

Prints the time from `entente serve` to a painted answer, and percentiles over so many moves of a
slider of: the first new number (from the first block of draws), the headline from all 1,000 draws,
and all other numbers. `$ENTENTE` names the program; by default the release build.
"""

import os
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "Tests", "Browser"))
from chromium import Chromium  # noqa: E402
from server import Server  # noqa: E402

MEASURE = """
(async (place) => {
  const slider = [...document.querySelectorAll('.slider label')].find(
    (label) => label.textContent === 'hunger for missiles');
  const input = document.getElementById(slider.htmlFor);
  const progress = document.getElementById('progress');
  const start = performance.now();
  const times = {};
  const done = new Promise((resolve) => {
    const seen = new MutationObserver(() => {
      const text = progress.textContent;
      const now = performance.now() - start;
      if (/so far/.test(text)) times.first ??= now;
      if (/^1,000 draws( so far|\\.)/.test(text)) times.headline ??= now;
      if (/^1,000 draws\\.$/.test(text)) {
        times.all = now;
        seen.disconnect();
        requestAnimationFrame(() => resolve());
      }
    });
    seen.observe(progress, { childList: true, characterData: true, subtree: true });
  });
  input.value = place;
  input.dispatchEvent(new Event('input', { bubbles: true }));
  await done;
  return times;
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
        for name, words in (("first", "first new number (256 draws)"),
                            ("headline", "headline (1,000 draws)"), ("all", "all numbers (1,000 draws)")):
            if found[name]:
                print(f"{words}: p50 {percentile(found[name], .5):.0f} ms, "
                      f"p95 {percentile(found[name], .95):.0f} ms over {len(found[name])} moves")
    finally:
        browser.close()
        server.close()


main()

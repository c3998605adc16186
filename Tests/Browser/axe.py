"""axe-core, a well-kept accessibility checker, for the tests only. It is no part of Entente and not
kept in the repository: it is fetched from the Python package index once, checked by its digest, and
kept below .build. Where it cannot be had the tests say so; the rules in accessibility.js remain."""

import hashlib
import os
import subprocess
import sys
import tempfile
import zipfile

from server import root

PACKAGE = "axe-playwright-python==0.1.8"
MEMBER = "axe_playwright_python/axe.min.js"
DIGEST = "84494fec757e4710dc751c8d7a636e457f4532f08f85c86dc9070133fbff53bc"
KEPT = os.path.join(root, ".build", "axe-core-4.12.1.js")

RUN = """
axe.run(document, {
  runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
  resultTypes: ['violations'],
}).then(({ violations }) => violations.flatMap(({ id, nodes }) =>
  nodes.slice(0, 4).map((node) => `${id}: ${node.target} ${node.html.slice(0, 120)}`)))
"""


def script():
    """The source of axe-core; None where it cannot be had."""
    try:
        with open(KEPT, "rb") as file:
            source = file.read()
    except OSError:
        source = fetched()
    if source is None or hashlib.sha256(source).hexdigest() != DIGEST:
        return None
    os.makedirs(os.path.dirname(KEPT), exist_ok=True)
    with open(KEPT, "wb") as file:
        file.write(source)
    return source.decode()


def fetched():
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps",
                   "--only-binary", ":all:", "--dest", folder, PACKAGE]
        try:
            done = subprocess.run(command, capture_output=True, timeout=90)
        except (OSError, subprocess.TimeoutExpired):
            return None
        wheels = [name for name in os.listdir(folder) if name.endswith(".whl")]
        if done.returncode != 0 or not wheels:
            return None
        with zipfile.ZipFile(os.path.join(folder, wheels[0])) as wheel:
            return wheel.read(MEMBER)

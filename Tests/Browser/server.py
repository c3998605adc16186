"""Starts the workbench for a test, and stops it."""

import os
import re
import subprocess

root = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


def program():
    """The built program: $ENTENTE, or the release build."""
    return os.environ.get("ENTENTE") or os.path.join(root, ".build", "release", "entente")


class Server:
    """`entente serve` on a port that is free."""

    def __init__(self, *arguments):
        self.process = subprocess.Popen(
            [program(), "serve", *arguments, "--port", "0"], stdout=subprocess.PIPE, text=True)
        line = self.process.stdout.readline()
        found = re.search(r"http://\S+", line)
        if not found:
            raise RuntimeError(f"entente serve says: {line!r}")
        self.address = found.group(0)

    def close(self):
        self.process.terminate()
        self.process.wait(10)

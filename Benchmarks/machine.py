"""What results were made with."""

import os
import platform
import subprocess

HERE = os.path.dirname(os.path.abspath(__file__))


def about():
    """Our version, the compiler's and the machine."""
    swift = subprocess.run(["swift", "--version"], capture_output=True, text=True).stdout
    commit = subprocess.run(
        ["git", "-C", HERE, "describe", "--always", "--dirty"], capture_output=True, text=True)
    return {
        "entente": commit.stdout.strip(),
        "swift": swift.split("Swift version ")[-1].split(" ")[0],
        "machine": f"{os.cpu_count()} × "
        + next((line.split(":")[1].strip() for line in open("/proc/cpuinfo")
                if line.startswith("model name")), platform.processor()),
        "system": platform.platform(terse=True),
    }

"""Describe the machine that runs a benchmark, and the versions of what it compares."""

import os
import platform
import re
from contextlib import suppress
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

PACKAGES = ("numpy", "scipy", "scikit-learn", "torch", "jax", "autograd")


def description():
    return {
        "machine": {
            "processor": processor(),
            "cores": os.cpu_count(),
            "caches of a core": caches(),
            "system": platform.system(),
        },
        "versions": {"Python": platform.python_version(), **versions()},
    }


def versions():
    found = {}
    for name in PACKAGES:
        with suppress(PackageNotFoundError):  # a benchmark that needs only NumPy can run without the others
            found[name] = version(name)
    return found


def processor():
    cpuinfo = Path("/proc/cpuinfo")
    names = re.findall(r"^model name\s*: (.*)", cpuinfo.read_text(), re.MULTILINE) if cpuinfo.exists() else []
    return f"{names[0] if names else platform.processor()}, {platform.machine()}"


def caches():
    """Return the sizes of the first core's data caches, such as {"L1": "48K"}."""
    found = {}
    for folder in sorted(Path("/sys/devices/system/cpu/cpu0/cache").glob("index*")):
        level, kind, size = ((folder / name).read_text().strip() for name in ("level", "type", "size"))
        if kind != "Instruction":
            found[f"L{level}"] = size
    return found

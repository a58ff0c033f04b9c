"""Say for which Python and system a locked package has no wheel, without installing anything.

    python -m tests.wheels

needs uv and a network, and ends with status 1 when a wheel is missing: pip would try to compile that package.
"""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent  # not machinery.sources, which needs the locked packages
SYSTEMS = {
    "Linux x86-64": "x86_64-manylinux_2_28",
    "Linux arm64": "aarch64-manylinux_2_28",
    "macOS arm64": "aarch64-apple-darwin",
    "Windows x86-64": "x86_64-pc-windows-msvc",
}


def supported_pythons():
    """Return the versions that pyproject.toml names, oldest first."""
    classifiers = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["classifiers"]
    return re.findall(r"Python :: (3\.\d+)", "\n".join(classifiers))


def without_wheel(lock, python, platform):
    """Return the pinned packages, as `name==version`, for which the lock has the hash of no wheel that fits."""
    target = ["--python-version", python, "--python-platform", platform]
    uv = ["uv", "pip", "compile", "--quiet", "--no-python-downloads", "--no-deps", "--format", "pylock.toml", *target, "-"]
    resolved = subprocess.run(uv, input=lock, stdout=subprocess.PIPE, text=True, check=True).stdout
    # uv lists the wheels that fit, and not only those that were out when the lock was made.
    return [
        f"{package['name']}=={package['version']}"
        for package in tomllib.loads(resolved)["packages"]
        if not any(f"sha256:{wheel['hashes']['sha256']}" in lock for wheel in package.get("wheels", []))
    ]


def main():
    lock, complete = (ROOT / "requirements.txt").read_text("utf-8"), True
    for python in supported_pythons():
        for system, platform in SYSTEMS.items():
            missing = without_wheel(lock, python, platform)
            complete &= not missing
            print(f"Python {python}, {system}: {'no wheel of ' + ', '.join(missing) if missing else 'every wheel'}")
    sys.exit(not complete)


if __name__ == "__main__":
    main()

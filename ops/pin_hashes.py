"""Writes the digests of every pinned release into the requirements files.

    python ops/pin_hashes.py

Run it after a pin was added or changed. pip then takes only files with one of these digests. The
digests come from the package index that is set up on this machine, by `uv`
(`python -m pip install uv` brings it): for every file of a release, of all platforms.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
FILES = ("requirements.txt", "requirements-dev.txt")
_PIN = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)==(?P<rest>[^#\\]*?)\s*\\?\s*(?:#\s*(?P<why>.*))?$")
_HASH = re.compile(r"^\s+--hash=")
_NAME = re.compile(r"[-_.]+")


def without_hashes(text: str) -> list[str]:
    """The lines of a requirements file without digests; a comment after a pin goes before it."""
    lines: list[str] = []
    for line in text.splitlines():
        if _HASH.match(line):
            continue
        pin = _PIN.match(line)
        if pin is None:
            lines.append(line)
            continue
        if pin["why"]:
            lines.append(f"# {pin['why']}")
        lines.append(f"{pin['name']}=={pin['rest'].strip()}")
    return lines


def with_hashes(lines: list[str], digests: dict[str, list[str]]) -> str:
    """The file with the digests of each pin; KeyError for a pin that has none."""
    made: list[str] = []
    for line in lines:
        pin = _PIN.match(line)
        if pin is None:
            made.append(line)
            continue
        hashes = digests[plain_name(pin["name"])]
        made += [f"{line} \\", *(f"    --hash={one} \\" for one in hashes)]
        made[-1] = made[-1].removesuffix(" \\")
    return "\n".join(made) + "\n"


def plain_name(name: str) -> str:
    """A package's name as indexes compare it (PEP 503)."""
    return _NAME.sub("-", name).lower()


def digests_of(pins: list[str]) -> dict[str, list[str]]:
    """The digests of all files of each pinned release, by plain name."""
    uv = shutil.which("uv")
    if uv is None:
        sys.exit("pin_hashes: uv is needed: python -m pip install uv")
    with tempfile.TemporaryDirectory() as folder:
        wanted = Path(folder) / "pins.in"
        wanted.write_text("\n".join(pins) + "\n", encoding="utf-8")
        options = ["--no-deps", "--generate-hashes", "--no-annotate", "--no-header", "--universal"]
        command = [uv, "pip", "compile", "--quiet", *options, "--python-version", "3.11"]
        answer = subprocess.run(
            [*command, str(wanted)], check=True, capture_output=True, text=True
        ).stdout
    found: dict[str, list[str]] = {}
    name = ""
    for line in answer.splitlines():
        if _HASH.match(line):
            found[name].append(line.strip().removeprefix("--hash=").removesuffix("\\").strip())
        elif "==" in line:
            name = plain_name(line.split("==")[0])
            found[name] = []
    return found


def main() -> int:
    """Rewrite both files."""
    files = {name: without_hashes((PROJECT / name).read_text(encoding="utf-8")) for name in FILES}
    pins = [line for lines in files.values() for line in lines if _PIN.match(line)]
    digests = digests_of(pins)
    for name, lines in files.items():
        (PROJECT / name).write_text(with_hashes(lines, digests), encoding="utf-8")
    print(f"{len(pins)} pins, {sum(map(len, digests.values()))} digests")
    return 0


if __name__ == "__main__":
    sys.exit(main())

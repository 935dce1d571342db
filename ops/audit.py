"""Asks the advisory databases whether a pinned package has a known hole.

    python ops/audit.py

Runs pip-audit over the requirements files and npm audit over the page's lock file. Ends with 1
when something was found that `ops/audit_exceptions.toml` does not excuse, or when an excuse has
run out. A service that cannot be reached is said in one line and fails nothing: the same check
runs again where it can be reached.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tomllib
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).resolve().parent.parent
EXCEPTIONS = PROJECT / "ops" / "audit_exceptions.toml"
_SECONDS = 120


@dataclass(frozen=True, slots=True)
class Hole:
    """A known hole: the advisory's id and the package it is in."""

    advisory: str
    package: str


class NotAskedError(Exception):
    """The advisory service could not be reached, or does not know the packages."""


def holes_in_python(report: str) -> list[Hole]:
    """What pip-audit's JSON report names; NotAskedError when it could look nothing up."""
    try:
        packages = json.loads(report)["dependencies"]
    except (ValueError, KeyError) as error:
        raise NotAskedError("pip-audit gave no report") from error
    looked_up = [package for package in packages if "vulns" in package]
    if packages and not looked_up:
        raise NotAskedError("the advisory service knows none of the packages")
    return [Hole(hole["id"], package["name"]) for package in looked_up for hole in package["vulns"]]


def holes_in_page(report: str) -> list[Hole]:
    """What npm audit's JSON report names; NotAskedError when npm could not ask."""
    try:
        found: dict[str, Any] = json.loads(report)
    except ValueError as error:
        raise NotAskedError("npm audit gave no report") from error
    if "vulnerabilities" not in found:
        raise NotAskedError(str(found.get("message") or "npm audit could not ask"))
    return [
        Hole(str(cause.get("url", cause.get("source"))).rsplit("/", 1)[-1], name)
        for name, entry in found["vulnerabilities"].items()
        for cause in entry["via"]
        if isinstance(cause, dict)
    ]


def judged(holes: list[Hole], excuses: list[dict[str, Any]], today: date) -> list[str]:
    """One line for each hole without an excuse, and for each excuse that has run out."""
    lines = [
        f"the excuse for {excuse['id']} ran out on {excuse['until']}"
        for excuse in excuses
        if excuse["until"] < today
    ]
    excused = {excuse["id"] for excuse in excuses if excuse["until"] >= today}
    lines += [f"{hole.package}: {hole.advisory}" for hole in holes if hole.advisory not in excused]
    return lines


def _run(command: list[str], folder: Path) -> str:
    try:
        answer = subprocess.run(
            command, cwd=folder, capture_output=True, text=True, timeout=_SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise NotAskedError(f"{command[0]}: {type(error).__name__}") from error
    return answer.stdout


def _python() -> list[Hole]:
    files = ("requirements.txt", "requirements-dev.txt")
    options = [part for name in files for part in ("--requirement", name)]
    command = [sys.executable, "-m", "pip_audit", *options, "--no-deps", "--disable-pip"]
    return holes_in_python(
        _run([*command, "--format", "json", "--progress-spinner", "off"], PROJECT)
    )


def _page() -> list[Hole]:
    beside = f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', os.defpath)}"
    npm = shutil.which("npm", path=beside)
    if npm is None:
        raise NotAskedError("npm is not on this machine")
    command = [npm, "audit", "--package-lock-only", "--json"]
    return holes_in_page(_run(command, PROJECT / "reflex.lock"))


def main() -> int:
    """Ask both services and tell."""
    excuses = tomllib.loads(EXCEPTIONS.read_text(encoding="utf-8")).get("exception", [])
    holes: list[Hole] = []
    for name, ask in (("python", _python), ("page", _page)):
        try:
            found = ask()
        except NotAskedError as error:
            print(f"audit: {name}: NOT DONE: {error}")
            continue
        print(f"audit: {name}: {len(found)} known holes")
        holes += found
    lines = judged(holes, excuses, datetime.now(UTC).date())
    for line in lines:
        print(f"audit: {line}")
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main())

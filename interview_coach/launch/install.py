"""Makes the virtual environment and installs exactly what the requirements files pin.

Run by the `coach` script with whatever Python is on the machine, before anything is installed:
standard library only. Usage: install.py PROJECT VENV NAME..., each NAME a requirements file
without its `.txt`. Everything it says goes to stderr, since stdout belongs to the command that
follows.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

STAMP_PREFIX = ".coach-"


def stamp_text(project: Path, venv: Path, name: str) -> str:
    """What the stamp of a requirements file holds: the folder, then the file itself.

    The folder is in it because a virtual environment that was moved has broken scripts.
    """
    return f"{venv}\n{(project / f'{name}.txt').read_text(encoding='utf-8')}"


def is_installed(project: Path, venv: Path, name: str) -> bool:
    """Whether the environment holds what the requirements file of that name asks for now."""
    stamp = venv / f"{STAMP_PREFIX}{name}"
    return stamp.is_file() and stamp.read_text(encoding="utf-8") == stamp_text(project, venv, name)


def install(project: Path, venv: Path, names: list[str]) -> None:
    """Create the environment when needed and install the sets that are out of date.

    The stamp is written last: an install that was cut short is done again from the start.
    Raises CalledProcessError when pip fails.
    """
    venv.parent.mkdir(parents=True, exist_ok=True)
    with _only_one(venv.with_name(f"{venv.name}.lock")):
        if all(is_installed(project, venv, name) for name in names):
            return
        if not _is_usable(venv):
            _say(f"Making {venv}")
            if venv.exists():
                shutil.rmtree(venv)
            _run([sys.executable, "-m", "venv", str(venv)])
        for name in names:
            if is_installed(project, venv, name):
                continue
            _say(f"Installing {name}.txt (once; about a minute)")
            # Every package is pinned, so pip has nothing to resolve.
            pip = [str(venv / "bin" / "python"), "-m", "pip", "install", "--no-deps", "--no-input"]
            quiet = ["--quiet", "--disable-pip-version-check", "--require-hashes"]
            _run([*pip, *quiet, "--requirement", str(project / f"{name}.txt")])
            stamp = venv / f"{STAMP_PREFIX}{name}"
            stamp.write_text(stamp_text(project, venv, name), encoding="utf-8")


def _is_usable(venv: Path) -> bool:
    """Whether a finished install lies at this very place and its Python still runs."""
    stamps = list(venv.glob(f"{STAMP_PREFIX}*"))
    if not any(stamp.read_text(encoding="utf-8").startswith(f"{venv}\n") for stamp in stamps):
        return False
    try:
        answer = subprocess.run(  # noqa: S603 the interpreter of our own environment
            [str(venv / "bin" / "python"), "-m", "pip", "--version"],
            capture_output=True,
            check=False,
        )
    except OSError:
        return False
    return answer.returncode == 0


@contextmanager
def _only_one(file: Path) -> Iterator[None]:
    """Two `./coach` started together must not install over each other."""
    with file.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _run(command: list[str]) -> None:
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    subprocess.run(command, check=True, stdout=sys.stderr, env=environment)  # noqa: S603


def _say(text: str) -> None:
    print(f"coach: {text}", file=sys.stderr, flush=True)  # noqa: T201


def main(arguments: list[str]) -> int:
    """Install and return the exit code: 0 done, 1 with one line why."""
    project, venv, *names = arguments
    try:
        install(Path(project), Path(venv), names)
    except subprocess.CalledProcessError as error:
        _say(f"the installation failed: `{' '.join(error.cmd)}` answered {error.returncode}.")
        return 1
    except OSError as error:
        _say(f"the installation failed: {error}")
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""Asks Linux to end this process when its parent dies, even by kill -9.

As a program (`python die_with_parent.py PARENT_PID NICENESS FOLDER COMMAND...`) it arms itself and
becomes the command in that folder, so that any program can be tied to its parent. Standard library
only.
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys

_PR_SET_PDEATHSIG = 1  # linux/prctl.h


def arm(parent: int, number: int = signal.SIGTERM) -> bool:
    """Have signal `number` sent to this process when its parent ends.

    parent: the process id the parent is expected to have. Returns False when it is already gone
    (then no signal will come). Does nothing on systems other than Linux.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, int(number), 0, 0, 0)
    # The parent may have died before the call above: then this process was handed to another.
    return os.getppid() == parent


def main(arguments: list[str]) -> int:
    """Become the command, or return 1 when the parent is gone or the command cannot be run."""
    parent, niceness, folder, *command = arguments
    if not arm(int(parent)):
        return 1
    os.nice(int(niceness))
    try:
        os.chdir(folder)
        os.execvp(command[0], command)  # noqa: S606 the command is the supervisor's own
    except OSError as error:
        print(f"cannot run {command[0]}: {error}", file=sys.stderr)  # noqa: T201
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

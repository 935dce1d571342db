"""The supervisor: runs the children, starts again what dies, says so, stops all of them together.

`python -m interview_coach.launch.supervise CONFIGURATION ADDRESS [--logs]`, in the data folder.
This process lives as long as the coach does, so it imports the supervisor package and the standard
library only.
"""

from __future__ import annotations

import sys
from collections import Counter
from contextlib import suppress
from pathlib import Path
from typing import Any

from supervisor import events
from supervisor.medusa.asyncore_25 import ExitNow
from supervisor.options import ServerOptions
from supervisor.states import SupervisorStates
from supervisor.supervisord import Supervisor

from interview_coach.launch.children import READY

_EARLY_FAILURES = 2


class _Coach(Supervisor):  # type: ignore[misc]  # the package carries no types
    """supervisord in this process, with words of our own on the terminal."""

    def __init__(self, options: Any, address: str, show_logs: bool) -> None:
        super().__init__(options)
        self.address = address
        self.show_logs = show_logs
        self.is_ready = False
        self.failed = False
        self.early_failures: Counter[str] = Counter()
        self.gone: set[str] = set()

    def runforever(self) -> None:
        """Listen to the children's changes of state, then run as supervisord does."""
        events.subscribe(events.ProcessStateExitedEvent, self._on_exit)
        events.subscribe(events.ProcessStateBackoffEvent, self._on_backoff)
        events.subscribe(events.ProcessStateRunningEvent, self._on_running)
        events.subscribe(events.ProcessStateFatalEvent, self._on_fatal)
        events.subscribe(events.ProcessLogEvent, self._on_output)
        events.subscribe(events.SupervisorStoppingEvent, self._on_stopping)
        # The loop below would first wait a second for news, with nothing started yet.
        for group in self.process_groups.values():
            group.transition()
        super().runforever()

    def _on_exit(self, event: Any) -> None:
        name = event.process.config.name
        code = event.process.exitstatus
        if name == READY and code == 0:
            self.is_ready = True
            _say(f"Interview Coach is ready at {self.address}")
            return
        self.gone.add(name)
        how = "was killed" if code == -1 else f"ended with exit code {code}"
        if not self._failed_early(event):
            _say(f"{name} {how}; starting it again")

    def _on_running(self, event: Any) -> None:
        name = event.process.config.name
        if name in self.gone:
            self.gone.discard(name)
            _say(f"{name} is running again (process {event.process.pid})")

    def _on_backoff(self, event: Any) -> None:
        """A child that ended within its first second."""
        name = event.process.config.name
        self.gone.add(name)
        _say(f"{name} ended right after its start")
        self._failed_early(event)

    def _failed_early(self, event: Any) -> bool:
        """Whether that was the end: a child that ends again before the first start is done will
        not start at all, however long it took to find out."""
        name = event.process.config.name
        if self.is_ready or name == READY:
            return False
        self.early_failures[name] += 1
        if self.early_failures[name] < _EARLY_FAILURES:
            return False
        self._give_up(event)
        return True

    def _on_fatal(self, event: Any) -> None:
        if self.options.mood > SupervisorStates.SHUTDOWN:
            self._give_up(event)

    def _give_up(self, event: Any) -> None:
        config = event.process.config
        log = Path(config.stdout_logfile).resolve()
        _say(f"{config.name} does not start; its last words stand in {log}")
        self.failed = True
        self.options.mood = SupervisorStates.SHUTDOWN

    def _on_output(self, event: Any) -> None:
        name = event.process.config.name
        if self.show_logs or name == READY:
            for line in event.data.decode("utf-8", "replace").splitlines():
                _say(line if name == READY else f"{name}: {line}")

    def _on_stopping(self, _event: Any) -> None:
        _say("Stopping")


def _say(text: str) -> None:
    print(text, flush=True)  # noqa: T201


def run(configuration: str, address: str, show_logs: bool) -> int:
    """Supervise until SIGTERM or SIGINT; 0 then, 1 when a child could not be kept running."""
    options = ServerOptions()
    options.realize(["-c", configuration])
    options.first = True
    options.test = False
    coach = _Coach(options, address, show_logs)
    # How supervisord's loop says that every child has ended.
    with suppress(ExitNow):
        coach.main()
    options.close_logger()
    return 1 if coach.failed else 0


if __name__ == "__main__":
    sys.exit(run(sys.argv[1], sys.argv[2], "--logs" in sys.argv[3:]))

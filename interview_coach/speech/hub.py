"""The model hub: what a repository holds, what is in its cache, and a download that tells how far.

Text models are fetched by the same functions. They stand here because speech imports nothing else
of ours.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

_REACH_SECONDS = 4.0  # a closed network is found out in this time, not after the hub's retries


class HubError(Exception):
    """The hub cannot be reached, or does not give what was asked for; one line why."""


def files_of(repository: str) -> list[str]:
    """The names of a repository's files, empty where the hub does not tell them.

    One short question, so that no retry waits for a network that is closed. Raises HubError.
    """
    from huggingface_hub import constants, get_session

    address = f"{constants.ENDPOINT}/api/models/{repository}"
    try:
        answer = get_session().get(address, timeout=_REACH_SECONDS)
        answer.raise_for_status()
        return [str(row["rfilename"]) for row in answer.json().get("siblings", ())]
    except Exception as error:
        raise HubError(_line(error)) from error


def download(
    repository: str,
    patterns: Sequence[str],
    place: Path | None,
    on_progress: Callable[[float], None] | None,
) -> Path:
    """Fetch the files of a repository that match, and return their folder.

    place: the folder they go to, None for the cache of the hub. on_progress: called with 0 to 1,
    rising. What is there is not fetched again, and a download that breaks off goes on where it
    was. Raises HubError.
    """
    from huggingface_hub import snapshot_download

    where: dict[str, Any] = {}
    if place is not None:
        place.parent.mkdir(parents=True, exist_ok=True)
        where["local_dir"] = place
    try:
        return Path(
            snapshot_download(
                repository,
                allow_patterns=list(patterns),
                tqdm_class=_bar_class(_Progress(on_progress)),
                **where,
            )
        )
    except Exception as error:
        raise HubError(_line(error)) from error


def cached(repository: str, file: str) -> Path | None:
    """The folder of a file of a repository in the cache of the hub, without the network."""
    from huggingface_hub import try_to_load_from_cache

    found = try_to_load_from_cache(repository, file)
    return Path(found).parent if isinstance(found, str) else None


def _line(error: Exception) -> str:
    why = str(error).strip().splitlines()
    return why[0] if why else type(error).__name__


class _Progress:
    """Bytes that arrived of those expected, told as a share that only rises."""

    def __init__(self, tell: Callable[[float], None] | None) -> None:
        self._tell = tell
        self._told = 0.0
        self._lock = threading.Lock()

    def report(self, arrived: float, total: float) -> None:
        """Tell the share when it grew."""
        if self._tell is None or total <= 0:
            return
        with self._lock:
            share = min(1.0, arrived / total)
            if share > self._told:
                self._told = share
                self._tell(share)


def _bar_class(progress: _Progress) -> type[Any]:
    """A progress bar for the hub's client that draws nothing and reports bytes to `progress`."""
    from tqdm.auto import tqdm  # type: ignore[import-untyped,unused-ignore]

    class Bar(tqdm):  # type: ignore[misc,type-arg,unused-ignore]
        """Counts by itself, because a disabled bar of tqdm does not count."""

        def __init__(self, *arguments: Any, **options: Any) -> None:
            options["disable"] = True
            super().__init__(*arguments, **options)
            self.counts_bytes = options.get("unit") == "B"
            self.arrived = float(options.get("initial") or 0)
            self.total = options.get("total") or 0

        def update(self, n: float | None = 1) -> None:
            """Take `n` more bytes."""
            self.arrived += n or 0
            if self.counts_bytes:
                progress.report(self.arrived, float(self.total or 0))

    return Bar

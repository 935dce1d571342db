"""`./coach up`: everything in its order, then this process becomes the supervisor."""

from __future__ import annotations

import fcntl
import os
import signal
import sys
from pathlib import Path
from types import FrameType

from interview_coach.kit.errors import CoachError
from interview_coach.launch import page_build, ports, redis_server, serving
from interview_coach.launch.children import READY, Child, configuration
from interview_coach.settings import PROJECT_DIR, Settings

_HERE = Path(__file__).resolve().parent
_OWNER_ONLY = 0o700
_WORKER_STOP_SECONDS = 25  # it stops its own children first, each of which may finish its job
_TERMINATED = 128 + signal.SIGTERM


def up(settings: Settings, host: str, port: int, show_logs: bool) -> None:
    """Prepare, then become the supervisor: does not return. Raises CoachError.

    Nothing is written to the database before it is sure that data folder and port are free.
    """
    signal.signal(signal.SIGTERM, _leave)
    _lock(settings.data_dir)
    ports.require_free(host, port)
    prepare_database(settings)
    page = page_build.ensure_page(PROJECT_DIR, _say)
    # Children read the settings again: what the command line said has to be among them.
    os.environ |= {"COACH_HOST": host, "COACH_PORT": str(port)}
    os.environ |= {"COACH_DATA_DIR": str(settings.data_dir), "PYTHONUNBUFFERED": "1"}
    os.environ |= serving.environment(page)
    file = settings.data_dir / "run" / "supervisord.conf"
    text, commands = configuration(children(settings, host, port), PROJECT_DIR)
    file.write_text(text, encoding="utf-8")
    os.environ |= commands
    os.chdir(settings.data_dir)
    _become_supervisor(file, ports.page_address(host, port), show_logs)


def prepare_database(settings: Settings) -> None:
    """Run the migrations that are missing and bring the question bank up to date."""
    from interview_coach.kit import migrate

    if migrate.upgrade(settings.database_address):
        _say("The database is at the newest version")
    seed(settings)


def seed(settings: Settings) -> str:
    """Load the question bank; one line on what changed and what was kept as edited here."""
    import interview_coach.tables  # noqa: F401  the mapper needs every table
    from interview_coach.kit.database import Database
    from interview_coach.questions import seeding

    database = Database(settings.database_address)
    try:
        with database.writing() as session:
            result = seeding.seed(session)
    finally:
        database.dispose()
    changes = f"{result.added} added, {result.changed} changed, {result.retired} retired"
    told = f"The question bank has {result.total} questions: {changes}"
    if result.kept:
        told += f"; edited here and kept, though the files differ: {', '.join(result.kept)}"
    return told


def children(settings: Settings, host: str, port: int) -> list[Child]:
    """What runs under the supervisor: redis unless one is given, the worker, the web process."""
    python = sys.executable
    found = [
        Child(
            "worker",
            (python, "-m", "interview_coach", "worker"),
            priority=20,
            stop_seconds=_WORKER_STOP_SECONDS,
            # Recognising speech takes all it can get; whoever is clicking must not wait for it.
            niceness=5,
        ),
        # Stopped first, so that nothing new comes in.
        Child("web", tuple(serving.command(host, port)), 30, stop_seconds=15),
        Child(READY, _announcement(host, port), 40, once=True),
    ]
    if settings.redis_url is None:
        found.insert(0, Child("redis", tuple(redis_server.command(settings)), 10))
    return found


def _announcement(host: str, port: int) -> tuple[str, ...]:
    return (sys.executable, "-I", "-S", str(_HERE / "announce.py"), ports.local(host), str(port))


def _lock(data_dir: Path) -> None:
    """Hold the data folder for as long as this process lives, also as the supervisor."""
    try:
        for folder in (data_dir, data_dir / "run", data_dir / "logs"):
            folder.mkdir(parents=True, exist_ok=True, mode=_OWNER_ONLY)
        file = os.open(data_dir / "run" / "up.lock", os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise CoachError(
            "data_dir", f"The data folder {data_dir} cannot be written: {error.strerror}."
        ) from error
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        raise CoachError(
            "running", f"The coach is running already on the data folder {data_dir}."
        ) from error
    # Kept open over the exec below; the supervisor closes it in its children.
    os.set_inheritable(file, True)  # noqa: FBT003 takes no names


def _become_supervisor(file: Path, address: str, show_logs: bool) -> None:
    """Replace this process: what preparing has loaded would stay in memory for nothing."""
    sys.stdout.flush()
    sys.stderr.flush()
    command = [sys.executable, "-m", "interview_coach.launch.supervise", str(file), address]
    os.execv(command[0], [*command, *(["--logs"] if show_logs else [])])  # noqa: S606


def _leave(_number: int, _frame: FrameType | None) -> None:
    raise SystemExit(_TERMINATED)


def _say(text: str) -> None:
    print(text, flush=True)  # noqa: T201

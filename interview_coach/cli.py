"""The commands behind `./coach`. Each imports what it needs when it runs, so that all start fast.

Exit codes: 0 done, 1 failed (one line why on stderr), 2 wrong usage, 130 interrupted.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from interview_coach.kit.errors import CoachError

if TYPE_CHECKING:
    from interview_coach.settings import Settings

_PROJECT_DIR = Path(__file__).resolve().parent.parent
_INTERRUPTED = 130
_HIGHEST_PORT = 65535


def main(arguments: list[str]) -> int:
    """Run one command and return its exit code."""
    parser = _parser()
    if arguments[:1] == ["help"]:
        parser.print_help()
        return 0
    chosen = parser.parse_args(arguments)
    run: Callable[[argparse.Namespace], int] = chosen.run
    try:
        return run(chosen)
    except CoachError as error:
        _complain(error.message)
        return 1
    except KeyboardInterrupt:
        return _INTERRUPTED
    except BrokenPipeError:
        # The reader of our output went away; writing the rest must not fail a second time.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except Exception as error:
        trouble = _trouble_outside(error)
        if trouble is None:
            raise
        _complain(trouble)
        return 1


def _trouble_outside(error: Exception) -> str | None:
    """One line when a file or the database cannot be used; None when the mistake is ours."""
    if isinstance(error, OSError) and error.filename is not None:
        return f"{error.filename} cannot be used: {error.strerror}."
    if "sqlalchemy" not in sys.modules:
        # Not imported by a command that does not need it: then the error is not from there.
        return None
    from sqlalchemy.exc import DBAPIError, OperationalError

    if not isinstance(error, DBAPIError):
        return None
    # Without a statement it went wrong while connecting, such as by an option that is unknown.
    if not isinstance(error, OperationalError) and error.statement is not None:
        return None
    why = (str(error.orig).splitlines() or ["no reason was given"])[0].rstrip(".")
    return f"The database cannot be used: {why}. Check COACH_DATABASE_URL and its server."


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="./coach", description="Practise interviews aloud and see honestly how you did."
    )
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)

    def add(name: str, text: str, run: Callable[..., int]) -> argparse.ArgumentParser:
        command = commands.add_parser(name, help=text, description=text)
        command.set_defaults(run=run)
        return command

    _add_address(add("up", "start everything: redis, web and worker", _up)).add_argument(
        "--logs", action="store_true", help="show what the programs log on the terminal as well"
    )
    # Handled by the script itself; named here so that the list is whole.
    add("test", "install what the tests need and run them (pytest arguments follow)", _by_script)
    add("bench", "run a benchmark by its name; without a name, list them", _by_script)
    _add_address(add("serve", "the web process alone", _serve))
    add("worker", "the worker alone", _worker)
    add("migrate", "bring the database to the newest version", _migrate)
    add("seed", "load the question bank", _seed)
    rescore = add("rescore", "score answers of older rules again; old scores are kept", _rescore)
    rescore.add_argument("--count", action="store_true", help="say how many there are, no more")
    add("doctor", "one line a part: ok, off or broken", _doctor)
    _add_models(add("models", "models of speech and text: list, pull", _models_list))
    _add_admin(
        commands.add_parser(
            "admin", help="accounts: create, lock, unlock, token, reset-link; rotate-keys"
        )
    )
    score = add("score", "score answers: JSON lines from stdin to stdout", _score)
    score.add_argument("--engine", choices=["lexical", "embeddings"], default="lexical")
    measure = add("measure", "measure a recording, as JSON", _measure)
    measure.add_argument("audio", type=Path, metavar="AUDIO")
    measure.add_argument("--words", type=Path, metavar="FILE", help="JSON list of timed words")
    return parser


def _add_address(command: argparse.ArgumentParser) -> argparse.ArgumentParser:
    command.add_argument("--host", help="address to listen on (127.0.0.1)")
    command.add_argument("--port", type=_port, help="port to listen on (3000)")
    return command


def _add_models(models: argparse.ArgumentParser) -> None:
    actions = models.add_subparsers(title="actions", metavar="ACTION", required=True)
    actions.add_parser("list", help="what is here").set_defaults(run=_models_list)
    pull = actions.add_parser("pull", help="download models")
    pull.add_argument(
        "name", nargs="?", help="a Whisper size or a hub name (all that the settings name)"
    )
    pull.set_defaults(run=_models_pull)


def _add_admin(admin: argparse.ArgumentParser) -> None:
    actions = admin.add_subparsers(title="actions", metavar="ACTION", required=True)

    def add(name: str, text: str, run: Callable[..., int]) -> argparse.ArgumentParser:
        action = actions.add_parser(name, help=text, description=text)
        action.set_defaults(run=run)
        action.add_argument("email", metavar="EMAIL")
        return action

    create = add("create", "make an administrator, or raise an account to one", _admin_create)
    create.add_argument("--name", help="the full name (the e-mail)")
    create.add_argument(
        "--password-stdin", action="store_true", help="read the password as a line from stdin"
    )
    add("lock", "keep a user out and end their sessions", _admin_lock)
    add("unlock", "let a locked user in again", _admin_unlock)
    token = add("token", "make a personal access token and print it", _admin_token)
    token.add_argument("--name", required=True, help="what the token is for")
    token.add_argument("--scopes", default="read", help="read, write or read,write (read)")
    token.add_argument("--days", type=int, default=90, help="how long it works (90)")
    add("reset-link", "print a link that sets a new password", _admin_reset_link)
    rotate = "encrypt everything that is kept with the first encryption key"
    action = actions.add_parser("rotate-keys", help=rotate, description=rotate)
    action.set_defaults(run=_admin_rotate_keys)


def _port(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= _HIGHEST_PORT:
        raise argparse.ArgumentTypeError(f"{text} is not a port; give 1 to {_HIGHEST_PORT}")
    return int(text)


def _settings() -> Settings:
    """The settings, with `.env` looked up beside the program wherever it is called from."""
    from interview_coach.settings import load_settings, unknown_names

    os.chdir(_PROJECT_DIR)
    for name in unknown_names():
        _complain(f"{name} is not a setting of this program and is not used.")
    return load_settings()


def _up(chosen: argparse.Namespace) -> int:
    from interview_coach.launch.up import up

    settings = _settings()
    up(settings, chosen.host or settings.host, chosen.port or settings.port, chosen.logs)
    return 0


def _by_script(_chosen: argparse.Namespace) -> int:
    _complain("start it with the script: ./coach test, ./coach bench")
    return 2


def _serve(chosen: argparse.Namespace) -> int:
    from interview_coach.launch import page_build, ports, serving

    settings = _settings()
    host, port = chosen.host or settings.host, chosen.port or settings.port
    ports.require_free(host, port)
    page = page_build.ensure_page(_PROJECT_DIR, _complain)
    os.environ |= {"COACH_HOST": host, "COACH_PORT": str(port)}
    command = serving.command(host, port)
    os.execve(command[0], command, {**os.environ, **serving.environment(page)})  # noqa: S606


def _worker(_chosen: argparse.Namespace) -> int:
    from interview_coach.jobs.worker import main as work

    return work(_settings())


def _migrate(_chosen: argparse.Namespace) -> int:
    from interview_coach.kit import migrate

    changed = migrate.upgrade(_settings().database_address)
    _print("The database was brought to the newest version." if changed else "Nothing to do.")
    return 0


def _seed(_chosen: argparse.Namespace) -> int:
    from interview_coach.launch.up import seed

    _print(seed(_settings()))
    return 0


def _rescore(chosen: argparse.Namespace) -> int:
    from interview_coach.launch import rescore

    return rescore.run(_settings(), count_only=chosen.count, say=_print)


def _doctor(_chosen: argparse.Namespace) -> int:
    from interview_coach.launch.doctor import examine

    os.chdir(_PROJECT_DIR)
    return examine(_print)


def _models_list(_chosen: argparse.Namespace) -> int:
    from interview_coach.launch.models import list_models

    return list_models(_settings(), _print)


def _models_pull(chosen: argparse.Namespace) -> int:
    from interview_coach.launch.models import pull_model

    return pull_model(_settings(), chosen.name, _print)


def _admin_create(chosen: argparse.Namespace) -> int:
    from interview_coach.launch import admin

    return admin.create(_settings(), chosen.email, chosen.name, chosen.password_stdin, _print)


def _admin_lock(chosen: argparse.Namespace) -> int:
    from interview_coach.launch import admin

    return admin.lock(_settings(), chosen.email, _print)


def _admin_unlock(chosen: argparse.Namespace) -> int:
    from interview_coach.launch import admin

    return admin.unlock(_settings(), chosen.email, _print)


def _admin_token(chosen: argparse.Namespace) -> int:
    from interview_coach.launch import admin

    return admin.token(_settings(), chosen.email, chosen.name, chosen.scopes, chosen.days, _print)


def _admin_reset_link(chosen: argparse.Namespace) -> int:
    from interview_coach.launch import admin

    return admin.reset_link(_settings(), chosen.email, _print)


def _admin_rotate_keys(_chosen: argparse.Namespace) -> int:
    from interview_coach.launch import admin

    return admin.rotate_keys(_settings(), _print)


def _score(chosen: argparse.Namespace) -> int:
    from interview_coach.launch.lanes import meaning_for, score_lines

    meaning = meaning_for(_settings()) if chosen.engine == "embeddings" else None
    return score_lines(sys.stdin, _print, _complain, meaning)


def _measure(chosen: argparse.Namespace) -> int:
    from interview_coach.launch.lanes import measure_file

    _print(measure_file(chosen.audio, chosen.words))
    return 0


def _print(text: str) -> None:
    print(text, flush=True)  # noqa: T201


def _complain(text: str) -> None:
    print(f"coach: {text}", file=sys.stderr, flush=True)  # noqa: T201

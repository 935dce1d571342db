"""`./coach doctor`: one line a part: ok, off (why), or broken (why, and the mend)."""

from __future__ import annotations

import logging
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from interview_coach.kit.errors import CoachError
from interview_coach.kit.logging import configure_logging
from interview_coach.launch import announce, page_build, ports, redis_server
from interview_coach.settings import PROJECT_DIR, Settings, load_settings, unknown_names

_SECONDS = 5


@dataclass(frozen=True)
class Finding:
    """One part: `state` is ok, off or broken; `text` what is there, why it is off, or the mend."""

    part: str
    state: str
    text: str

    def line(self) -> str:
        """As printed."""
        return f"{self.part:<14} {self.state:<7} {self.text}"


def examine(put: Callable[[str], None]) -> int:
    """Look at every part, one line to `put` for each; 1 when something is broken, else 0."""
    # What goes wrong is told by its line; it is not logged as well.
    configure_logging(json_lines=False, level=logging.CRITICAL)
    findings = [_python()]
    put(findings[0].line())
    settings, finding = _settings()
    findings.append(finding)
    put(finding.line())
    if settings is not None:
        for look in _LOOKS:
            finding = look(settings)
            findings.append(finding)
            put(finding.line())
    return 1 if any(each.state == "broken" for each in findings) else 0


def _python() -> Finding:
    return Finding("python", "ok", f"{sys.version.split()[0]} in {sys.prefix}")


def _settings() -> tuple[Settings | None, Finding]:
    try:
        settings = load_settings()
    except CoachError as error:
        return None, Finding("settings", "broken", error.message)
    unknown = unknown_names()
    if unknown:
        return settings, Finding(
            "settings", "broken", f"{', '.join(unknown)} unknown; correct or remove"
        )
    return settings, Finding("settings", "ok", f"{settings.env}")


def _data_folder(settings: Settings) -> Finding:
    folder = settings.data_dir
    existing = next(each for each in (folder, *folder.parents) if each.exists())
    if not os.access(existing, os.W_OK | os.X_OK):
        mend = "give it to this user or set COACH_DATA_DIR"
        return Finding("data folder", "broken", f"{existing} cannot be written; {mend}")
    free = shutil.disk_usage(existing).free // 2**20
    new = "" if folder.exists() else ", made at the first start"
    return Finding("data folder", "ok", f"{folder}, {free} MB free{new}")


def _is_unused_sqlite(settings: Settings) -> bool:
    """Looking at a SQLite database that is not there would make an empty one."""
    return settings.database_url is None and not (settings.data_dir / "coach.db").exists()


def _database(settings: Settings) -> Finding:
    from sqlalchemy import text
    from sqlalchemy.exc import SQLAlchemyError

    from interview_coach.kit.database import make_engine

    if _is_unused_sqlite(settings):
        return Finding("database", "ok", "SQLite, made at the first start")
    engine = make_engine(settings.database_address)
    try:
        with engine.connect() as connection:
            connection.execute(text("SELECT 1"))
    except SQLAlchemyError as error:
        why = str(error).splitlines()[0]
        return Finding("database", "broken", f"{why}; check COACH_DATABASE_URL and its server")
    finally:
        engine.dispose()
    return Finding("database", "ok", engine.url.render_as_string(hide_password=True))


def _migrations(settings: Settings) -> Finding:
    from sqlalchemy.exc import SQLAlchemyError

    from interview_coach.kit import migrate

    newest = migrate.newest_revision()
    if _is_unused_sqlite(settings):
        return Finding("migrations", "ok", f"{newest}, run at the first start")
    try:
        current = migrate.current_revision(settings.database_address)
    except SQLAlchemyError:
        return Finding("migrations", "broken", "the database cannot be reached; mend it first")
    if current != newest:
        return Finding(
            "migrations", "broken", f"at {current}, not at {newest}; run ./coach migrate"
        )
    return Finding("migrations", "ok", newest)


def _redis(settings: Settings) -> Finding:
    from redis import Redis
    from redis.exceptions import RedisError

    program = redis_server.find_program()
    embedded = settings.redis_url is None
    if embedded and program is None:
        mend = "install redis-server or set COACH_REDIS_URL"
        return Finding("redis", "broken", f"no redis-server was found; {mend}")
    if embedded and not settings.redis_socket.exists():
        return Finding("redis", "ok", f"{program}, started by ./coach up")
    try:
        with Redis.from_url(settings.redis_address, socket_connect_timeout=_SECONDS) as client:
            version = client.info("server")["redis_version"]
    except RedisError as error:
        if embedded:
            return Finding("redis", "ok", f"{program}, started by ./coach up")
        return Finding("redis", "broken", f"{error}; check COACH_REDIS_URL and its server")
    return Finding("redis", "ok", f"version {version} answers")


def _storage(settings: Settings) -> Finding:
    from interview_coach.storage.objects import ObjectStore

    if settings.storage_url is None and not settings.data_dir.exists():
        return Finding("storage", "ok", "a folder in the data folder, made at the first start")
    try:
        ObjectStore(settings.storage_address).check()
    except Exception as error:  # noqa: BLE001 whatever the store raises is what is wrong
        why = (str(error.__cause__ or error).splitlines() or [type(error).__name__])[0]
        return Finding("storage", "broken", f"{why}; check COACH_STORAGE_URL")
    return Finding("storage", "ok", settings.storage_address.split("?")[0])


def _encryption(settings: Settings) -> Finding:
    """Which keys the data needs, and whether they are here."""
    from sqlalchemy.exc import SQLAlchemyError

    has_key = settings.secret_key is not None or settings.data_dir.exists()
    if _is_unused_sqlite(settings) or not has_key:
        return Finding("encryption", "ok", "the key is made at the first start")
    from interview_coach.operations.rotation import keys_in_use
    from interview_coach.runtime import open_runtime

    house = open_runtime(settings)
    try:
        used = keys_in_use(house)
    except (SQLAlchemyError, CoachError):
        why = "what is kept cannot be looked at; mend database, migrations and storage first"
        return Finding("encryption", "broken", why)
    finally:
        house.database.engine.dispose()
        house.redis.close()
    if used.missing:
        names = ", ".join(sorted(used.missing))
        mend = "put it back into COACH_ENCRYPTION_KEYS, or the old COACH_SECRET_KEY for one in s-"
        return Finding("encryption", "broken", f"data needs the key {names}; {mend}")
    first = settings.key_ring.first.name
    needed = sorted((used.values | used.objects) - {first})
    if needed:
        return Finding(
            "encryption", "ok", f"{first}; ./coach admin rotate-keys is due for {', '.join(needed)}"
        )
    return Finding("encryption", "ok", f"{first}, no other key is needed")


def _speech(settings: Settings) -> Finding:
    """Which recogniser a worker would take, without loading or downloading anything."""
    from importlib.util import find_spec

    from interview_coach.speech.models import find_model

    model = settings.whisper_model
    has_draft = find_spec("pocketsphinx") is not None
    if settings.speech_engine == "pocketsphinx":
        if has_draft:
            return Finding("speech", "ok", "the draft recogniser, as COACH_SPEECH_ENGINE asks for")
        return Finding(
            "speech", "broken", "pocketsphinx is missing; install requirements.txt again"
        )
    folder = find_model(model, settings.models_dir)
    if folder is not None:
        return Finding("speech", "ok", f"Whisper {model} in {folder}")
    if not settings.offline:
        return Finding("speech", "ok", f"Whisper {model} is downloaded by the first answer")
    why = f"Whisper {model} is not here and COACH_OFFLINE forbids asking for it"
    if settings.speech_engine == "auto" and has_draft:
        return Finding("speech", "off", f"{why}: the draft recogniser is used")
    return Finding("speech", "broken", f"{why}; give a folder in COACH_WHISPER_MODEL")


def _embeddings(settings: Settings) -> Finding:
    return _text_model(
        settings, "embedding", "embeddings", "relevance is read from the words alone"
    )


def _tone(settings: Settings) -> Finding:
    return _text_model(settings, "tone", "tone", "the tone of words is not shown")


def _text_model(settings: Settings, purpose: str, part: str, without: str) -> Finding:
    """Whether a text model is named, here, and fit: it is loaded and let go again."""
    from interview_coach.ai import text_models

    setting = f"COACH_{purpose.upper()}_MODEL"
    named = text_models.named_models(settings)
    model = next((each for each in named if each.purpose == purpose), None)
    if model is None:
        return Finding(part, "off", f"{setting} is not set: {without}")
    if model.folder is None and not text_models.is_repository(model.name):
        return Finding(part, "broken", f"{model.name} holds no text model; check {setting}")
    if model.folder is None and settings.offline:
        why = f"{model.name} is not here and COACH_OFFLINE forbids asking for it"
        return Finding(part, "off", f"{why}: {without}")
    if model.folder is None:
        return Finding(part, "off", f"{model.name} is not here; ./coach models pull fetches it")
    try:
        text_models.check(model)
    except CoachError as error:
        return Finding(part, "broken", f"{error.message} Check {setting}")
    return Finding(part, "ok", f"{model.name} in {model.folder}")


def _engines(settings: Settings) -> Finding:
    """Which language engines are set up. None is called: a call may cost money."""
    from interview_coach.ai.configured import described

    engines = described(settings)
    if not engines:
        return Finding("engines", "off", "no key and no address is set: the local engine writes")
    named = ", ".join(f"{engine.name} ({engine.model})" for engine in engines)
    paid = any(engine.paid for engine in engines)
    limit = settings.ai_monthly_budget_usd
    money = ""
    if paid:
        money = "; no monthly budget" if limit is None else f"; {limit:g} USD a month at most"
    return Finding(
        "engines",
        "ok",
        f"{named}, then the local one{money}; not called, try them in /admin/engines",
    )


def _mail(settings: Settings) -> Finding:
    from interview_coach.accounts.mail import FolderMailer, SmtpMailer, mailer_of

    mailer = mailer_of(settings)
    if mailer is None:
        why = "COACH_SMTP_URL is not set: nobody can reset a password by mail"
        return Finding("mail", "off", f"{why}; ./coach admin reset-link makes a link")
    if isinstance(mailer, FolderMailer):
        return Finding("mail", "ok", f"written into {settings.data_dir / 'mail'}, for development")
    if isinstance(mailer, SmtpMailer):
        try:
            mailer.check()
        except CoachError as error:
            return Finding("mail", "broken", f"{error.message} Check COACH_SMTP_URL")
    return Finding("mail", "ok", "the server in COACH_SMTP_URL lets us in")


def _reports(_settings: Settings) -> Finding:
    """Whether reports can be set, and with letters of which fonts."""
    from importlib.util import find_spec

    from interview_coach.reports.lettering import PACKAGES, font_folders

    if find_spec("typst") is None or len(font_folders()) < len(PACKAGES):
        mend = "install requirements.txt again"
        return Finding("reports", "broken", f"the typesetter or its fonts are missing; {mend}")
    return Finding("reports", "ok", "PDF by typst, with the Noto fonts")


def _page(_settings: Settings) -> Finding:
    page = page_build.finished_page(PROJECT_DIR)
    if page is not None:
        return Finding("page", "ok", f"built, {page.name}")
    return Finding("page", "off", "not built for these sources; ./coach up builds it")


def _node(_settings: Settings) -> Finding:
    beside = Path(sys.executable).parent
    node = shutil.which("node", path=f"{beside}{os.pathsep}{os.environ.get('PATH', os.defpath)}")
    if node is None:
        if page_build.finished_page(PROJECT_DIR) is not None:
            return Finding("node", "off", "not here, and not needed: the page is built")
        return Finding("node", "broken", "needed to build the page; install requirements.txt again")
    answer = subprocess.run(  # noqa: S603 the node found above
        [node, "--version"], capture_output=True, text=True, check=False
    )
    if answer.returncode != 0:
        return Finding("node", "broken", f"{node} does not run; install requirements.txt again")
    return Finding("node", "ok", f"{answer.stdout.strip()}, only to build the page")


def _port(settings: Settings) -> Finding:
    try:
        ports.require_free(settings.host, settings.port)
    except CoachError as error:
        status, _ = announce.health(ports.local(settings.host), settings.port)
        if status is not None:
            return Finding("port", "ok", f"{settings.port}, the coach answers {status}")
        return Finding("port", "broken", error.message)
    return Finding("port", "ok", f"{settings.port} is free")


_LOOKS: tuple[Callable[[Settings], Finding], ...] = (
    _data_folder,
    _database,
    _migrations,
    _redis,
    _storage,
    _encryption,
    _page,
    _node,
    _speech,
    _embeddings,
    _tone,
    _engines,
    _mail,
    _reports,
    _port,
)

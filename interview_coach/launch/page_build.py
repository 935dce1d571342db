"""The page: exported once with Node, published under the digest of its sources, served without.

Reflex builds in `.web/`, which may be half finished at any moment. A finished page is copied to
`.page/<digest>/` and put there by one rename, so what is served is always whole and always belongs
to the sources that are there.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from interview_coach.kit.errors import CoachError

PUBLISHED = ".page"
_KEPT = 3  # a server that is running may still serve an older page
_TRIES = 3
_LOG_LINES_SHOWN = 25
_STOP_SECONDS = 10
_ROOT_FILES = ("rxconfig.py", "requirements.txt", "docs/scoring.md")
_PACKAGE = "interview_coach"
_SUFFIXES = {".py", ".js", ".jsx", ".mjs", ".ts", ".tsx", ".css", ".svg", ".json"}
# By the layer rules a page cannot show what is in these: changing them needs no new page.
_OTHER_FOLDERS = {"speech", "jobs", "storage", "kit", "launch"}
_OTHER_FILES = {"repository.py", "jobs.py", "api.py", "cli.py", "__main__.py"}
_PLUGIN_FILES = {"launch/page_plugin.py", "launch/same_origin.py"}


def source_files(project: Path) -> list[Path]:
    """Every file a change of which may change the page, sorted."""
    found = [project / name for name in _ROOT_FILES if (project / name).is_file()]
    found += _files(project / "reflex.lock")
    # assets/external holds links that Reflex makes to files of the package itself.
    found += [file for file in _files(project / "assets") if "external" not in file.parts]
    package = project / _PACKAGE
    found += [file for file in _files(package) if _may_change_page(file.relative_to(package))]
    return sorted(found)


def source_digest(project: Path) -> str:
    """Twenty hex digits that change when the page would; about ten milliseconds."""
    digest = hashlib.sha256()
    for file in source_files(project):
        digest.update(str(file.relative_to(project)).encode())
        digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()[:20]


def finished_page(project: Path) -> Path | None:
    """The folder with the page of the present sources, None when it has to be built."""
    folder = project / PUBLISHED / source_digest(project)
    return folder if folder.is_dir() else None


def ensure_page(project: Path, say: Callable[[str], None]) -> Path:
    """The folder of the finished page, built first when the sources changed.

    say: told one line when a build starts and one when it ends. Two processes that ask together
    build once. Raises CoachError with the end of the build's log when the build fails.
    """
    page = finished_page(project)
    if page is not None:
        return page
    published = project / PUBLISHED
    _make_writable(published)
    with _only_one(published / "lock"):
        for _ in range(_TRIES):
            digest = source_digest(project)
            page = published / digest
            if page.is_dir():
                return page
            say("Building the page (once for every change of its sources; under a minute)")
            with _lock_files_kept(project / "reflex.lock"):
                _export(project, published / "build.log")
            # A file saved during the build may or may not be in it.
            if source_digest(project) == digest:
                _publish(project / ".web", page)
                _forget_old(published)
                say("The page is built")
                return page
    raise CoachError("page_build", "The sources of the page keep changing while it is built.")


def _files(folder: Path) -> list[Path]:
    return [file for file in folder.rglob("*") if file.is_file()] if folder.is_dir() else []


def _may_change_page(path: Path) -> bool:
    if "__pycache__" in path.parts or path.suffix not in _SUFFIXES:
        return False
    if path.as_posix() in _PLUGIN_FILES:
        return True
    return path.parts[0] not in _OTHER_FOLDERS and path.name not in _OTHER_FILES


def _make_writable(folder: Path) -> None:
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        raise CoachError(
            "page_build", f"The page is not built, and {folder} cannot be written: {error.strerror}"
        ) from error


@contextmanager
def _only_one(file: Path) -> Iterator[None]:
    with file.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@contextmanager
def _lock_files_kept(folder: Path) -> Iterator[None]:
    """Undo what the export does to the layout of reflex.lock/: only another content is a change."""
    before = {file: file.read_bytes() for file in folder.glob("*.json")}
    try:
        yield
    finally:
        for file, content in before.items():
            if not file.is_file() or json.loads(file.read_bytes()) == json.loads(content):
                file.write_bytes(content)


def _build_environment(project: Path, programs: Path) -> dict[str, str]:
    """What the export runs with: our own Node, no settings of a deployment."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("COACH_", "REFLEX_"))}
    environment |= {
        "PATH": f"{programs}{os.pathsep}{environment.get('PATH', os.defpath)}",
        "COACH_ENV": "development",
        "REFLEX_USE_NPM": "1",
        "REFLEX_CHECK_LATEST_VERSION": "false",
        "REFLEX_TELEMETRY_ENABLED": "false",
        "REFLEX_DIR": str(project / PUBLISHED / "reflex"),
        # So that reflex.lock/ stays exact and names no host, whoever updates it.
        "NPM_CONFIG_SAVE_EXACT": "true",
        "NPM_CONFIG_OMIT_LOCKFILE_REGISTRY_RESOLVED": "true",
        "NPM_CONFIG_UPDATE_NOTIFIER": "false",
        "NPM_CONFIG_AUDIT": "false",
        "NPM_CONFIG_FUND": "false",
    }
    # Reflex would measure public registries; npm already knows the one it is to use.
    environment["NPM_CONFIG_REGISTRY"] = _npm_registry(environment)
    return environment


def _npm_registry(environment: dict[str, str]) -> str:
    npm = shutil.which("npm", path=environment["PATH"])
    if npm is None:
        raise CoachError(
            "node_missing",
            "The page has to be built, and there is no Node: install requirements.txt again, or "
            "use an image whose page is built.",
        )
    answer = subprocess.run(  # noqa: S603 npm of our own environment
        [npm, "config", "get", "registry"],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if answer.returncode != 0:
        raise CoachError("node_broken", f"npm does not run: {answer.stderr.strip()[-300:]}")
    return answer.stdout.strip()


def _export(project: Path, log: Path) -> None:
    programs = Path(sys.executable).parent
    command = [sys.executable, "-m", "reflex", "export", "--frontend-only", "--no-zip"]
    environment = _build_environment(project, programs)
    with log.open("w", encoding="utf-8") as output:
        process = subprocess.Popen(  # noqa: S603
            command,
            cwd=project,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            code = process.wait()
        except BaseException:
            # Stopped in the middle: npm and Vite are children of the child, so the whole group.
            _end_group(process)
            raise
    if code != 0:
        raise CoachError(
            "page_build", f"The page could not be built. The end of {log}:\n{_last_lines(log)}"
        )


def _end_group(process: subprocess.Popen[bytes]) -> None:
    os.killpg(process.pid, signal.SIGTERM)
    try:
        process.wait(_STOP_SECONDS)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _last_lines(log: Path) -> str:
    lines = log.read_text(encoding="utf-8", errors="replace").splitlines()
    # npm puts hundreds of lines about everything after the few that say what is wrong.
    wrong = [line for line in lines if line.startswith("npm error")]
    return "\n".join(wrong or lines[-_LOG_LINES_SHOWN:])


def _publish(web: Path, page: Path) -> None:
    """Copy what serving needs out of .web, and give it its name at the very end."""
    staging = Path(tempfile.mkdtemp(prefix="unfinished-", dir=page.parent))
    try:
        shutil.copytree(web / "build" / "client", staging / "build" / "client")
        shutil.copytree(web / "backend", staging / "backend")
        shutil.copy2(web / "routes.json", staging / "routes.json")
        staging.chmod(0o755)
        staging.rename(page)
    except BaseException:
        shutil.rmtree(staging, ignore_errors=True)
        raise


def _forget_old(published: Path) -> None:
    pages = [each for each in published.iterdir() if (each / "routes.json").is_file()]
    pages.sort(key=lambda each: each.stat().st_mtime, reverse=True)
    for old in pages[_KEPT:]:
        shutil.rmtree(old, ignore_errors=True)


def main() -> int:
    """Build the page of this project, as an image does; 0, or 1 with the reason on stderr."""
    try:
        ensure_page(Path(__file__).resolve().parent.parent.parent, print)
    except CoachError as error:
        print(error.message, file=sys.stderr)  # noqa: T201
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())

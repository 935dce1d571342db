"""The whole product as `./coach up` starts it, and a real browser with a fake microphone."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright

from tests.support.recordings import SPOKEN_ANSWER, wav
from tests.support.scripted_whisper import build
from tests.support.servers import free_port, wait_until

PROJECT = Path(__file__).resolve().parent.parent.parent
READY_WITHIN = 180.0  # the first start may have to build the page
PASSWORD = "a long enough password"
# What the scripted recogniser hears in any recording of about nine seconds.
HEARD = (
    "I traced the slow queries with Datadog, added one index, and failed payments went down from "
    "nine percent to one percent in two weeks."
)
CAPTION = "so I asked for help"
HEARD_SECONDS = 8.0
_BROWSERS = ("chromium", "chromium-browser", "google-chrome")
_FLAGS = [
    "--no-sandbox",
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@dataclass
class Site:
    """A running Interview Coach. url: its address; data_dir: where it keeps everything."""

    data_dir: Path
    port: int
    settings: dict[str, str]
    process: subprocess.Popen[bytes] | None = None
    log: list[str] = field(default_factory=list)

    @property
    def url(self) -> str:
        """Its address in the browser."""
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Start everything and wait until it says that it is ready."""
        environment = {k: v for k, v in os.environ.items() if not k.startswith("COACH_")}
        environment |= {"COACH_DATA_DIR": str(self.data_dir), **self.settings}
        environment["PYTHONPATH"] = str(PROJECT)
        with (self.data_dir / "up.log").open("ab") as out:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "interview_coach", "up", "--port", str(self.port)],
                cwd=PROJECT,
                env=environment,
                stdout=out,
                stderr=subprocess.STDOUT,
            )
        wait_until(self._settled, READY_WITHIN, "the site is ready")
        assert self.healthy(), (self.data_dir / "up.log").read_text()

    def _settled(self) -> bool:
        return self.process is None or self.process.poll() is not None or self.healthy()

    def healthy(self) -> bool:
        """Whether health answers 200 now."""
        try:
            with urllib.request.urlopen(f"{self.url}/api/v1/health", timeout=2) as answer:
                return bool(answer.status == 200)
        except OSError:
            return False

    def stop(self) -> None:
        """Stop as a deployment stops it."""
        if self.process is not None:
            self.process.terminate()
            self.process.wait(30)

    def pids(self, words: str) -> list[int]:
        """The processes of this site whose command line matches, found by their data folder."""
        found = []
        for entry in Path("/proc").iterdir():
            if not entry.name.isdigit():
                continue
            try:
                command = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode()
                environment = (entry / "environ").read_bytes().decode(errors="replace")
            except OSError:
                continue
            ours = str(self.data_dir) in environment or str(self.data_dir) in command
            if ours and re.search(words, command):
                found.append(int(entry.name))
        return found

    def kill(self, words: str) -> int:
        """kill -9 every process of this site whose command line matches; how many there were."""
        found = self.pids(words)
        for pid in found:
            os.kill(pid, signal.SIGKILL)
        return len(found)


@pytest.fixture(scope="session")
def whisper_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tiny model that the real faster-whisper loads and that says HEARD."""
    return build(tmp_path_factory.mktemp("model") / "scripted", HEARD, seconds=HEARD_SECONDS)


@contextmanager
def running(folder: Path, **settings: str) -> Iterator[Site]:
    """A site of its own on a free port."""
    site = Site(folder, free_port(), {"COACH_OFFLINE": "1", **settings})
    site.start()
    try:
        yield site
    finally:
        site.stop()


@pytest.fixture(scope="session")
def caption_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Another that says CAPTION, for pieces of four seconds."""
    return build(tmp_path_factory.mktemp("captions") / "scripted", CAPTION, seconds=3.5)


@pytest.fixture(scope="session")
def site(
    tmp_path_factory: pytest.TempPathFactory, whisper_model: Path, caption_model: Path
) -> Iterator[Site]:
    """The site most journeys share."""
    folder = tmp_path_factory.mktemp("site")
    with running(
        folder,
        COACH_WHISPER_MODEL=str(whisper_model),
        COACH_CAPTION_MODEL=str(caption_model),
        COACH_RATE_LIMIT_PER_MINUTE="2000",
    ) as started:
        yield started


@pytest.fixture(scope="session")
def draft_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site without network and without a Whisper model. Its recogniser is slow enough to be
    killed in the middle of an answer."""
    folder = tmp_path_factory.mktemp("draft")
    with running(folder, COACH_RATE_LIMIT_PER_MINUTE="5000") as started:
        yield started


@pytest.fixture(scope="session")
def microphone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the fake microphone plays: the fixture as a 48 kHz wav file."""
    from interview_coach.speech.decode import decode

    file = tmp_path_factory.mktemp("sound") / "answer.wav"
    samples = decode(SPOKEN_ANSWER).repeat(3)  # 16 kHz to 48 kHz
    file.write_bytes(wav(samples, 48_000))
    return file


def _launch(play: Playwright, *flags: str) -> Browser:
    program = next((path for name in _BROWSERS if (path := shutil.which(name))), None)
    if program is None and not Path(play.chromium.executable_path).exists():
        pytest.skip("there is no Chromium on this machine")
    return play.chromium.launch(executable_path=program, args=[*_FLAGS, *flags])


@pytest.fixture(scope="session")
def browser_with_microphone(play: Playwright, microphone: Path) -> Iterator[Browser]:
    """Chromium whose microphone plays the fixture and is granted."""
    browser = _launch(
        play,
        "--use-fake-ui-for-media-stream",
        "--use-fake-device-for-media-stream",
        f"--use-file-for-fake-audio-capture={microphone}",
    )
    yield browser
    browser.close()


@pytest.fixture(scope="session")
def browser_without_microphone(play: Playwright) -> Iterator[Browser]:
    """Chromium on a machine that has no microphone."""
    browser = _launch(play)
    yield browser
    browser.close()


def _watched(context: BrowserContext, errors: list[str]) -> Page:
    page = context.new_page()
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on(
        "console",
        lambda message: errors.append(message.text) if message.type == "error" else None,
    )
    return page


@pytest.fixture
def page_errors() -> list[str]:
    """What the pages of this test wrote to the console as errors."""
    return []


@pytest.fixture
def page(browser_with_microphone: Browser, site: Site, page_errors: list[str]) -> Iterator[Page]:
    """A page with a microphone."""
    context = browser_with_microphone.new_context(
        base_url=site.url, viewport={"width": 1440, "height": 900}, permissions=["microphone"]
    )
    yield _watched(context, page_errors)
    context.close()


@pytest.fixture
def silent_page(
    browser_without_microphone: Browser, site: Site, page_errors: list[str]
) -> Iterator[Page]:
    """A page without a microphone, on a phone."""
    context = browser_without_microphone.new_context(
        base_url=site.url, viewport={"width": 390, "height": 844}
    )
    yield _watched(context, page_errors)
    context.close()

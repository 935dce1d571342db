"""Recording, keeping and sending in a real browser with a fake microphone."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import av
import pytest
from playwright.sync_api import Browser, Page, Playwright

from tests.ui.recorder.browsers import start_browser, write_sound
from tests.ui.recorder.recording_server import KeptAnswer, RecordingServer

pytestmark = pytest.mark.e2e

_CONTAINER_HEADER = b"\x1a\x45\xdf\xa3"  # EBML, the first bytes of a WebM file


@pytest.fixture(scope="module")
def speaking_browser(
    play: Playwright, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Browser]:
    sound = tmp_path_factory.mktemp("sound") / "tone.wav"
    write_sound(sound)
    yield from start_browser(
        play,
        [
            "--use-fake-ui-for-media-stream",
            "--use-fake-device-for-media-stream",
            f"--use-file-for-fake-audio-capture={sound}",
        ],
    )


@pytest.fixture
def server() -> Iterator[RecordingServer]:
    with RecordingServer() as running:
        yield running


@pytest.fixture
def room(speaking_browser: Browser, server: RecordingServer) -> Iterator[Page]:
    context = speaking_browser.new_context()
    opened = context.new_page()
    opened.goto(server.url)
    yield opened
    context.close()


def _open(page: Page, question: str = "q1") -> str:
    page.wait_for_function("window.ready")
    return str(page.evaluate("question => window.open(question)", question))


def _do(page: Page, *actions: str) -> None:
    for action in actions:
        page.evaluate(f"window.session.{action}()")


def _phase(page: Page, phase: str, reason: str = "") -> dict[str, Any]:
    page.wait_for_function(
        "([phase, reason]) => session.snapshot.phase === phase"
        " && session.snapshot.reason === reason",
        arg=[phase, reason],
    )
    return dict(page.evaluate("session.snapshot"))


def _record(page: Page, seconds: float) -> None:
    _do(page, "start")
    _phase(page, "recording")
    _wait_for_seconds(page, seconds)


def _wait_for_seconds(page: Page, seconds: float) -> None:
    page.wait_for_function("seconds => session.seconds >= seconds", arg=seconds)


def _wait_for_safe(page: Page, seconds: float) -> None:
    page.wait_for_function("seconds => session.snapshot.safeSeconds >= seconds", arg=seconds)


def _decoded_seconds(sound: bytes) -> float:
    """The seconds of sound in one or several containers, one after another."""
    starts = [0]
    while (found := sound.find(_CONTAINER_HEADER, starts[-1] + 1)) > 0:
        starts.append(found)
    total = 0.0
    for start, end in zip(starts, [*starts[1:], len(sound)], strict=True):
        with av.open(io.BytesIO(sound[start:end]), "r") as container:
            for frame in container.decode(audio=0):
                total += frame.samples / frame.sample_rate
    return total


def _assert_whole(answer: KeptAnswer) -> None:
    assert answer.finished is not None
    assert sorted(answer.chunks) == list(range(answer.finished["chunks"]))
    assert answer.types == {"audio/webm"}
    assert _decoded_seconds(answer.sound) == pytest.approx(
        answer.finished["duration_seconds"], abs=0.4
    )


def test_a_take_with_a_pause_arrives_whole(room: Page, server: RecordingServer) -> None:
    assert _open(room) == "idle"
    _record(room, 2.5)
    _do(room, "pause")
    paused = room.evaluate("session.seconds")
    _do(room, "resume")
    _wait_for_seconds(room, paused + 1.2)
    _do(room, "stop")
    _phase(room, "review")
    segments = room.evaluate(
        "session.segments().then(all => all.map(s => [s.blob.size, s.peaks.length]))"
    )
    assert len(segments) == 1
    assert segments[0][1] > 10
    _do(room, "send")
    _phase(room, "sent")
    answer = server.the_answer()
    assert answer.question_id == "q1"
    _assert_whole(answer)
    assert answer.finished is not None
    assert 3.5 < answer.finished["duration_seconds"] < 6
    assert server.puts == sorted(server.puts)
    assert room.evaluate("window.kept()") == []


def test_sound_goes_out_while_one_speaks_in_pieces_of_two_seconds(
    room: Page, server: RecordingServer
) -> None:
    _open(room)
    _record(room, 2.5)
    room.wait_for_function("session.snapshot.sentSeconds > 1")
    assert room.evaluate("session.snapshot.phase") == "recording"
    assert room.evaluate("session.snapshot.sentSeconds") < 2.5


def test_a_refresh_in_the_middle_goes_on_with_the_same_take(
    room: Page, server: RecordingServer
) -> None:
    _open(room)
    _record(room, 2.2)
    _wait_for_safe(room, 1.9)
    before = room.evaluate("session.snapshot.safeSeconds")
    room.reload()
    assert _open(room) == "paused"
    kept = room.evaluate("session.snapshot")
    assert kept["keptSeconds"] >= before
    _do(room, "start")
    _phase(room, "recording")
    _wait_for_seconds(room, kept["keptSeconds"] + 1.5)
    _do(room, "stop")
    _phase(room, "review")
    assert room.evaluate("session.segments().then(all => all.length)") == 2
    _do(room, "send")
    _phase(room, "sent")
    answer = server.the_answer()
    _assert_whole(answer)
    assert answer.sound.count(_CONTAINER_HEADER) == 2


def test_a_stopped_take_is_still_in_review_after_a_refresh(room: Page) -> None:
    _open(room)
    _record(room, 1.2)
    _do(room, "stop")
    room.reload()
    assert _open(room) == "review"


def test_without_the_network_it_waits_and_goes_out_by_itself(
    room: Page, server: RecordingServer
) -> None:
    _open(room)
    _record(room, 1.2)
    room.context.set_offline(True)
    _wait_for_seconds(room, 2.5)
    _do(room, "stop", "send")
    _phase(room, "offline")
    room.context.set_offline(False)
    _phase(room, "sent")
    _assert_whole(server.the_answer())


def test_a_server_that_fails_for_a_while_is_asked_again(
    room: Page, server: RecordingServer
) -> None:
    server.refuse = 503
    _open(room)
    _record(room, 1.2)
    _do(room, "stop", "send")
    _phase(room, "offline")
    server.refuse = None
    _phase(room, "sent")
    _assert_whole(server.the_answer())


def test_what_was_to_be_sent_goes_out_on_the_next_page(room: Page, server: RecordingServer) -> None:
    server.refuse = 503
    _open(room)
    _record(room, 1.2)
    _do(room, "stop", "send")
    _phase(room, "offline")
    server.refuse = None
    room.reload()
    assert _open(room, "q2") == "idle"
    room.wait_for_function("window.statuses.some(([id, state]) => id === 'q1' && state === 'sent')")
    _assert_whole(server.the_answer())


def test_a_chunk_the_server_lost_is_sent_again(room: Page, server: RecordingServer) -> None:
    _open(room)
    _record(room, 2.5)
    _do(room, "stop")
    room.wait_for_function("session.snapshot.ackedCount === session.snapshot.chunkCount")
    del server.the_answer().chunks[0]
    _do(room, "send")
    _phase(room, "sent")
    _assert_whole(server.the_answer())
    assert server.puts.count(0) == 2


def test_a_refusal_says_why_and_keeps_the_recording(room: Page, server: RecordingServer) -> None:
    server.refuse = 409
    _open(room)
    _record(room, 1.2)
    _do(room, "stop", "send")
    assert _phase(room, "failed")["detail"] == "The interview is over."
    assert len(room.evaluate("window.kept()")) == 1
    server.refuse = None
    _do(room, "retry")
    _phase(room, "sent")


@pytest.mark.parametrize("portal", ["page", "redirect"])
def test_a_sign_in_page_does_not_count_as_arrived(
    room: Page, server: RecordingServer, portal: str
) -> None:
    _open(room)
    _record(room, 1.2)
    _do(room, "stop")
    room.wait_for_function("session.snapshot.ackedCount === session.snapshot.chunkCount")
    server.portal = portal
    _do(room, "send")
    told = _phase(room, "offline")
    assert (told["upload"], told["code"]) in {("busy", "foreign_answer"), ("offline", "")}
    assert server.portal_answers > 0
    assert len(room.evaluate("window.kept()")) == 1
    assert server.the_answer().finished is None
    server.portal = ""
    _phase(room, "sent")
    _assert_whole(server.the_answer())


def test_recorded_behind_a_sign_in_page_it_goes_out_afterwards(
    room: Page, server: RecordingServer
) -> None:
    server.portal = "page"
    _open(room)
    _record(room, 1.2)
    _do(room, "stop", "send")
    assert _phase(room, "offline")["code"] == "foreign_answer"
    server.portal = ""
    room.evaluate("window.dispatchEvent(new Event('focus'))")
    _phase(room, "sent")
    _assert_whole(server.the_answer())


@pytest.mark.parametrize("code", ["one_take", "wrong_step"])
@pytest.mark.parametrize("at", ["create", "finish"])
def test_a_conflict_is_told_and_the_sound_can_still_be_saved(
    room: Page, server: RecordingServer, code: str, at: str
) -> None:
    server.refusal = {"code": code, "detail": f"Refused for {code}."}
    server.refuse = 409 if at == "create" else None
    _open(room)
    _record(room, 0.8)
    _do(room, "stop")
    if at == "finish":
        room.wait_for_function("session.snapshot.ackedCount === session.snapshot.chunkCount")
        server.refuse = 409
    _do(room, "send")
    told = _phase(room, "failed")
    assert (told["detail"], told["code"]) == (f"Refused for {code}.", code)
    assert room.evaluate("session.segments().then(all => all[0].blob.size)") > 0


def test_signed_out_in_between_it_waits_for_the_sign_in(
    room: Page, server: RecordingServer
) -> None:
    server.refuse = 401
    _open(room)
    _record(room, 1.2)
    _do(room, "stop", "send")
    _phase(room, "failed", "signed_out")
    server.refuse = None
    room.evaluate("window.dispatchEvent(new Event('focus'))")
    _phase(room, "sent")
    _assert_whole(server.the_answer())


def test_again_throws_the_unsent_take_away_on_both_sides(
    room: Page, server: RecordingServer
) -> None:
    _open(room)
    _record(room, 2.2)
    room.wait_for_function("session.snapshot.sentSeconds > 1")
    _do(room, "again")
    _phase(room, "idle")
    room.evaluate("window.settled()")
    assert room.evaluate("window.kept()") == []
    assert server.answers == {}
    assert len(server.deleted) == 1


def test_pressing_twice_is_harmless(room: Page, server: RecordingServer) -> None:
    _open(room)
    room.evaluate("session.start(); session.start()")
    _phase(room, "recording")
    _wait_for_seconds(room, 1.2)
    room.evaluate("session.stop(); session.stop()")
    _phase(room, "review")
    room.evaluate("session.send(); session.send()")
    _phase(room, "sent")
    _assert_whole(server.the_answer())


def test_a_microphone_that_goes_away_pauses_and_loses_nothing(
    room: Page, server: RecordingServer
) -> None:
    _open(room)
    _record(room, 1.5)
    room.evaluate(
        "session.take.stream.getTracks().forEach("
        "track => { track.stop(); track.dispatchEvent(new Event('ended')); })"
    )
    assert _phase(room, "paused", "unplugged")["safeSeconds"] > 1
    _do(room, "start")
    _phase(room, "recording")
    _wait_for_safe(room, 2.5)
    _do(room, "stop", "send")
    _phase(room, "sent")
    _assert_whole(server.the_answer())


def test_one_question_is_recorded_in_one_tab_only(room: Page, server: RecordingServer) -> None:
    _open(room)
    _record(room, 0.5)
    other = room.context.new_page()
    other.goto(server.url)
    assert _open(other) == "failed"
    assert other.evaluate("session.snapshot.reason") == "other_tab"


@pytest.fixture(scope="module")
def refusing_browser(play: Playwright) -> Iterator[Browser]:
    yield from start_browser(
        play, ["--use-fake-device-for-media-stream", "--deny-permission-prompts"]
    )


def test_a_refused_microphone_is_said_and_can_be_checked_again(
    refusing_browser: Browser, server: RecordingServer
) -> None:
    room = refusing_browser.new_page()
    room.goto(server.url)
    assert _open(room) == "idle"
    _do(room, "start")
    _phase(room, "refused", "refused")
    _do(room, "checkAgain")
    _phase(room, "refused", "refused")
    room.context.grant_permissions(["microphone"])
    _do(room, "checkAgain")
    _phase(room, "idle")


def _captioned(page: Page, server: RecordingServer, *answers: dict[str, Any]) -> None:
    server.captions = list(answers)
    _open(page)
    _record(page, 0.1)
    page.evaluate("window.caption()")


def test_captions_send_whole_little_recordings_beside_the_take(
    room: Page, server: RecordingServer
) -> None:
    _captioned(room, server, {"text": "so I moved", "reason": None}, {"text": "it", "reason": None})
    room.wait_for_function("said.length >= 3")
    room.evaluate("captions.stop()")
    assert room.evaluate("said.slice(0, 3)") == ["so I moved", "it", "it"]
    for piece in server.captioned[:3]:
        with av.open(io.BytesIO(piece)) as container:
            seconds = sum(frame.samples / frame.rate for frame in container.decode(audio=0))
        assert seconds > 0.3
    sent = len(server.captioned)
    _do(room, "stop", "send")
    _phase(room, "sent")
    assert len(server.captioned) <= sent + 1
    assert server.the_answer().sound.count(_CONTAINER_HEADER) == 1


def test_captions_rest_while_the_server_is_busy_and_end_without_a_model(
    room: Page, server: RecordingServer
) -> None:
    _captioned(
        room,
        server,
        {"text": None, "reason": "busy"},
        {"text": "on time", "reason": None},
        {"text": None, "reason": "no_model"},
    )
    room.wait_for_function("ended.length > 0")
    assert room.evaluate("[said, ended]") == [["on time"], ["no_model"]]
    assert room.evaluate("captions.stopped")
    # The take goes on as if nothing had been.
    assert _phase(room, "recording")["phase"] == "recording"

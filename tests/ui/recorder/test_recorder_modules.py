"""The recorder's plain modules, run by Node without a browser."""

from __future__ import annotations

import base64
import hashlib
from typing import Any


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

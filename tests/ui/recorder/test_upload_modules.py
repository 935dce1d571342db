"""What counts as sent, what is tried again and what is told; run by Node without a browser."""

from __future__ import annotations

from typing import Any


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


def test_only_the_servers_own_words_count_as_arrived(run: Any) -> None:
    told = run(
        """
        import { UploadRequests } from "upload_requests.js";
        const page = "<!doctype html><title>Sign in</title>";
        const recording = {
          interviewId: "i1", questionId: "q1", clientId: "c1", answerId: "a1",
          mime: "audio/webm;codecs=opus", chunkCount: 1, seconds: 2,
        };
        const chunk = { n: 3, data: Uint8Array.of(1).buffer };
        const options = [];
        const outcome = async (call, status, body) => {
          const fetch = async (_, given) => {
            options.push([given.method, given.redirect]);
            return new Response(body, { status });
          };
          try {
            return (await call(new UploadRequests({ fetch }))) ?? "arrived";
          } catch (error) {
            return [error.name, error.kind, error.code];
          }
        };
        const calls = {
          create: (requests) => requests.createAnswer(recording),
          put: (requests) => requests.putChunk(recording, chunk),
          finish: (requests) => requests.finish(recording),
          discard: (requests) => requests.deleteAnswer(recording),
        };
        const bodies = {
          create: [page, "", "null", "[]", "{}", '{"id":7}', '{"id":""}', '{"id":"a1"}'],
          put: [page, "null", "{}", '{"number":2}', '{"number":"3"}', '{"number":3}'],
          finish: [
            page, "", "null", "{}", '{"answer_id":"a1"}', '{"answer_id":"a2","status":"uploaded"}',
            '{"answer_id":"a1","status":"recording"}', '{"answer_id":"a1","status":"uploaded"}',
          ],
        };
        const outcomes = {};
        for (const [name, all] of Object.entries(bodies)) {
          outcomes[name] = [];
          for (const body of all) outcomes[name].push(await outcome(calls[name], 200, body));
        }
        outcomes.discard = [
          await outcome(calls.discard, 200, page), await outcome(calls.discard, 204, null),
        ];
        console.log(JSON.stringify({ outcomes, options }));
        """
    )
    foreign = ["UploadError", "busy", "foreign_answer"]
    assert told["outcomes"] == {
        "create": [foreign] * 7 + ["a1"],
        "put": [foreign] * 5 + ["arrived"],
        "finish": [foreign] * 7 + ["arrived"],
        "discard": [foreign, "arrived"],
    }
    assert {redirect for _, redirect in told["options"]} == {"error"}
    assert {method for method, _ in told["options"]} == {"POST", "PUT", "DELETE"}


def test_whatever_breaks_while_sending_is_said_and_can_be_tried_again(run: Any) -> None:
    told = run(
        """
        import { ChunkStore } from "chunk_store.js";
        import { MemoryTables } from "memory_tables.js";
        import { UploadRequests } from "upload_requests.js";
        import { Uploader } from "uploader.js";
        let broken = true;
        class BreakingTables extends MemoryTables {
          nextReady(clientId) {
            if (broken) throw new TypeError("The database was closed.");
            return super.nextReady(clientId);
          }
        }
        const bodyFor = (address) => {
          if (address.endsWith("/answers")) return { id: "a1" };
          if (address.endsWith("/finish")) return { answer_id: "a1", status: "uploaded" };
          return { number: Number(address.split("/").at(-1)), received: [] };
        };
        const fetch = async (address) => Response.json(bodyFor(address));
        const noted = [];
        console.error = (error) => noted.push(error.message);
        const store = new ChunkStore(new BreakingTables(), false);
        const uploader = new Uploader({ store, requests: new UploadRequests({ fetch }) });
        const clientId = "c1";
        const until = (wanted) => new Promise((resolve) => {
          const end = uploader.listen((status) => {
            if (status.state !== wanted) return;
            end();
            resolve(status);
          });
        });
        uploader.listen(({ state }) => {
          if (state === "sent") throw new Error("The drawing broke.");
        });
        const names = { clientId, interviewId: "i1", questionId: "q1", mime: "audio/webm" };
        await store.addRecording({ ...names, startedAt: 1 });
        await store.addSlice(clientId, { data: Uint8Array.of(1).buffer, seconds: 1, peaks: [] });
        const failed = until("failed");
        await uploader.send(clientId);
        const { detail } = await failed;
        const [segment] = await store.segments(clientId);
        broken = false;
        await uploader.loops.get(clientId)?.done;
        const sent = until("sent");
        uploader.wake(clientId);
        await sent;
        await uploader.loops.get(clientId)?.done;
        console.log(JSON.stringify({
          detail, size: segment.blob.size, last: uploader.status(clientId).state,
          kept: (await store.recordings()).length, noted,
        }));
        """
    )
    assert told["detail"].startswith("Something went wrong on this page.")
    assert (told["size"], told["last"], told["kept"]) == (1, "sent", 0)
    assert told["noted"] == ["The database was closed.", "The drawing broke."]


def test_a_store_that_cannot_be_read_is_said_too(run: Any) -> None:
    told = run(
        """
        import { ChunkStore } from "chunk_store.js";
        import { MemoryTables } from "memory_tables.js";
        import { Uploader } from "uploader.js";
        class ClosedTables extends MemoryTables {
          async recording() {
            throw new Error("The database was closed.");
          }
        }
        console.error = () => undefined;
        const store = new ChunkStore(new ClosedTables(), false);
        const uploader = new Uploader({ store, requests: null });
        uploader.wake("c1");
        await uploader.loops.get("c1").done;
        console.log(JSON.stringify([uploader.status("c1").state, uploader.loops.size]));
        """
    )
    assert told == ["failed", 0]

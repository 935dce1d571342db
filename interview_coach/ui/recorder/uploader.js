// Sends kept recordings, each in its own loop: create the answer, send the chunks in order,
// finish. It outlives the recorder on the page, so going on to the next question stops nothing.

import { ChunkStore } from "./chunk_store.js";
import { UploadError, UploadRequests, backoffSeconds } from "./upload_requests.js";

// A server that keeps asking for chunks it was just sent will not be satisfied by more rounds.
const MOST_RESENDS = 5;
const BROKEN = "Something went wrong on this page. Try again, or save a copy and reload the page.";

export class Uploader {
  constructor({ store, requests, random = Math.random }) {
    this.store = store;
    this.requests = requests;
    this.random = random;
    this.listeners = new Set();
    this.loops = new Map();
    this.statuses = new Map();
  }

  /**
   * Calls `listener({recording, state, detail, code})` on every change; returns what ends it.
   * state: sending, waiting (for more sound), offline, busy, signed_out, failed or sent.
   */
  listen(listener) {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** The last status told about a recording, or null. */
  status(clientId) {
    return this.statuses.get(clientId) ?? null;
  }

  #announce(recording, state, { detail = "", code = "" } = {}) {
    const status = { recording, state, detail, code };
    this.statuses.set(recording.clientId, status);
    for (const listener of [...this.listeners]) {
      try {
        listener(status);
      } catch (error) {
        // What is drawn may break; sending goes on.
        console.error(error);
      }
    }
  }

  // What the loop read at its start may be older than what the recorder has added since.
  async #report(clientId, state, words) {
    const recording = await this.store.recording(clientId);
    if (recording) this.#announce(recording, state, words);
  }

  /** Begins or goes on sending a recording; harmless when it is already under way. */
  wake(clientId) {
    const loop = this.loops.get(clientId);
    if (loop) {
      loop.woken = true;
      loop.tries = 0;
      loop.wake?.();
      return;
    }
    const started = { woken: false, wake: null, waits: false, last: null, tries: 0, resends: 0 };
    this.loops.set(clientId, started);
    started.done = this.#run(clientId, started).finally(() => this.loops.delete(clientId));
  }

  /** There is more to send. A refusal is not asked again until somebody presses "Try again". */
  chunkAdded(clientId) {
    // Nor does it cut short the wait for a server that does not answer.
    const waits = this.loops.get(clientId)?.waits;
    if (!waits && this.status(clientId)?.state !== "failed") this.wake(clientId);
  }

  /** All loops look again at once: the network is back, or somebody signed in. */
  wakeAll() {
    for (const clientId of this.loops.keys()) this.wake(clientId);
  }

  /** Goes on with everything that was to be sent when the page was closed. */
  async resumeAll() {
    for (const recording of await this.store.recordings()) {
      if (recording.phase !== "open") this.wake(recording.clientId);
    }
  }

  async send(clientId) {
    await this.store.closeChunk(clientId);
    await this.store.changeRecording(clientId, { phase: "sending" });
    this.wake(clientId);
  }

  /** Throws an unsent take away, here and on the server. */
  async discard(clientId) {
    const recording = await this.store.recording(clientId);
    await this.store.remove(clientId);
    if (!recording?.answerId) return;
    const { interviewId, questionId, answerId, mime, startedAt } = recording;
    const names = { clientId, interviewId, questionId, answerId, mime, startedAt };
    await this.store.addRecording({ ...names, phase: "discarded" });
    this.wake(clientId);
  }

  #sleep(loop, seconds) {
    return new Promise((resolve) => {
      const timer = seconds === null ? null : setTimeout(resolve, seconds * 1000);
      loop.wake = () => {
        clearTimeout(timer);
        resolve();
      };
      if (loop.woken) loop.wake();
    });
  }

  // Whatever breaks: the recording is still here, so it is said rather than left "sending" for ever.
  async #run(clientId, loop) {
    try {
      await this.#sendAll(clientId, loop);
    } catch (error) {
      console.error(error);
      const recording = loop.last ?? this.status(clientId)?.recording ?? { clientId };
      this.#announce(recording, "failed", { detail: BROKEN, code: "broken" });
    }
  }

  async #sendAll(clientId, loop) {
    for (;;) {
      loop.woken = false;
      const recording = await this.store.recording(clientId);
      if (!recording) {
        // Another tab has sent it meanwhile.
        if (loop.last?.phase === "sending") this.#announce({ ...loop.last, phase: "sent" }, "sent");
        return;
      }
      loop.last = recording;
      let pause;
      try {
        pause = await this.#step(recording, loop);
      } catch (error) {
        if (!(error instanceof UploadError)) throw error;
        pause = await this.#afterError(recording, error, loop);
      }
      if (pause === "end") return;
      if (pause === "again") continue;
      loop.waits = pause !== "idle";
      await this.#sleep(loop, loop.waits ? pause : null);
      loop.waits = false;
    }
  }

  // One request. Returns "again", "idle" (until woken) or "end".
  async #step(recording, loop) {
    if (recording.phase === "discarded") {
      await this.requests.deleteAnswer(recording);
      await this.store.remove(recording.clientId);
      return "end";
    }
    if (!recording.answerId) return this.#create(recording, loop);
    const chunk = await this.store.nextReady(recording.clientId);
    if (chunk) {
      await this.requests.putChunk(recording, chunk);
      await this.store.markChunks(recording.clientId, [chunk.n], "acked");
      loop.tries = 0;
      await this.#report(recording.clientId, "sending");
      return "again";
    }
    if (recording.phase === "sending") {
      await this.requests.finish(recording);
      return this.#sent(recording);
    }
    await this.#report(recording.clientId, "waiting");
    return "idle";
  }

  async #create(recording, loop) {
    const answerId = await this.requests.createAnswer(recording);
    loop.tries = 0;
    const kept = await this.store.changeRecording(recording.clientId, { answerId });
    if (!kept) {
      // Thrown away while the request was under way: the server must not keep it either.
      await this.requests.deleteAnswer({ ...recording, answerId });
      return "end";
    }
    await this.#report(kept.clientId, "sending");
    return "again";
  }

  async #sent(recording) {
    await this.store.remove(recording.clientId);
    this.#announce({ ...recording, phase: "sent" }, "sent");
    return "end";
  }

  async #afterError(recording, error, loop) {
    const words = { detail: error.message, code: error.code };
    if (error.kind === "missing" && loop.resends < MOST_RESENDS) {
      loop.resends += 1;
      await this.store.markChunks(recording.clientId, error.missing, "ready");
      return "again";
    }
    // Another tab was quicker: all of it is there already.
    if (error.code === "answer_sent" && recording.phase === "sending") return this.#sent(recording);
    if (error.kind === "signed_out") {
      await this.#report(recording.clientId, "signed_out", words);
      return "idle";
    }
    if (error.passes) {
      loop.tries += 1;
      await this.#report(recording.clientId, error.kind === "network" ? "offline" : "busy", words);
      return Math.max(error.waitSeconds ?? 0, backoffSeconds(loop.tries, this.random));
    }
    await this.#report(recording.clientId, "failed", words);
    return "end";
  }
}

const shared = new Map();

async function openUploader(apiBase) {
  const store = await ChunkStore.open();
  const uploader = new Uploader({ store, requests: new UploadRequests({ apiBase }) });
  window.addEventListener("online", () => uploader.wakeAll());
  // Coming back to the tab often means: signed in again, or the network is there again.
  window.addEventListener("focus", () => uploader.wakeAll());
  await uploader.resumeAll();
  return uploader;
}

/** The page's one uploader (a promise); it goes on with what an earlier page left behind. */
export function sharedUploader(apiBase = "/api/v1") {
  if (!shared.has(apiBase)) shared.set(apiBase, openUploader(apiBase));
  return shared.get(apiBase);
}

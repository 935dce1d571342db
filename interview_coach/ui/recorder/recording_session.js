// One question's recording: the states a candidate goes through, and what each press does.
// No React here. `snapshot` is replaced on every change and handed to the listeners.

import {
  MicrophoneError,
  closeMicrophone,
  obstacle,
  openMicrophone,
  permission,
  recordingType,
  watchPermission,
} from "./microphone.js";
import { holdLock } from "./question_lock.js";
import { TakeRecorder } from "./take_recorder.js";

const PHASE_OF_REASON = {
  refused: "refused",
  missing: "no_microphone",
  busy: "no_microphone",
  unknown: "no_microphone",
  insecure: "unsupported",
  unsupported: "unsupported",
  other_tab: "failed",
};

const NOTHING = {
  phase: "idle",
  loading: true,
  reason: "",
  detail: "",
  code: "",
  clientId: null,
  answerId: null,
  keptSeconds: 0,
  safeSeconds: 0,
  sentSeconds: 0,
  chunkCount: 0,
  ackedCount: 0,
  upload: "",
  durable: true,
};

export function newClientId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

export class RecordingSession {
  constructor({ interviewId, questionId, uploader }) {
    this.interviewId = interviewId;
    this.questionId = questionId;
    this.uploader = uploader;
    this.store = uploader.store;
    this.snapshot = NOTHING;
    this.listeners = new Set();
    this.take = null;
    this.keptPeaks = [];
    this.disposed = false;
    this.endings = [];
    this.working = false;
  }

  subscribe = (listener) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  #set(changes) {
    this.snapshot = { ...this.snapshot, durable: this.store.durable, ...changes };
    if (!this.disposed) for (const listener of [...this.listeners]) listener();
  }

  // Presses while another press is still being carried out do nothing.
  async #alone(action) {
    if (this.working || this.disposed) return;
    this.working = true;
    try {
      await action();
    } finally {
      this.working = false;
    }
  }

  get seconds() {
    return this.take ? this.take.seconds : this.snapshot.safeSeconds;
  }

  get peaks() {
    return this.take ? [...this.keptPeaks, ...this.take.peaks] : this.keptPeaks;
  }

  get meter() {
    return this.take?.recording ? this.take.meter : null;
  }

  #counts(recording) {
    return {
      answerId: recording.answerId,
      safeSeconds: recording.seconds,
      sentSeconds: recording.ackedSeconds,
      chunkCount: recording.chunkCount,
      ackedCount: recording.ackedCount,
    };
  }

  /** Looks for what an earlier page left behind, and whether recording is possible. */
  load() {
    return this.#alone(async () => {
      const release = await holdLock(`coach-recording-${this.interviewId}-${this.questionId}`);
      if (release === null) return this.#set({ ...this.#refusal("other_tab"), loading: false });
      if (this.disposed) return release();
      this.endings.push(release);
      this.endings.push(this.uploader.listen((status) => this.#uploaded(status)));
      this.endings.push(watchPermission((state) => this.#permitted(state)));
      const kept = await this.#kept();
      if (kept) await this.#restore(kept);
      else if (obstacle()) this.#set(this.#refusal(obstacle()));
      else if ((await permission()) === "denied") this.#set(this.#refusal("refused"));
      return this.#set({ loading: false });
    });
  }

  async #kept() {
    const here = (recording) =>
      recording.interviewId === this.interviewId && recording.questionId === this.questionId;
    const all = (await this.store.recordings()).filter(here);
    const found = all.filter((recording) => recording.phase !== "discarded").at(-1);
    if (!found || found.chunkCount > 0) return found ?? null;
    await this.uploader.discard(found.clientId);
    return null;
  }

  async #restore(recording) {
    const { clientId } = recording;
    const sending = recording.phase === "sending";
    const segments = await this.store.segments(clientId);
    this.keptPeaks = segments.flatMap((segment) => segment.peaks);
    if (!sending) await this.store.closeChunk(clientId);
    const phase = sending ? "uploading" : recording.stopped ? "review" : "paused";
    this.#set({
      phase,
      clientId,
      keptSeconds: recording.seconds,
      ...this.#counts(recording),
    });
    const status = this.uploader.status(clientId);
    if (status) this.#uploaded(status);
    else this.uploader.wake(clientId);
  }

  #refusal(reason) {
    return { phase: PHASE_OF_REASON[reason], reason };
  }

  #permitted(state) {
    const { phase, reason } = this.snapshot;
    if (state === "granted" && phase === "refused") this.checkAgain();
    if (state === "denied" && phase === "idle") this.#set(this.#refusal("refused"));
    if (state !== "denied" && reason === "refused") this.#set({ reason: "" });
  }

  #uploaded({ recording, state, detail, code }) {
    if (recording.clientId !== this.snapshot.clientId) return;
    // A store that cannot be read leaves only the id: then the counts stay as they were.
    const counts = "chunkCount" in recording ? this.#counts(recording) : {};
    const changes = { ...counts, upload: state, detail, code };
    const out = ["uploading", "offline", "failed"].includes(this.snapshot.phase);
    if (out) {
      if (state === "sent") changes.phase = "sent";
      else if (state === "failed" || state === "signed_out") changes.phase = "failed";
      else changes.phase = state === "offline" || state === "busy" ? "offline" : "uploading";
      changes.reason = state === "signed_out" ? "signed_out" : "";
    }
    this.#set(changes);
  }

  /** Records: a new take, or on with one that is paused. */
  start() {
    const { phase } = this.snapshot;
    if (phase === "paused" && this.take) return this.resume();
    if (!["idle", "paused", "sent", "refused", "no_microphone"].includes(phase)) return undefined;
    return this.#alone(async () => {
      const goesOn = this.snapshot.clientId !== null && phase !== "sent";
      if (!goesOn) this.#forget();
      this.#set({ phase: "asking", reason: "" });
      let stream;
      try {
        stream = await openMicrophone();
      } catch (error) {
        if (!(error instanceof MicrophoneError)) throw error;
        return this.#noMicrophone(error.reason, goesOn);
      }
      return this.#begin(stream);
    });
  }

  // What was recorded before stays in reach: then it is paused, with the reason.
  #noMicrophone(reason, goesOn) {
    this.#set(goesOn ? { phase: "paused", reason } : this.#refusal(reason));
  }

  async #begin(stream) {
    const clientId = this.snapshot.clientId ?? newClientId();
    const { interviewId, questionId } = this;
    if (this.snapshot.clientId === null) {
      const names = { clientId, interviewId, questionId };
      await this.store.addRecording({ ...names, mime: recordingType(), startedAt: Date.now() });
    }
    if (this.disposed) return closeMicrophone(stream);
    this.take = new TakeRecorder({
      store: this.store,
      stream,
      onSaved: (recording) => this.#saved(recording),
      onLost: (reason) => this.#lost(reason),
    });
    this.#set({ clientId });
    await this.take.start(await this.store.recording(clientId));
    this.uploader.wake(clientId);
    return this.#set({ phase: "recording" });
  }

  #saved(recording) {
    this.uploader.chunkAdded(recording.clientId);
    if (recording.clientId === this.snapshot.clientId) this.#set(this.#counts(recording));
  }

  #lost(reason) {
    if (reason === "not_kept") return this.#set({ reason });
    this.#endTake();
    return this.#set({ phase: "paused", reason });
  }

  #endTake() {
    if (!this.take) return;
    this.keptPeaks = this.peaks;
    this.take.release();
    this.take = null;
  }

  pause() {
    if (this.snapshot.phase !== "recording") return undefined;
    return this.#alone(async () => {
      this.take.pause();
      this.#set({ phase: "paused", reason: "" });
    });
  }

  resume() {
    if (this.snapshot.phase !== "paused") return undefined;
    if (!this.take) return this.start();
    return this.#alone(async () => {
      this.take.resume();
      this.#set({ phase: "recording", reason: "" });
    });
  }

  /** Ends the take and goes to listening. */
  stop() {
    if (!["recording", "paused"].includes(this.snapshot.phase)) return undefined;
    return this.#alone(async () => {
      const take = this.take;
      if (take) await take.stop();
      this.#endTake();
      const recording = await this.store.changeRecording(this.snapshot.clientId, { stopped: true });
      if (recording?.chunkCount > 0) {
        this.#set({ phase: "review", reason: "", ...this.#counts(recording) });
      } else {
        await this.uploader.discard(this.snapshot.clientId);
        this.#forget();
        this.#set({ phase: "idle", reason: "empty" });
      }
    });
  }

  /** The take as it can be played: [{blob, seconds, peaks}]. */
  segments() {
    return this.store.segments(this.snapshot.clientId);
  }

  /** Sends the take; what is missing goes out by itself, also after a restart. */
  send() {
    if (this.snapshot.phase !== "review") return undefined;
    return this.#alone(async () => {
      this.#set({ phase: "uploading", upload: "sending", reason: "", detail: "", code: "" });
      await this.uploader.send(this.snapshot.clientId);
    });
  }

  /** Tries a refused or waiting upload at once. */
  retry() {
    if (!["failed", "offline"].includes(this.snapshot.phase)) return undefined;
    if (this.snapshot.reason === "other_tab") return this.checkAgain();
    this.#set({ phase: "uploading", upload: "sending", reason: "" });
    return this.uploader.wake(this.snapshot.clientId);
  }

  /** Throws an unsent take away; a sent one stays on the server. Leads back to idle. */
  again() {
    const from = ["recording", "paused", "review", "failed", "offline", "sent"];
    const { phase: now, reason } = this.snapshot;
    if (!from.includes(now) || reason === "other_tab") return undefined;
    return this.#alone(async () => {
      const { clientId, phase } = this.snapshot;
      if (this.take) await this.take.stop();
      this.#endTake();
      if (phase !== "sent") await this.uploader.discard(clientId);
      this.#forget();
      this.#set({ phase: "idle" });
    });
  }

  #forget() {
    this.keptPeaks = [];
    this.#set({ ...NOTHING, phase: this.snapshot.phase, loading: false });
  }

  /** After the candidate allowed, plugged in or freed the microphone, or closed the other tab. */
  async checkAgain() {
    if (this.snapshot.reason === "other_tab") {
      this.#set({ ...NOTHING });
      return this.load();
    }
    if (obstacle()) return this.#set(this.#refusal(obstacle()));
    return this.#alone(async () => {
      try {
        closeMicrophone(await openMicrophone());
        this.#set({ phase: "idle", reason: "" });
      } catch (error) {
        if (!(error instanceof MicrophoneError)) throw error;
        this.#set(this.#refusal(error.reason));
      }
    });
  }

  /** The page may go away: hand over what is not on the device yet. */
  flush() {
    this.take?.flush();
  }

  /** Ends here; what is recorded stays, and is found again by the next session. */
  async dispose() {
    this.disposed = true;
    const take = this.take;
    if (take) await take.stop();
    for (const end of this.endings) end();
  }
}

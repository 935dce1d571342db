// Records one take into the store: slices of a second, whatever happens to the microphone.

import { AudioMeter } from "./audio_meter.js";
import { closeMicrophone, newRecorder } from "./microphone.js";

const SLICE_MILLISECONDS = 1000;
// A slice that comes this late was held up by a sleeping computer, not by speech.
const SLEPT_SECONDS = 5;

export class TakeRecorder {
  /**
   * `onSaved(recording)` after each slice is on the device, `onLost(reason)` when the sound
   * stopped coming without anybody having asked for it.
   */
  constructor({ store, stream, onSaved, onLost }) {
    this.store = store;
    this.stream = stream;
    this.onSaved = onSaved;
    this.onLost = onLost;
    this.peaks = [];
    this.unsavedPeaks = [];
    this.writes = Promise.resolve();
    this.savedSeconds = 0;
    this.pendingSeconds = 0;
    this.runningSince = null;
    this.meterSince = null;
    this.asked = false;
    this.meter = new AudioMeter(stream, (height) => this.#peak(height));
  }

  /** Begins a segment of `recording`, which is in the store already. */
  async start(recording) {
    this.clientId = recording.clientId;
    this.savedSeconds = recording.seconds;
    if (recording.chunkCount > 0) await this.store.nextSegment(this.clientId);
    this.recorder = newRecorder(this.stream);
    this.recorder.ondataavailable = (event) => this.#slice(event.data);
    this.recorder.onerror = (event) => console.warn("The recorder stopped:", event.error);
    this.ended = new Promise((resolve) => {
      this.recorder.onstop = resolve;
    }).then(() => this.#afterStop());
    this.recorder.start(SLICE_MILLISECONDS);
    this.#clockOn();
  }

  get recording() {
    return this.recorder?.state === "recording";
  }

  /** Seconds of the take, with what is not on the device yet. */
  get seconds() {
    const running = this.runningSince === null ? 0 : performance.now() / 1000 - this.runningSince;
    return this.savedSeconds + this.pendingSeconds + Math.min(running, SLEPT_SECONDS);
  }

  #peak(height) {
    if (!this.recording) return;
    this.peaks.push(height);
    this.unsavedPeaks.push(height);
  }

  #clockOn() {
    this.runningSince = performance.now() / 1000;
    this.meterSince = this.meter.seconds;
  }

  #clockOff() {
    if (this.runningSince === null) return;
    let passed = performance.now() / 1000 - this.runningSince;
    const heard = this.meter.seconds;
    // After a sleep only the audio engine knows how much sound there was.
    if (passed > SLEPT_SECONDS && heard !== null && this.meterSince !== null) {
      passed = Math.min(passed, heard - this.meterSince);
    }
    this.pendingSeconds += passed;
    this.runningSince = null;
  }

  #slice(blob) {
    const running = this.runningSince !== null && this.recorder.state === "recording";
    this.#clockOff();
    if (running) this.#clockOn();
    if (blob.size === 0) return;
    const slice = { seconds: this.pendingSeconds, peaks: this.unsavedPeaks };
    this.savedSeconds += this.pendingSeconds;
    this.pendingSeconds = 0;
    this.unsavedPeaks = [];
    this.#write(async () => {
      const data = await blob.arrayBuffer();
      const saved = await this.store.addSlice(this.clientId, { ...slice, data });
      // A pause may last: what was said before it goes out now.
      if (this.recorder.state === "paused") await this.store.closeChunk(this.clientId);
      if (saved) this.onSaved(saved);
    });
  }

  #write(action) {
    this.writes = this.writes.then(action).catch((error) => {
      // Even memory refused it: the one case in which sound is gone, so say it.
      console.error("A piece of the recording could not be kept:", error);
      this.onLost("not_kept");
    });
  }

  async #afterStop() {
    this.#clockOff();
    await this.writes;
    const saved = await this.store.closeChunk(this.clientId);
    if (saved) this.onSaved(saved);
    if (!this.asked) this.onLost("unplugged");
  }

  /** Asks for what is recorded but not handed over yet: the page may be about to go. */
  flush() {
    if (this.recording) this.recorder.requestData();
  }

  pause() {
    if (!this.recording) return;
    this.recorder.requestData();
    this.recorder.pause();
    this.#clockOff();
    // A paused microphone does not listen.
    for (const track of this.stream.getAudioTracks()) track.enabled = false;
  }

  resume() {
    if (this.recorder.state !== "paused") return;
    for (const track of this.stream.getAudioTracks()) track.enabled = true;
    this.recorder.resume();
    this.#clockOn();
  }

  /** Ends the segment; resolves when its last slice is on the device. */
  async stop() {
    this.asked = true;
    if (this.recorder && this.recorder.state !== "inactive") this.recorder.stop();
    await this.ended;
    this.release();
  }

  release() {
    this.asked = true;
    this.meter.close();
    closeMicrophone(this.stream);
  }
}

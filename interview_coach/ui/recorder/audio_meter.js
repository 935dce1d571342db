// Listens to a stream and tells how loud it is: for the level meter, its word, and the waveform.

const SAMPLE_MILLISECONDS = 50;
const FLOOR_DB = -60;
export const METER_STEPS = 32;
/** Bars of the waveform a second. */
export const PEAKS_PER_SECOND = 5;

const GOOD_DB = -40;
const AUDIBLE_DB = -56;
const CLIPPED_DB = -0.5;
const WORD_SECONDS = 3;
// Whoever was heard well a while ago and is silent now is thinking, not too quiet.
const PATIENCE_SECONDS = 20;

export const decibels = (amplitude) =>
  amplitude > 0 ? Math.max(20 * Math.log10(amplitude), -120) : -120;

/** How many of the meter's steps are lit at a level in dBFS. */
export function stepsOf(db) {
  return Math.round(Math.min(1, Math.max(0, (db - FLOOR_DB) / -FLOOR_DB)) * METER_STEPS);
}

/** Height of a waveform bar, 0 to 1, at a level in dBFS. */
export const barHeight = (db) => Math.min(1, Math.max(0, (db + 55) / 50)) ** 1.5;

/** The word beside the meter, from samples [{at, rms, peak}] (seconds, dBFS), oldest first. */
export function levelWord(samples, now) {
  const since = (seconds) => samples.filter((sample) => now - sample.at <= seconds);
  const recent = since(WORD_SECONDS);
  if (recent.some((sample) => sample.peak >= CLIPPED_DB)) return "loud";
  if (since(PATIENCE_SECONDS).some((sample) => sample.rms >= GOOD_DB)) return "good";
  return recent.some((sample) => sample.rms >= AUDIBLE_DB) ? "quiet" : "silent";
}

function measure(analyser, buffer) {
  analyser.getFloatTimeDomainData(buffer);
  let squares = 0;
  let peak = 0;
  for (const value of buffer) {
    squares += value * value;
    peak = Math.max(peak, Math.abs(value));
  }
  return { rms: decibels(Math.sqrt(squares / buffer.length)), peak: decibels(peak) };
}

export class AudioMeter {
  /** `onPeak(height)` is called PEAKS_PER_SECOND times a second with 0 to 1. */
  constructor(stream, onPeak = () => undefined) {
    this.context = new AudioContext();
    this.context.resume().catch(() => undefined); // refused before the first press; start() again
    this.analyser = this.context.createAnalyser();
    this.analyser.fftSize = 4096;
    this.source = this.context.createMediaStreamSource(stream);
    this.source.connect(this.analyser);
    this.buffer = new Float32Array(this.analyser.fftSize);
    this.samples = [];
    this.level = { rms: -120, peak: -120 };
    this.onPeak = onPeak;
    this.loudest = -120;
    this.nextPeakAt = 0;
    // Not requestAnimationFrame: that stops in a hidden tab, and the waveform must not.
    this.timer = setInterval(() => this.#sample(performance.now() / 1000), SAMPLE_MILLISECONDS);
  }

  #sample(now) {
    this.level = measure(this.analyser, this.buffer);
    this.loudest = Math.max(this.loudest, this.level.rms);
    this.samples.push({ at: now, ...this.level });
    if (this.samples.length > (PATIENCE_SECONDS * 1000) / SAMPLE_MILLISECONDS) this.samples.shift();
    if (now < this.nextPeakAt) return;
    this.nextPeakAt = Math.max(this.nextPeakAt, now - 1) + 1 / PEAKS_PER_SECOND;
    this.onPeak(barHeight(this.loudest));
    this.loudest = -120;
  }

  /** "good", "quiet", "loud" or "silent". */
  get word() {
    return levelWord(this.samples, performance.now() / 1000);
  }

  /** Seconds of sound that have passed through, or null while the audio engine stands still. */
  get seconds() {
    return this.context.state === "running" ? this.context.currentTime : null;
  }

  close() {
    clearInterval(this.timer);
    this.source.disconnect();
    this.context.close().catch(() => undefined); // closed already
  }
}

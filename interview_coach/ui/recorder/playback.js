// Plays the segments of a take one after another, as one piece.

export class Playback {
  /** `segments`: [{blob, seconds}]. `onChange()` is called when playing starts, stops or ends. */
  constructor(segments, onChange) {
    this.segments = segments.map(({ blob, seconds }) => ({
      url: URL.createObjectURL(blob),
      seconds,
    }));
    this.onChange = onChange;
    this.index = 0;
    this.playing = false;
    this.failed = false;
    this.audio = new Audio();
    this.audio.preload = "auto";
    this.audio.onended = () => this.#next();
    this.audio.onerror = () => this.#fail();
    this.#load(0);
  }

  #load(index) {
    this.index = index;
    if (this.segments[index]) this.audio.src = this.segments[index].url;
  }

  #fail() {
    if (!this.audio.src) return;
    this.failed = true;
    this.playing = false;
    this.onChange();
  }

  #next() {
    const last = this.index + 1 >= this.segments.length;
    this.#load(last ? 0 : this.index + 1);
    if (last) {
      this.playing = false;
      this.onChange();
    } else {
      this.#start();
    }
  }

  async #start() {
    try {
      await this.audio.play();
    } catch (error) {
      // AbortError: paused again before it began. Anything else cannot be played here.
      if (error.name !== "AbortError") this.#fail();
    }
  }

  get seconds() {
    return this.segments.reduce((total, segment) => total + segment.seconds, 0);
  }

  /** Seconds from the beginning of the take. */
  get position() {
    const before = this.segments.slice(0, this.index);
    const passed = before.reduce((total, segment) => total + segment.seconds, 0);
    return Math.min(this.seconds, passed + this.audio.currentTime);
  }

  toggle() {
    this.playing = !this.playing;
    if (this.playing) this.#start();
    else this.audio.pause();
    this.onChange();
  }

  dispose() {
    this.audio.onended = null;
    this.audio.onerror = null;
    this.audio.pause();
    this.audio.removeAttribute("src");
    for (const segment of this.segments) URL.revokeObjectURL(segment.url);
  }
}

// Where live captions come from: the browser on this device, the server, or the browser's maker,
// which only hears anything after the candidate has said so. No React here.

import { newRecorder } from "./microphone.js";

const PIECE_MILLISECONDS = 4000;
const BUSY_MILLISECONDS = 8000;
const CONSENT_KEY = "coach-captions-by-maker";
const DIALECTS = { en: "en-US", de: "de-DE", fr: "fr-FR", es: "es-ES", hi: "hi-IN" };

const Recognition = () => window.SpeechRecognition ?? window.webkitSpeechRecognition ?? null;

export const dialect = (language) => DIALECTS[language] ?? "en-US";

/** Whether this browser can caption the language without sending sound anywhere. */
export async function onDevice(language) {
  try {
    const options = { langs: [dialect(language)], processLocally: true };
    return (await Recognition()?.available?.(options)) === "available";
  } catch {
    return false;
  }
}

/** Whether this browser could caption by sending the sound to its maker. */
export const byMaker = () => Recognition() !== null;

export function consent() {
  try {
    return localStorage.getItem(CONSENT_KEY) === "yes";
  } catch {
    return false;
  }
}

export function keepConsent(given) {
  try {
    if (given) localStorage.setItem(CONSENT_KEY, "yes");
    else localStorage.removeItem(CONSENT_KEY);
  } catch {
    console.warn("The choice of captions cannot be remembered in this browser.");
  }
}

/**
 * Captions by the browser. `onText(text, final)` with what was said since the last final text,
 * `onEnd(reason)` when it will give no more.
 */
export class BrowserCaptions {
  constructor({ language, local, onText, onEnd }) {
    this.stopped = false;
    this.recognition = new (Recognition())();
    this.recognition.lang = dialect(language);
    this.recognition.continuous = true;
    this.recognition.interimResults = true;
    if (local) this.recognition.processLocally = true;
    this.recognition.onresult = (event) => {
      for (let place = event.resultIndex; place < event.results.length; place += 1) {
        onText(event.results[place][0].transcript.trim(), event.results[place].isFinal);
      }
    };
    this.recognition.onerror = (event) => {
      // Silence is no trouble: it starts again below.
      if (event.error === "no-speech" || event.error === "aborted") return;
      this.stopped = true;
      onEnd(event.error);
    };
    this.recognition.onend = () => {
      if (!this.stopped) this.recognition.start();
    };
    this.recognition.start();
  }

  stop() {
    this.stopped = true;
    this.recognition.abort();
  }
}

/**
 * Captions by the server: whole little recordings of a few seconds, one after the other, of the
 * microphone that is open already. Nothing waits for them and nothing is sent twice.
 */
export class ServerCaptions {
  constructor({
    stream,
    address,
    onText,
    onEnd,
    pieceMilliseconds = PIECE_MILLISECONDS,
    busyMilliseconds = BUSY_MILLISECONDS,
  }) {
    this.pieceMilliseconds = pieceMilliseconds;
    this.busyMilliseconds = busyMilliseconds;
    this.stream = stream;
    this.address = address;
    this.onText = onText;
    this.onEnd = onEnd;
    this.stopped = false;
    this.#listen();
  }

  #listen() {
    if (this.stopped || !this.stream.active) return;
    this.recorder = newRecorder(this.stream);
    this.recorder.ondataavailable = (event) => this.#send(event.data);
    this.recorder.start();
    this.timer = setTimeout(() => {
      if (this.recorder.state !== "inactive") this.recorder.stop();
      this.#listen();
    }, this.pieceMilliseconds);
  }

  async #send(blob) {
    if (this.stopped || blob.size === 0) return;
    try {
      const answer = await fetch(this.address, {
        method: "POST",
        body: blob,
        credentials: "same-origin",
        headers: { "Content-Type": blob.type.split(";")[0] },
      });
      if (!answer.ok) throw new Error(`captions: ${answer.status}`);
      const { text, reason } = await answer.json();
      if (reason === "no_model") this.#end("no_model");
      else if (reason === "busy") this.#rest();
      else if (text && !this.stopped) this.onText(text, true);
    } catch (error) {
      console.warn("No captions from the server:", error);
      this.#rest();
    }
  }

  // A server at work, or no network: ask less often, the recording itself matters more.
  #rest() {
    if (this.stopped) return;
    clearTimeout(this.timer);
    if (this.recorder.state !== "inactive") {
      this.recorder.ondataavailable = null;
      this.recorder.stop();
    }
    this.timer = setTimeout(() => this.#listen(), this.busyMilliseconds);
  }

  #end(reason) {
    if (this.stopped) return;
    this.stop();
    this.onEnd(reason);
  }

  stop() {
    this.stopped = true;
    clearTimeout(this.timer);
    if (this.recorder && this.recorder.state !== "inactive") this.recorder.stop();
  }
}

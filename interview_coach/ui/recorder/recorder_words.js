// What the recorder says, as plain data: no markup, so that it can be read and checked.

/** 72 -> "1:12". */
export function clockWords(seconds) {
  const whole = Math.max(0, Math.floor(seconds));
  const minutes = Math.floor(whole / 60);
  const rest = String(whole % 60).padStart(2, "0");
  if (minutes < 60) return `${minutes}:${rest}`;
  return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, "0")}:${rest}`;
}

export const answersWords = (count) => (count === 1 ? "1 answer" : `${count} answers`);

/** "2 answers wait on this device and go out by themselves." */
export function waitingWords(count) {
  return count === 1
    ? "1 answer waits on this device and goes out by itself."
    : `${count} answers wait on this device and go out by themselves.`;
}

/** Why the microphone cannot be used or the recording was paused: {title, text}. */
export const REASONS = {
  refused: {
    title: "The browser blocks the microphone",
    text: "Press the lock beside the address, allow the microphone, then check again.",
  },
  missing: {
    title: "No microphone was found",
    text: "Plug one in or switch it on, then check again.",
  },
  busy: {
    title: "The microphone is in use",
    text: "Another program or tab holds it. Close it there, then check again.",
  },
  unknown: {
    title: "The microphone did not start",
    text: "Unplug it and plug it in again, or choose another one, then check again.",
  },
  insecure: {
    title: "This address is not secure",
    text: "Browsers give the microphone only to https addresses. Use one, or type your answer.",
  },
  unsupported: {
    title: "This browser cannot record",
    text: "A current Chrome, Edge, Firefox or Safari can. You can type your answer here.",
  },
  other_tab: {
    title: "This question is open in another tab",
    text: "Close it there, then check again.",
  },
  unplugged: {
    title: "The microphone stopped",
    text: "It was unplugged or taken away. What you said is kept; connect it and go on.",
  },
  not_kept: {
    title: "This device could not keep the last second",
    text: "Its storage refused it. Stop and send what there is, then record again.",
  },
  empty: {
    title: "Nothing was recorded",
    text: "It was stopped before any sound came. Record again.",
  },
  signed_out: {
    title: "You are signed out",
    text: "Sign in again. The recording is kept on this device and goes out by itself afterwards.",
  },
};

export const STATUS = {
  idle: "Ready",
  asking: "Waiting for the microphone",
  recording: "Recording",
  paused: "Paused",
  review: "Ready to send",
  uploading: "Sending",
  sent: "Sent",
  offline: "Offline",
  failed: "Not sent",
  refused: "No microphone",
  no_microphone: "No microphone",
  unsupported: "No recording here",
};

/** How loud, in words: [verdict class, word]. */
export const LEVELS = {
  good: ["v-good", "Good level"],
  quiet: ["v-mid", "Too quiet"],
  loud: ["v-mid", "Too loud"],
  silent: ["v-none", "No sound now"],
  off: ["v-none", "Microphone off"],
};

function safeWords({ safeSeconds, sentSeconds, durable }) {
  const safe = clockWords(safeSeconds);
  const sent = clockWords(sentSeconds);
  if (!durable) return `This device keeps nothing: ${sent} of ${safe} sent. Leave the page open.`;
  return `${safe} safe on this device, ${sent} sent`;
}

/** The one quiet line under the waveform. */
export function noteWords(snapshot) {
  const { phase, keptSeconds, safeSeconds } = snapshot;
  switch (phase) {
    case "idle":
      return "Press Space or the button. Typing is always there.";
    case "asking":
      return "Answer the browser's question about the microphone.";
    case "recording":
      return safeWords(snapshot);
    case "paused":
      return keptSeconds > 0 && keptSeconds === safeSeconds
        ? `${clockWords(keptSeconds)} kept from before. Going on adds to the same take.`
        : `Take a moment. Going on adds to the same take. ${safeWords(snapshot)}`;
    case "review":
      return `Listen before it counts. ${safeWords(snapshot)}`;
    case "uploading":
      return "You can go on. It continues in the background.";
    case "sent":
      return "You can record another take; all takes that were sent are kept.";
    case "offline":
      return "Nothing recorded is ever lost.";
    case "failed":
      return "What you said stays on this device until it has arrived.";
    default:
      return "Never a dead end: you can type your answer.";
  }
}

/** Why the server does not take an answer at the moment. */
export function busyWords({ code }) {
  return code === "foreign_answer"
    ? "Another page answers in place of the server; this network may want you to sign in."
    : "The server cannot take it now.";
}

/** A problem with sending while recording goes on, or "". */
export function sendingTrouble({ phase, upload, detail }) {
  if (!["recording", "paused", "review"].includes(phase)) return "";
  if (upload === "offline" || upload === "busy") {
    return "Nothing can be sent at the moment. It is kept on this device and goes out later.";
  }
  if (upload === "signed_out") return "You are signed out. The recording is kept on this device.";
  return upload === "failed" ? `Not sent yet: ${detail}` : "";
}

export function uploadPercent({ chunkCount, ackedCount }) {
  return chunkCount > 0 ? Math.round((100 * ackedCount) / chunkCount) : 0;
}

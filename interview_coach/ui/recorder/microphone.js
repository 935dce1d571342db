// The microphone: whether it can be had, why not, and which one.

const DEVICE_KEY = "coach.microphone";
const TYPES = ["audio/webm;codecs=opus", "audio/mp4", "audio/ogg;codecs=opus", "audio/ogg"];
// Speech stays well understandable; ten minutes are under five megabytes.
const BITS_PER_SECOND = 64000;

/** A microphone that cannot be used. reason: a key of MICROPHONE_REASONS. */
export class MicrophoneError extends Error {
  constructor(reason, cause) {
    super(reason, { cause });
    this.name = "MicrophoneError";
    this.reason = reason;
  }
}

const REASON_OF_ERROR = {
  NotAllowedError: "refused",
  SecurityError: "refused",
  PermissionDeniedError: "refused",
  NotFoundError: "missing",
  OverconstrainedError: "missing",
  DevicesNotFoundError: "missing",
  NotReadableError: "busy",
  TrackStartError: "busy",
  AbortError: "busy",
};

/** The reason of an error of getUserMedia. */
export function reasonOf(error) {
  return REASON_OF_ERROR[error?.name] ?? "unknown";
}

/** The container and codec this browser records, or null when it records none we can read. */
export function recordingType(recorder = globalThis.MediaRecorder) {
  if (!recorder?.isTypeSupported) return null;
  return TYPES.find((type) => recorder.isTypeSupported(type)) ?? null;
}

/** Why no recording is possible here at all ("insecure", "unsupported"), or null. */
export function obstacle(scope = globalThis) {
  if (scope.isSecureContext === false) return "insecure";
  if (!scope.navigator?.mediaDevices?.getUserMedia) return "unsupported";
  return recordingType(scope.MediaRecorder) ? null : "unsupported";
}

/** The device chosen last time on this browser, or "". */
export function chosenDevice() {
  try {
    return localStorage.getItem(DEVICE_KEY) ?? "";
  } catch {
    // Storage may be blocked: then the system's default microphone is used.
    return "";
  }
}

export function chooseDevice(deviceId) {
  try {
    localStorage.setItem(DEVICE_KEY, deviceId);
  } catch {
    console.warn("The choice of microphone cannot be remembered in this browser.");
  }
}

/** The stream of the chosen microphone. Throws MicrophoneError. */
export async function openMicrophone(deviceId = chosenDevice()) {
  const impossible = obstacle();
  if (impossible) throw new MicrophoneError(impossible);
  const audio = {
    // The sound is measured: gain control would flatten loudness and noise suppression would
    // swallow soft "um"s. Nothing plays while one speaks, so there is no echo to cancel.
    autoGainControl: false,
    noiseSuppression: false,
    echoCancellation: false,
    channelCount: 1,
  };
  // "ideal": a microphone that was unplugged since gives way to the default one.
  if (deviceId) audio.deviceId = { ideal: deviceId };
  try {
    return await navigator.mediaDevices.getUserMedia({ audio });
  } catch (error) {
    throw new MicrophoneError(reasonOf(error), error);
  }
}

export function closeMicrophone(stream) {
  for (const track of stream?.getTracks() ?? []) track.stop();
}

export function newRecorder(stream) {
  return new MediaRecorder(stream, {
    mimeType: recordingType(),
    audioBitsPerSecond: BITS_PER_SECOND,
  });
}

/** [{deviceId, label}] of the microphones; labels are empty before permission is given. */
export async function microphones() {
  const devices = await navigator.mediaDevices.enumerateDevices();
  return devices
    .filter((device) => device.kind === "audioinput" && device.deviceId)
    .map(({ deviceId, label }, index) => ({ deviceId, label: label || `Microphone ${index + 1}` }));
}

/** "granted", "denied" or "prompt"; null where the browser does not tell. */
export async function permission() {
  try {
    return (await navigator.permissions.query({ name: "microphone" })).state;
  } catch {
    // Firefox before 131 knows no such permission name.
    return null;
  }
}

/** Calls `listener(state)` when the permission changes; returns what ends it. */
export function watchPermission(listener) {
  let status = null;
  let ended = false;
  const report = () => listener(status.state);
  navigator.permissions?.query({ name: "microphone" }).then(
    (found) => {
      if (ended) return;
      status = found;
      status.addEventListener("change", report);
    },
    () => undefined, // the browser does not tell: "Check again" is there
  );
  return () => {
    ended = true;
    status?.removeEventListener("change", report);
  };
}

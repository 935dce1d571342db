// The recorder's ties to the page: session, playback, keys, leaving the page.

import { useEffect, useRef, useState, useSyncExternalStore } from "react";

import { Playback } from "./playback.js";
import { keyAction } from "./recorder_keys.js";
import { RecordingSession } from "./recording_session.js";
import { sharedUploader } from "./uploader.js";

const LOADING = { phase: "idle", loading: true, durable: true, safeSeconds: 0, sentSeconds: 0 };
const nothing = () => () => undefined;
const DOUBLE_PRESS_MILLISECONDS = 350;

/** The newest value of a prop, for listeners that live longer than one drawing. */
export function useLatest(value) {
  const latest = useRef(value);
  latest.current = value;
  return latest;
}

export function useUploader(apiBase) {
  const [uploader, setUploader] = useState(null);
  useEffect(() => {
    let ended = false;
    sharedUploader(apiBase).then((found) => ended || setUploader(found));
    return () => {
      ended = true;
    };
  }, [apiBase]);
  return uploader;
}

/** [session or null, its snapshot]; a new session for every question. */
export function useSession(uploader, interviewId, questionId) {
  const [session, setSession] = useState(null);
  useEffect(() => {
    if (!uploader || !interviewId || !questionId) return undefined;
    const opened = new RecordingSession({ interviewId, questionId, uploader });
    setSession(opened);
    opened.load();
    return () => {
      opened.dispose();
      setSession(null);
    };
  }, [uploader, interviewId, questionId]);
  const snapshot = useSyncExternalStore(
    session?.subscribe ?? nothing,
    () => session?.snapshot ?? LOADING,
  );
  return [session, snapshot];
}

/**
 * {answers, seconds, refused} of this interview that wait on this device, without the one shown.
 * refused: [{clientId, detail}], those that nothing but a press sends again.
 */
export function useWaiting(uploader, interviewId, shownClientId) {
  const [waiting, setWaiting] = useState({ answers: 0, seconds: 0, refused: [] });
  useEffect(() => {
    if (!uploader) return undefined;
    let ended = false;
    const count = async () => {
      const sending = (await uploader.store.recordings()).filter(
        (recording) =>
          recording.phase === "sending" &&
          recording.clientId !== shownClientId &&
          (!interviewId || recording.interviewId === interviewId),
      );
      const refused = sending
        .map(({ clientId }) => ({ clientId, ...uploader.status(clientId) }))
        .filter(({ state }) => state === "failed");
      const refusedIds = new Set(refused.map(({ clientId }) => clientId));
      const waits = sending.filter(({ clientId }) => !refusedIds.has(clientId));
      const seconds = waits.reduce((total, recording) => total + recording.seconds, 0);
      if (!ended) setWaiting({ answers: waits.length, seconds, refused });
    };
    count();
    const end = uploader.listen(count);
    return () => {
      ended = true;
      end();
    };
  }, [uploader, interviewId, shownClientId]);
  return waiting;
}

/** Calls `onSent` for every answer of this interview that has arrived while the page is open. */
export function useSent(uploader, interviewId, onSent) {
  const latest = useLatest(onSent);
  useEffect(() => {
    if (!uploader) return undefined;
    return uploader.listen(({ recording, state }) => {
      if (state !== "sent" || (interviewId && recording.interviewId !== interviewId)) return;
      const { answerId, questionId, seconds } = recording;
      latest.current?.({ answerId, questionId, interviewId: recording.interviewId, seconds });
    });
  }, [uploader, interviewId, latest]);
}

/** Leaving: what is recorded is written first; the browser asks only while one records. */
export function useLeaving(session) {
  useEffect(() => {
    if (!session) return undefined;
    const flush = () => session.flush();
    const ask = (event) => {
      session.flush();
      if (session.snapshot.phase === "recording") event.preventDefault();
    };
    window.addEventListener("beforeunload", ask);
    window.addEventListener("pagehide", flush);
    document.addEventListener("visibilitychange", flush);
    return () => {
      window.removeEventListener("beforeunload", ask);
      window.removeEventListener("pagehide", flush);
      document.removeEventListener("visibilitychange", flush);
    };
  }, [session]);
}

/** Keys of the page, as long as `enabled`; `act(name)` carries out what `isHeld(name)` allows. */
export function useKeys(enabled, phase, act, isHeld) {
  const latest = useLatest({ phase, act, isHeld });
  useEffect(() => {
    if (!enabled) return undefined;
    let taken = null;
    let before = { code: null, at: 0 };
    const down = (event) => {
      const action = keyAction(event, latest.current.phase);
      if (!action || latest.current.isHeld(action)) return;
      event.preventDefault();
      taken = event.code;
      const twice =
        event.code === before.code && event.timeStamp - before.at < DOUBLE_PRESS_MILLISECONDS;
      before = { code: event.code, at: event.timeStamp };
      if (twice) return;
      latest.current.act(action);
    };
    // A button with the mouse's focus would be pressed by the same Space when it is released.
    const up = (event) => {
      if (event.code === taken) event.preventDefault();
      taken = null;
    };
    window.addEventListener("keydown", down);
    window.addEventListener("keyup", up);
    return () => {
      window.removeEventListener("keydown", down);
      window.removeEventListener("keyup", up);
    };
  }, [enabled, latest]);
}

/** The take's Playback while `wanted`, else null; draws again when it starts or stops. */
export function usePlayback(session, wanted) {
  const [playback, setPlayback] = useState(null);
  const [, redraw] = useState(0);
  useEffect(() => {
    if (!session || !wanted) return undefined;
    let opened = null;
    let ended = false;
    session.segments().then((segments) => {
      if (ended) return;
      opened = new Playback(segments, () => redraw((count) => count + 1));
      setPlayback(opened);
    });
    return () => {
      ended = true;
      opened?.dispose();
      setPlayback(null);
    };
  }, [session, wanted]);
  return playback;
}

/** `read()` again a few times a second, for clocks. */
export function useTicking(read, running) {
  const [, tick] = useState(0);
  useEffect(() => {
    if (!running) return undefined;
    const timer = setInterval(() => tick((count) => count + 1), 200);
    return () => clearInterval(timer);
  }, [running]);
  return read();
}

/** Hands the segments of a take [{blob}] to the browser's downloads. */
export function saveCopy(segments) {
  segments.forEach(({ blob }, index) => {
    const kind = blob.type.split("/")[1] ?? "webm";
    const part = segments.length > 1 ? `-part-${index + 1}` : "";
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = `answer${part}.${kind}`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
  });
}

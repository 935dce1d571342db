// The recorder of one question. All sound stays in this page; Python hears coarse events only.

import { useEffect, useState } from "react";

import "./recorder.css";
import { LiveCaptions } from "./live_captions.jsx";
import { ConfirmAgain, Controls } from "./recorder_controls.jsx";
import { Frame } from "./recorder_frame.jsx";
import {
  saveCopy,
  useKeys,
  useLatest,
  useLeaving,
  usePlayback,
  useSent,
  useSession,
  useUploader,
  useWaiting,
} from "./recorder_hooks.js";

const MOMENT_MILLISECONDS = 20000;
// What a disabled recorder (a paused interview) still lets one do.
const ALWAYS = new Set(["stop", "pause", "play", "saveCopy", "typeInstead", "skip", "next"]);

/** Tells Python about each phase once, with the question it belongs to. */
function usePhaseEvents(session, snapshot, questionId, onPhase) {
  const latest = useLatest(onPhase);
  const { phase, loading, answerId, reason } = snapshot;
  useEffect(() => {
    // For one drawing after a change of question the session is still the former one's.
    if (!session || loading || session.questionId !== questionId) return;
    const seconds = Math.round(session.seconds * 10) / 10;
    latest.current?.({ phase, questionId, answerId: answerId ?? null, seconds, reason });
    // Only a change of phase is an event; the answer's id arrives with the next one.
  }, [session, loading, phase, questionId, latest]);
}

function useMoment(phase) {
  const [moment, setMoment] = useState(false);
  useEffect(() => {
    if (!moment) return undefined;
    const timer = setTimeout(() => setMoment(false), MOMENT_MILLISECONDS);
    return () => clearTimeout(timer);
  }, [moment]);
  useEffect(() => setMoment(false), [phase]);
  return [moment, () => setMoment((shown) => !shown)];
}

function useAgain(session, snapshot) {
  const [asking, setAsking] = useState(null);
  const { phase, reason } = snapshot;
  useEffect(() => {
    if (["idle", "sent", "uploading"].includes(phase)) setAsking(null);
  }, [phase]);
  const ask = () => {
    if (phase === "sent") return session.again();
    setAsking({ wasRecording: phase === "recording" });
    return session.pause();
  };
  const keep = () => {
    const wasRecording = asking?.wasRecording;
    setAsking(null);
    if (wasRecording && !reason) session.resume();
  };
  const again = () => {
    setAsking(null);
    session.again();
  };
  return { asking: asking !== null, ask, keep, again };
}

export function Recorder({
  interviewId,
  questionId,
  limitGuideSeconds = 120,
  take = 1,
  disabled = false,
  keysEnabled = true,
  captions = false,
  language = "en",
  apiBase = "/api/v1",
  signInHref = "/login",
  onPhase,
  onSent,
  onTypeInstead,
  onSkip,
  onNext,
  children,
}) {
  const uploader = useUploader(apiBase);
  const [session, snapshot] = useSession(uploader, interviewId, questionId);
  const { phase, clientId = null } = snapshot;
  const waiting = useWaiting(uploader, interviewId, clientId);
  const playback = usePlayback(session, phase === "review");
  const [moment, toggleMoment] = useMoment(phase);
  const again = useAgain(session, snapshot);
  usePhaseEvents(session, snapshot, questionId, onPhase);
  useSent(uploader, interviewId, onSent);
  useLeaving(session);
  useEffect(() => {
    if (disabled) session?.pause();
  }, [disabled, session]);

  const pageActions = { typeInstead: onTypeInstead, skip: onSkip, next: onNext };
  const isHeld = (name) => snapshot.loading || !session || (disabled && !ALWAYS.has(name));
  const act = (name) => {
    if (isHeld(name)) return undefined;
    if (name in pageActions) return pageActions[name]?.({ questionId });
    if (name === "again") return again.ask();
    if (name === "moment") return toggleMoment();
    if (name === "play") return playback?.toggle();
    if (name === "saveCopy") return session.segments().then(saveCopy);
    return session[name]();
  };
  // A key of an action the page does not handle stays the page's own.
  const isForeign = (name) => name in pageActions && !pageActions[name];
  useKeys(keysEnabled && !again.asking, phase, act, (name) => isHeld(name) || isForeign(name));

  return (
    <div className="rec" data-phase={phase} data-loading={snapshot.loading || undefined}>
      <Frame
        session={session}
        snapshot={snapshot}
        playback={playback}
        waiting={waiting}
        moment={moment}
        take={take}
        guide={limitGuideSeconds}
      >
        {captions && (
          <LiveCaptions
            session={session}
            phase={phase}
            language={language}
            address={`${apiBase}/interviews/${interviewId}/captions`}
          />
        )}
        {children}
      </Frame>
      {again.asking ? (
        <ConfirmAgain
          seconds={session?.seconds ?? 0}
          onKeep={again.keep}
          onAgain={again.again}
        />
      ) : (
        <Controls
          snapshot={snapshot}
          act={act}
          can={(name) => Boolean(pageActions[name])}
          isHeld={isHeld}
          playing={Boolean(playback?.playing)}
          signInHref={signInHref}
        />
      )}
    </div>
  );
}

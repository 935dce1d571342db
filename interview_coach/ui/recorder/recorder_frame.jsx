// The frame above the controls: status, clock, waveform or message, level, note.

import { Icon } from "./recorder_icons.jsx";
import { LevelMeter, Waveform } from "./level_meter.jsx";
import { useTicking } from "./recorder_hooks.js";
import { REASONS, STATUS, answersWords, clockWords } from "./recorder_words.js";
import { busyWords, noteWords, sendingTrouble, uploadPercent, waitingWords } from "./recorder_words.js";

const BADGES = {
  review: ["", null],
  uploading: ["badge-accent", "upload"],
  sent: ["badge-good", "check"],
  offline: ["badge-mid", "wifi-off"],
  failed: ["badge-bad", "circle-x"],
  refused: ["badge-mid", "mic-off"],
  no_microphone: ["badge-mid", "mic-off"],
  unsupported: ["badge-mid", "mic-off"],
};

// The percentage is not read out at every step; the progress bar below has it.
function StatusMark({ phase, words, percent }) {
  if (phase === "recording") {
    return (
      <>
        <span className="rec-dot pulse" />
        <span className="strong">{words}</span>
      </>
    );
  }
  if (phase === "paused") {
    return (
      <>
        <Icon name="pause" size={14} />
        <span className="strong">{words}</span>
      </>
    );
  }
  const [kind, icon] = BADGES[phase] ?? ["", null];
  return (
    <span className={`badge ${kind}`}>
      {icon && <Icon name={icon} />}
      {words}
      {percent !== null && <span aria-hidden="true">{percent} %</span>}
    </span>
  );
}

function statusWords(snapshot) {
  if (snapshot.reason === "signed_out") return "Signed out";
  if (snapshot.reason === "other_tab") return "Open elsewhere";
  if (snapshot.phase === "offline" && snapshot.upload === "busy") return "Waiting";
  return STATUS[snapshot.phase];
}

function Clock({ session, snapshot, limitGuideSeconds }) {
  const seconds = useTicking(() => session?.seconds ?? 0, snapshot.phase === "recording");
  if (limitGuideSeconds === 0) return null;
  const guide = `of about ${clockWords(limitGuideSeconds)}`;
  return (
    <div className="rec-time num" role="timer" aria-live="off">
      {clockWords(seconds)} <small>{guide}</small>
    </div>
  );
}

function Message({ icon, title, children }) {
  return (
    <div className="rec-message">
      <Icon name={icon} size={20} />
      <div>
        {title && <p className="strong">{title}</p>}
        <div>{children}</div>
      </div>
    </div>
  );
}

function Uploading({ snapshot }) {
  const percent = uploadPercent(snapshot);
  const { ackedCount, chunkCount } = snapshot;
  return (
    <div className="rec-uploading">
      <div
        className="bar"
        role="progressbar"
        aria-label="Sending the recording"
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={percent}
      >
        <i style={{ width: `${percent}%` }} />
      </div>
      <div className="row between small muted">
        <span>
          Part {Math.min(ackedCount + 1, chunkCount)} of {chunkCount}
        </span>
        <span>{clockWords(snapshot.safeSeconds)} of speech</span>
      </div>
    </div>
  );
}

function Offline({ snapshot, waiting }) {
  const count = waiting.answers + 1;
  const seconds = clockWords(waiting.seconds + snapshot.safeSeconds);
  const stays = count === 1 ? "waits" : "wait";
  const goes = count === 1 ? "It goes" : "They go";
  if (snapshot.upload === "busy") {
    return (
      <Message icon="hard-drive">
        {busyWords(snapshot)} {answersWords(count)}, {seconds}, {stays} on this device.{" "}
        {goes} out as soon as it can.
      </Message>
    );
  }
  return (
    <Message icon="hard-drive">
      {answersWords(count)}, {seconds}, {stays} on this device. {goes} out when the network is back,
      also after a restart.
    </Message>
  );
}

function Body({ snapshot, waiting, wave }) {
  const { phase, reason, detail } = snapshot;
  if (phase === "uploading") return <Uploading snapshot={snapshot} />;
  if (phase === "offline") return <Offline snapshot={snapshot} waiting={waiting} />;
  if (phase === "sent") {
    return (
      <Message icon="check" title={`${clockWords(snapshot.safeSeconds)} has arrived`}>
        Its words and scores appear in the list of answers. You can go on meanwhile.
      </Message>
    );
  }
  if (phase === "failed" && !reason) {
    return (
      <Message icon="circle-x" title="The server did not take the recording">
        {detail} It is kept on this device.
      </Message>
    );
  }
  const words = REASONS[reason];
  if (words && phase !== "paused" && phase !== "idle" && phase !== "recording") {
    return (
      <Message icon={reason === "refused" ? "lock" : "mic-off"} title={words.title}>
        {words.text}
      </Message>
    );
  }
  return wave;
}

function WaveOf({ session, snapshot, playback }) {
  const { phase } = snapshot;
  const mode = phase === "review" ? "whole" : phase === "recording" ? "live" : "still";
  const label = {
    whole: `Waveform of the take, ${clockWords(snapshot.safeSeconds)}`,
    live: "Live waveform, the last 40 seconds",
    still: snapshot.safeSeconds > 0 ? "Waveform of what is recorded" : "No sound recorded yet",
  }[mode];
  const share = () => (playback?.seconds ? playback.position / playback.seconds : 0);
  return (
    <Waveform mode={mode} label={label} peaksOf={() => session?.peaks ?? []} shareOf={share} />
  );
}

function PlaybackRow({ playback, seconds }) {
  const position = useTicking(() => playback?.position ?? 0, Boolean(playback?.playing));
  const words = playback?.failed
    ? "This browser cannot play it back here. It can still be sent."
    : `${clockWords(position)} of ${clockWords(seconds)}`;
  return (
    <div className="rec-level">
      <span className="small muted">Listen</span>
      <span className="num">{words}</span>
    </div>
  );
}

/** One line: what is wrong, else the calm note one asked for, else what is safe. */
function NoteLine({ snapshot, moment }) {
  const { phase } = snapshot;
  const reason = ["paused", "idle", "recording"].includes(phase) && REASONS[snapshot.reason];
  if (reason) {
    return (
      <p className="rec-line" role="alert">
        <Icon name="mic-off" size={14} />
        <span>
          <span className="strong">{reason.title}.</span> {reason.text}
        </span>
      </p>
    );
  }
  const calm = moment && phase === "recording";
  const trouble = calm
    ? "Take your time. Silence never ends an answer, and nothing is noted about it."
    : sendingTrouble(snapshot);
  if (!trouble) {
    return (
      <p className="rec-line muted">
        <Icon name="hard-drive" size={14} />
        <span>{noteWords(snapshot)}</span>
      </p>
    );
  }
  return (
    <p className={calm ? "rec-line rec-moment" : "rec-line rec-trouble"} role="status">
      <Icon name={calm ? "hand" : "wifi-off"} size={14} />
      <span>{trouble}</span>
    </p>
  );
}

export function Frame({ session, snapshot, playback, waiting, moment, take, guide, children }) {
  const { phase } = snapshot;
  const listening = ["idle", "asking", "recording", "paused"].includes(phase);
  const others = waiting.answers > 0 && phase !== "offline" ? waitingWords(waiting.answers) : "";
  return (
    <section className="rec-frame" aria-label="Recording">
      <div className="rec-top">
        <div className="row row-3">
          <span className="row row-3" role="status">
            <StatusMark
              phase={phase}
              words={statusWords(snapshot)}
              percent={phase === "uploading" ? uploadPercent(snapshot) : null}
            />
          </span>
          {take > 1 && <span className="badge badge-line">Take {take}</span>}
        </div>
        <Clock session={session} snapshot={snapshot} limitGuideSeconds={guide} />
      </div>
      <div className="rec-body">
        <Body
          snapshot={snapshot}
          waiting={waiting}
          wave={<WaveOf session={session} snapshot={snapshot} playback={playback} />}
        />
      </div>
      {listening && <LevelMeter meterOf={() => session?.meter ?? null} />}
      {phase === "review" && <PlaybackRow playback={playback} seconds={snapshot.safeSeconds} />}
      {!listening && phase !== "review" && <div className="rec-level rec-level-none" />}
      <div className="rec-note small">
        <NoteLine snapshot={snapshot} moment={moment} />
        {others && <p className="muted">{others}</p>}
      </div>
      {children}
    </section>
  );
}

// The row under the frame: the main action always in the middle.

import { useEffect, useRef } from "react";

import { Icon } from "./recorder_icons.jsx";
import { clockWords } from "./recorder_words.js";

// The second half of a double click would meet the control that has taken the first one's place.
const pressed = (held, onPress) => (event) => {
  if (!held && event.detail < 2) onPress();
};

/** A round control with its word and key. `held`: drawn, but a press does nothing yet. */
function Control({ icon, label, words, keyName, onPress, held, main, kind = "" }) {
  const size = main ? 24 : 20;
  return (
    <div className={main ? "rec-control rec-control-main" : "rec-control"}>
      <button
        type="button"
        className={`ctl ${main ? "" : "ctl-m"} ${kind}`}
        aria-label={label}
        aria-disabled={held || undefined}
        aria-keyshortcuts={keyName}
        onClick={pressed(held, onPress)}
      >
        <Icon name={icon} size={size} />
      </button>
      <span aria-hidden="true" className={main ? "strong" : ""}>
        {words} {keyName && <span className="kbd">{keyName}</span>}
      </span>
    </div>
  );
}

function Press({ icon, words, onPress, kind = "", held }) {
  return (
    <button
      type="button"
      className={`btn ${kind}`}
      aria-disabled={held || undefined}
      onClick={pressed(held, onPress)}
    >
      {icon && <Icon name={icon} />}
      {words}
    </button>
  );
}

/** Asks before anything recorded is thrown away; the safe answer has the focus. */
export function ConfirmAgain({ seconds, onKeep, onAgain }) {
  const keep = useRef(null);
  useEffect(() => keep.current?.focus(), []);
  return (
    <div
      className="rec-controls rec-confirm"
      role="group"
      aria-label="Start again?"
      onKeyDown={(event) => event.key === "Escape" && onKeep()}
    >
      <p role="alert">
        <span className="strong">Start again?</span> The {clockWords(seconds)} recorded so far will
        be thrown away.
      </p>
      <div className="row">
        <button type="button" className="btn" ref={keep} onClick={onKeep}>
          Keep it
        </button>
        <Press icon="rotate-ccw" words="Start again" onPress={onAgain} kind="btn-soft" />
      </div>
    </div>
  );
}

const CONTROLS = {
  idle: ["type", "record", "skip"],
  asking: ["type", "record", "skip"],
  recording: ["again", "pause", "stop", "moment", "skip"],
  paused: ["again", "end", "goOn", "type", "skip"],
  review: ["play", "send", "again"],
  uploading: ["next"],
  sent: ["another", "next"],
  offline: ["saveCopy", "tryNow", "next"],
  failed: ["tryAgain", "saveCopy", "startOver", "typeInstead"],
  refused: ["checkAgain", "typeInstead"],
  no_microphone: ["checkAgain", "typeInstead"],
  unsupported: ["typeInstead"],
};

function namesOf({ phase, reason }) {
  if (reason === "signed_out") return ["signIn", "tryAgain", "saveCopy"];
  if (reason === "other_tab") return ["checkAgain", "typeInstead"];
  return CONTROLS[phase];
}

const DRAWN = {
  type: (p) => p.can("typeInstead") && (
    <Control
      key="type"
      icon="keyboard"
      label="Type instead"
      words="Type"
      {...p.on("typeInstead")}
    />
  ),
  skip: (p) => p.can("skip") && (
    <Control
      key="skip"
      icon="skip-forward"
      label="Skip this question"
      words="Skip"
      keyName="S"
      {...p.on("skip")}
    />
  ),
  record: (p) => (
    <Control
      key="main"
      main
      icon="mic"
      label="Record"
      words="Record"
      keyName="Space"
      kind="rec-ctl-ready"
      {...p.on("start")}
    />
  ),
  again: (p) => (
    <Control
      key="again"
      icon="rotate-ccw"
      label="Start this answer again"
      words="Again"
      keyName="R"
      {...p.on("again")}
    />
  ),
  pause: (p) => (
    <Control
      key="pause"
      icon="pause"
      label="Pause recording"
      words="Pause"
      keyName="P"
      {...p.on("pause")}
    />
  ),
  stop: (p) => (
    <Control
      key="main"
      main
      icon="square"
      label="Stop and listen"
      words="Stop"
      keyName="Space"
      kind="ctl-rec"
      {...p.on("stop")}
    />
  ),
  end: (p) => (
    <Control key="end" icon="square" label="Stop and listen" words="Stop" {...p.on("stop")} />
  ),
  goOn: (p) => (
    <Control
      key="main"
      main
      icon="mic"
      label="Go on recording"
      words="Go on"
      keyName="Space"
      kind="rec-ctl-ready"
      {...p.on("resume")}
    />
  ),
  moment: (p) => (
    <Control
      key="moment"
      icon="hand"
      label="Give me a moment"
      words="A moment"
      keyName="M"
      {...p.on("moment")}
    />
  ),
  play: (p) => (
    <Control
      key="play"
      icon={p.playing ? "pause" : "play"}
      label={p.playing ? "Pause playback" : "Play"}
      words={p.playing ? "Pause" : "Play"}
      {...p.on("play")}
    />
  ),
  send: (p) => (
    <div key="send" className="rec-control rec-control-main rec-send">
      <Press icon="arrow-right" words="Send answer" kind="btn-primary btn-l" {...p.on("send")} />
      <span aria-hidden="true" className="strong">
        <span className="kbd">Enter</span>
      </span>
    </div>
  ),
  next: (p) => p.can("next") && (
    <Press
      key="next"
      icon="arrow-right"
      words="Next question"
      kind="btn-primary"
      {...p.on("next")}
    />
  ),
  another: (p) => <Press key="another" icon="mic" words="Another take" {...p.on("again")} />,
  saveCopy: (p) => (
    <Press key="saveCopy" icon="download" words="Save a copy" {...p.on("saveCopy")} />
  ),
  tryNow: (p) => <Press key="tryNow" icon="refresh-cw" words="Try now" {...p.on("retry")} />,
  tryAgain: (p) => (
    <Press key="tryAgain" icon="refresh-cw" words="Try again" {...p.on("retry")} />
  ),
  startOver: (p) => <Press key="startOver" icon="rotate-ccw" words="Again" {...p.on("again")} />,
  checkAgain: (p) => (
    <Press key="checkAgain" icon="refresh-cw" words="Check again" {...p.on("checkAgain")} />
  ),
  typeInstead: (p) => p.can("typeInstead") && (
    <Press
      key="typeInstead"
      icon="keyboard"
      words="Type instead"
      kind="btn-soft"
      {...p.on("typeInstead")}
    />
  ),
  signIn: (p) => (
    <a key="signIn" className="btn btn-primary" href={p.signInHref}>
      Sign in
    </a>
  ),
};

/**
 * `act(name)` carries an action out; `can(name)`: whether the page handles typing, skip, next;
 * `isHeld(name)`: drawn, but not to be pressed now.
 */
export function Controls({ snapshot, act, can, isHeld, playing, signInHref }) {
  const parts = {
    phase: snapshot.phase,
    can,
    playing,
    signInHref,
    on: (action) => ({ onPress: () => act(action), held: isHeld(action) }),
  };
  return (
    <div className="rec-controls" role="group" aria-label="Recorder">
      {namesOf(snapshot).map((name) => DRAWN[name](parts))}
    </div>
  );
}

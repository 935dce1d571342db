// The lobby's check: permission, device, level, codec, five seconds to hear oneself.

import { useCallback, useEffect, useRef, useState } from "react";

import "./recorder.css";
import { AudioMeter } from "./audio_meter.js";
import { LevelMeter } from "./level_meter.jsx";
import {
  MicrophoneError,
  chooseDevice,
  chosenDevice,
  closeMicrophone,
  microphones,
  newRecorder,
  obstacle,
  openMicrophone,
  permission,
  recordingType,
  watchPermission,
} from "./microphone.js";
import { Playback } from "./playback.js";
import { useLatest } from "./recorder_hooks.js";
import { Icon, Verdict } from "./recorder_icons.jsx";
import { REASONS } from "./recorder_words.js";

const TEST_SECONDS = 5;

/** What this browser records, in words. */
function codecWords() {
  const type = recordingType() ?? "";
  if (type.startsWith("audio/webm")) return "This browser records Opus in WebM, which works here.";
  if (type.startsWith("audio/mp4")) return "This browser records AAC in MP4, which works here.";
  if (type.startsWith("audio/ogg")) return "This browser records Opus in Ogg, which works here.";
  return "";
}

/** {state: off|asking|open|blocked, reason, meter, stream, devices, open(deviceId)}. */
function useOpenMicrophone() {
  const [found, setFound] = useState({ state: "off", reason: "", meter: null, devices: [] });
  const held = useRef({ stream: null, meter: null, turn: 0 });
  const close = useCallback(() => {
    held.current.meter?.close();
    closeMicrophone(held.current.stream);
    held.current = { stream: null, meter: null, turn: held.current.turn + 1 };
  }, []);
  const open = useCallback(
    async (deviceId = chosenDevice()) => {
      close();
      const { turn } = held.current;
      setFound((before) => ({ ...before, state: "asking", reason: "", meter: null }));
      try {
        const stream = await openMicrophone(deviceId);
        if (held.current.turn !== turn) return closeMicrophone(stream);
        const meter = new AudioMeter(stream);
        held.current = { stream, meter, turn };
        stream.getAudioTracks()[0].onended = () => {
          close();
          setFound((before) => ({ ...before, state: "blocked", reason: "missing", meter: null }));
        };
        const device = stream.getAudioTracks()[0].getSettings().deviceId ?? "";
        return setFound({
          state: "open",
          reason: "",
          meter,
          stream,
          device,
          devices: await microphones(),
        });
      } catch (error) {
        if (!(error instanceof MicrophoneError)) throw error;
        if (held.current.turn !== turn) return undefined;
        return setFound({ state: "blocked", reason: error.reason, meter: null, devices: [] });
      }
    },
    [close],
  );
  useEffect(() => {
    if (obstacle()) {
      setFound({ state: "blocked", reason: obstacle(), meter: null, devices: [] });
      return undefined;
    }
    permission().then((state) => state !== "granted" || open());
    const endWatch = watchPermission((state) => state !== "granted" || open());
    const relist = async () => {
      const devices = await microphones();
      setFound((before) => (before.state === "open" ? { ...before, devices } : before));
    };
    navigator.mediaDevices.addEventListener("devicechange", relist);
    return () => {
      navigator.mediaDevices.removeEventListener("devicechange", relist);
      endWatch();
      close();
    };
  }, [open, close]);
  return { ...found, open };
}

/** Records TEST_SECONDS of the stream; {share, playback, run()}. */
function useTest(stream) {
  const [test, setTest] = useState({ share: null, playback: null });
  const [, redraw] = useState(0);
  const ending = useRef(() => undefined);
  useEffect(() => () => ending.current(), [stream]);
  const run = () => {
    ending.current();
    const parts = [];
    const recorder = newRecorder(stream);
    const started = performance.now();
    const ticking = setInterval(() => {
      const share = Math.min(1, (performance.now() - started) / (TEST_SECONDS * 1000));
      setTest({ share, playback: null });
      if (share >= 1) recorder.stop();
    }, 100);
    let playback = null;
    let ended = false;
    recorder.ondataavailable = (event) => parts.push(event.data);
    recorder.onstop = () => {
      clearInterval(ticking);
      if (ended) return;
      const blob = new Blob(parts, { type: recorder.mimeType });
      const seconds = (performance.now() - started) / 1000;
      playback = new Playback([{ blob, seconds }], () => redraw((count) => count + 1));
      setTest({ share: null, playback });
      playback.toggle();
    };
    ending.current = () => {
      ended = true;
      clearInterval(ticking);
      if (recorder.state !== "inactive") recorder.stop();
      playback?.dispose();
      setTest({ share: null, playback: null });
    };
    recorder.start();
    setTest({ share: 0, playback: null });
  };
  return { ...test, run };
}

function DeviceField({ device, devices, onChoose }) {
  return (
    <label className="mic-field">
      <span className="strong">Microphone</span>
      <select className="select" value={device} onChange={(event) => onChoose(event.target.value)}>
        {devices.map(({ deviceId, label }) => (
          <option key={deviceId} value={deviceId}>
            {label}
          </option>
        ))}
      </select>
    </label>
  );
}

function TestRow({ test }) {
  const { share, playback } = test;
  if (share !== null) {
    const left = Math.max(1, Math.ceil((1 - share) * TEST_SECONDS));
    return (
      <div className="mic-test">
        <span className="rec-dot pulse" />
        <span role="status">Say a sentence. {left} s left</span>
        <div className="bar">
          <i style={{ width: `${share * 100}%` }} />
        </div>
      </div>
    );
  }
  return (
    <div className="mic-test">
      <button type="button" className="btn" onClick={test.run}>
        <Icon name="mic" />
        {playback ? "Record 5 seconds again" : "Record 5 seconds"}
      </button>
      {playback && (
        <button type="button" className="btn" onClick={() => playback.toggle()}>
          <Icon name={playback.playing ? "pause" : "play"} />
          {playback.playing ? "Pause" : "Listen again"}
        </button>
      )}
      <span className="small muted">
        {playback?.failed
          ? "This browser cannot play it back here; recording still works."
          : "It stays on this device and is thrown away."}
      </span>
    </div>
  );
}

function Facts({ heard }) {
  return (
    <div className="mic-facts">
      <Verdict kind="v-good">The microphone is allowed.</Verdict>
      <Verdict kind="v-good">{codecWords()}</Verdict>
      {heard ? (
        <Verdict kind="v-good">Your voice is heard.</Verdict>
      ) : (
        <Verdict kind="v-none">Say something: your voice was not heard yet.</Verdict>
      )}
    </div>
  );
}

function Blocked({ reason, onAgain, onTypeInstead }) {
  const { title, text } = REASONS[reason];
  const curable = !["insecure", "unsupported"].includes(reason);
  return (
    <div className="alert alert-mid" role="alert">
      <Icon name={reason === "refused" ? "lock" : "mic-off"} />
      <div>
        <p className="t">{title}</p>
        <p>{text}</p>
        <div className="row wrap">
          {curable && (
            <button type="button" className="btn" onClick={onAgain}>
              <Icon name="refresh-cw" />
              Check again
            </button>
          )}
          {onTypeInstead && (
            <button
              type="button"
              className="btn btn-soft"
              onClick={() => onTypeInstead({ reason })}
            >
              <Icon name="keyboard" />
              Type instead
            </button>
          )}
        </div>
      </div>
    </div>
  );
}

/** True once a good level was seen since the microphone was opened. */
function useHeard(meter) {
  const [heard, setHeard] = useState(false);
  useEffect(() => {
    setHeard(false);
    if (!meter) return undefined;
    const timer = setInterval(() => {
      if (["good", "loud"].includes(meter.word)) setHeard(true);
    }, 250);
    return () => clearInterval(timer);
  }, [meter]);
  return heard;
}

export function MicrophoneCheck({ onReady, onTypeInstead }) {
  const microphone = useOpenMicrophone();
  const { state, reason, meter, devices, device } = microphone;
  const test = useTest(state === "open" ? microphone.stream : null);
  const heard = useHeard(meter);
  const latest = useLatest(onReady);
  const ready = state === "open";
  useEffect(() => {
    if (state !== "asking") latest.current?.({ ready, heard, reason });
  }, [state, ready, heard, reason, latest]);
  const choose = (deviceId) => {
    chooseDevice(deviceId);
    microphone.open(deviceId);
  };
  return (
    <div className="mic" data-state={state}>
      {(state === "off" || state === "asking") && (
        <div className="mic-test">
          <button
            type="button"
            className="btn btn-primary"
            disabled={state === "asking"}
            onClick={() => microphone.open()}
          >
            <Icon name="mic" />
            Allow the microphone
          </button>
          <span className="small muted" role="status">
            {state === "asking"
              ? "Answer the browser's question about the microphone."
              : "The browser will ask. The sound is used for your answers only."}
          </span>
        </div>
      )}
      {state === "blocked" && (
        <Blocked reason={reason} onAgain={() => microphone.open()} onTypeInstead={onTypeInstead} />
      )}
      {state === "open" && (
        <>
          <DeviceField device={device} devices={devices} onChoose={choose} />
          <LevelMeter meterOf={() => meter} />
          <TestRow test={test} />
          <Facts heard={heard} />
        </>
      )}
    </div>
  );
}

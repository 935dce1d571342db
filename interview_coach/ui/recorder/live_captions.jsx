// Live captions under the waveform: tentative words while one speaks, and who makes them.

import { useEffect, useState } from "react";

import {
  BrowserCaptions,
  ServerCaptions,
  byMaker,
  consent,
  keepConsent,
  onDevice,
} from "./caption_sources.js";
import { useLatest } from "./recorder_hooks.js";

const KEPT_LETTERS = 400;
const NOTES = {
  device: "Tentative, by this browser on this device. The transcript is made from the recording.",
  server: "Tentative, by this server, a few seconds late. The transcript is made from the recording.",
  maker: "Tentative, by your browser's maker, who hears the sound for it.",
};

const joined = (said, text) => `${said} ${text}`.trim().slice(-KEPT_LETTERS);

/** `device`, `server`, `ask`, `maker` or `none`; server until it has said that it makes none. */
function useSource(language) {
  const [source, setSource] = useState("");
  useEffect(() => {
    let ended = false;
    onDevice(language).then((can) => ended || setSource(can ? "device" : "server"));
    return () => {
      ended = true;
    };
  }, [language]);
  const withoutServer = () => setSource(!byMaker() ? "none" : consent() ? "maker" : "ask");
  return [source, setSource, withoutServer];
}

export function LiveCaptions({ session, phase, language, address }) {
  const [source, setSource, withoutServer] = useSource(language);
  const [said, setSaid] = useState("");
  const [interim, setInterim] = useState("");
  const latestWithout = useLatest(withoutServer);
  const recording = phase === "recording";
  useEffect(() => {
    if (phase === "idle") setSaid("");
  }, [phase, session]);
  useEffect(() => {
    const stream = session?.take?.stream;
    if (!recording || !stream || !["device", "server", "maker"].includes(source)) return undefined;
    const onText = (text, final) => {
      if (final) setSaid((before) => joined(before, text));
      setInterim(final ? "" : text);
    };
    const captions =
      source === "server"
        ? new ServerCaptions({ stream, address, onText, onEnd: () => latestWithout.current() })
        : new BrowserCaptions({
            language,
            local: source === "device",
            onText,
            // On the device it failed: the server may still do it.
            onEnd: () => setSource(source === "device" ? "server" : "none"),
          });
    return () => {
      captions.stop();
      setInterim("");
    };
  }, [recording, session, source, language, address, latestWithout]);

  if (!["recording", "paused"].includes(phase)) return null;
  const choose = (given) => {
    keepConsent(given);
    setSource(given ? "maker" : "none");
  };
  return (
    <div className="rec-captions" data-source={source}>
      {source === "ask" && (
        <>
          <p className="small">
            Neither this browser nor this server makes captions by itself. Your browser can have
            them made by its maker, who then hears what you say.
          </p>
          <div className="row wrap">
            <button type="button" className="btn btn-s" onClick={() => choose(true)}>
              Let it
            </button>
            <button type="button" className="btn btn-s" onClick={() => choose(false)}>
              No captions
            </button>
          </div>
        </>
      )}
      {source === "none" && <p className="small muted">No live captions in this browser.</p>}
      {NOTES[source] && (
        <>
          {/* Hearing one's own words read out while speaking helps nobody. */}
          <p className="rec-captions-text" aria-live="off">
            {said} <span className="muted">{interim}</span>
            {!said && !interim && <span className="muted">Words appear here while you speak.</span>}
          </p>
          <p className="small muted">{NOTES[source]}</p>
        </>
      )}
    </div>
  );
}

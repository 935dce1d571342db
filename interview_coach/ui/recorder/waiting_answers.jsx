// For any page: sends what an earlier page left behind, and says so while it waits.

import "./recorder.css";
import { saveCopy, useSent, useUploader, useWaiting } from "./recorder_hooks.js";
import { Icon } from "./recorder_icons.jsx";
import { answersWords, clockWords } from "./recorder_words.js";

function Waiting({ answers, seconds }) {
  return (
    <div className="alert" role="status">
      <Icon name="hard-drive" />
      <div>
        <p className="t">
          {answersWords(answers)}, {clockWords(seconds)}, {answers === 1 ? "waits" : "wait"} on this
          device
        </p>
        <p className="small muted">
          {answers === 1 ? "It goes" : "They go"} out as soon as the server can be reached.
        </p>
      </div>
    </div>
  );
}

/** An answer that does not go out by itself: why, and what one can do about it. */
function Refused({ detail, onCopy, onRetry }) {
  return (
    <div className="alert" role="alert">
      <Icon name="circle-x" />
      <div>
        <p className="t">The server did not take a recording</p>
        <p className="small muted">{detail} It is kept on this device.</p>
        <div className="row">
          <button type="button" className="btn" onClick={onCopy}>
            <Icon name="download" />
            Save a copy
          </button>
          <button type="button" className="btn" onClick={onRetry}>
            <Icon name="refresh-cw" />
            Try again
          </button>
        </div>
      </div>
    </div>
  );
}

export function WaitingAnswers({ interviewId = "", apiBase = "/api/v1", onSent }) {
  const uploader = useUploader(apiBase);
  const { answers, seconds, refused } = useWaiting(uploader, interviewId, null);
  useSent(uploader, interviewId, onSent);
  return (
    <>
      {answers > 0 && <Waiting answers={answers} seconds={seconds} />}
      {refused.map(({ clientId, detail }) => (
        <Refused
          key={clientId}
          detail={detail}
          onCopy={() => uploader.store.segments(clientId).then(saveCopy)}
          onRetry={() => uploader.wake(clientId)}
        />
      ))}
    </>
  );
}

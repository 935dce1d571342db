// For any page: sends what an earlier page left behind, and says so while it waits.

import "./recorder.css";
import { useSent, useUploader, useWaiting } from "./recorder_hooks.js";
import { Icon } from "./recorder_icons.jsx";
import { answersWords, clockWords } from "./recorder_words.js";

export function WaitingAnswers({ interviewId = "", apiBase = "/api/v1", onSent }) {
  const uploader = useUploader(apiBase);
  const { answers, seconds } = useWaiting(uploader, interviewId, null);
  useSent(uploader, interviewId, onSent);
  if (answers === 0) return null;
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

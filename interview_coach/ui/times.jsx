import { useEffect, useState } from "react";

// A moment in the time of the person who looks; before the page has come alive there is none.
const DAY = { weekday: "short", day: "numeric", month: "short" };
const LONG_DAY = { weekday: "long", day: "numeric", month: "long", year: "numeric" };
const TIME = { hour: "2-digit", minute: "2-digit" };
const LANGUAGE = "en-GB";

function words(iso, long) {
  const moment = new Date(iso);
  if (!iso || Number.isNaN(moment.getTime())) return "";
  const time = moment.toLocaleTimeString(LANGUAGE, TIME);
  if (!long && moment.toDateString() === new Date().toDateString()) return `Today, ${time}`;
  return `${moment.toLocaleDateString(LANGUAGE, long ? LONG_DAY : DAY)}, ${time}`;
}

export function Moment({ iso, long }) {
  return <time dateTime={iso || undefined}>{words(iso, long)}</time>;
}

const STEPS = [
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
];
const AGO = new Intl.RelativeTimeFormat(LANGUAGE, { numeric: "auto" });

function distance(iso) {
  const seconds = (new Date(iso).getTime() - Date.now()) / 1000;
  if (Number.isNaN(seconds)) return "";
  const [unit, size] = STEPS.find(([, length]) => Math.abs(seconds) >= length) ?? [];
  return unit ? AGO.format(Math.round(seconds / size), unit) : "just now";
}

// How far away a moment is, such as "5 minutes ago" or "in 3 days"; the moment itself is its title.
export function Ago({ iso }) {
  const [, tick] = useState(0);
  useEffect(() => {
    const clock = window.setInterval(() => tick((count) => count + 1), 30_000);
    return () => window.clearInterval(clock);
  }, []);
  return (
    <time dateTime={iso || undefined} title={words(iso, true)}>
      {distance(iso)}
    </time>
  );
}

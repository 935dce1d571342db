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

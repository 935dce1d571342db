// What pages send to the API of this site, and how its answers are read.

// Send values to a path of this site. Resolves to { ok, status, answer, problem }; rejects when
// the server cannot be reached.
export async function send({ action, method, encoding, values }) {
  const headers = {
    Accept: "application/json, application/problem+json",
    "X-Interview-Coach": "page",
  };
  let body;
  if (encoding === "file") {
    body = new FormData();
    for (const [name, value] of Object.entries(values)) body.append(name, value);
  } else if (encoding === "form") {
    headers["Content-Type"] = "application/x-www-form-urlencoded";
    body = new URLSearchParams(values).toString();
  } else if (method !== "GET") {
    headers["Content-Type"] = "application/json";
    body = JSON.stringify(values ?? {});
  }
  const answer = await fetch(action, { method, credentials: "same-origin", headers, body });
  const kind = answer.headers.get("Content-Type") ?? "";
  // An answer without a body (204) may still name a kind.
  const text = kind.includes("json") ? await answer.text() : "";
  const read = text ? JSON.parse(text) : {};
  return { ok: answer.ok, status: answer.status, answer: read, problem: answer.ok ? {} : read };
}

// What to say when the answer itself says nothing that can be read.
function plainReason(status) {
  if (status === 401) return "You are not signed in any more. Sign in again, then come back.";
  if (status === 413) return "This is too large. Nothing was changed.";
  if (status === 429) return "Too many tries. Wait a minute, then try again.";
  if (status >= 500) return "The server could not do this. Nothing was changed. Try again.";
  return "This did not work. Check what you entered, then try again.";
}

// One or two sentences about an answer that was not ok.
export function reasonOf({ status, problem }) {
  const told = problem.detail ?? problem.title;
  return typeof told === "string" && told ? told : plainReason(status);
}

export const NO_ANSWER = "The server did not answer. What you entered is still here. Try again.";

// Name of the field that one entry of `errors` speaks of: the last part of its path.
function fieldOf(entry) {
  const place = entry.field ?? entry.name ?? entry.loc ?? entry.pointer ?? "";
  const parts = Array.isArray(place) ? place : String(place).split(/[/.]/);
  const named = parts.filter((part) => !/^\d+$/.test(String(part)));
  return String(named[named.length - 1] ?? "");
}

// The server's checks speak of strings; a person has entered characters.
function plainWords(told) {
  const [, bound, count] = /^String should have (at least|at most) (\d+) character/.exec(told) ?? [];
  return count ? `Enter ${bound} ${count} ${count === "1" ? "character" : "characters"}.` : told;
}

// Return { field: message } from either shape: an object, or a list of entries. `named` gives the
// field a path is about, empty when it knows none; several messages of one field are joined.
export function fieldErrors(errors, named = () => "") {
  if (!errors) return {};
  if (!Array.isArray(errors)) {
    return Object.fromEntries(
      Object.entries(errors).map(([name, told]) => [name, [].concat(told).join(" ")]),
    );
  }
  const found = {};
  for (const entry of errors) {
    const name = named(entry.field ?? "") || fieldOf(entry);
    const words = plainWords(entry.message ?? entry.msg ?? entry.detail ?? "");
    found[name] = found[name] ? `${found[name]} ${words}` : words;
  }
  return found;
}

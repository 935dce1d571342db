// The requests of an upload and what their answers mean. No state: one call, one request.

import { contentDigest } from "./sha256.js";

const REQUEST_SECONDS = 30;
const FIRST_WAIT_SECONDS = 1;
const LONGEST_WAIT_SECONDS = 15;

// The code of an answer that says "fine" but is not the server's.
export const FOREIGN_ANSWER = "foreign_answer";

/** A request that did not succeed. kind: network, busy, signed_out, missing or refused. */
export class UploadError extends Error {
  constructor(kind, detail, { code = "", missing = [], waitSeconds = null } = {}) {
    super(detail);
    this.name = "UploadError";
    this.kind = kind;
    this.code = code;
    this.missing = missing;
    this.waitSeconds = waitSeconds;
  }

  /** Whether the same request may succeed later without anybody doing anything. */
  get passes() {
    return this.kind === "network" || this.kind === "busy";
  }
}

/** Seconds to wait before try number `tries` (1, 2, ...): doubling, with a quarter of jitter. */
export function backoffSeconds(tries, random = Math.random) {
  const wait = Math.min(FIRST_WAIT_SECONDS * 2 ** (tries - 1), LONGEST_WAIT_SECONDS);
  return wait * (1 - random() / 4);
}

/** Seconds of a Retry-After header (a number or an HTTP date), or null. */
export function retryAfterSeconds(header, now = Date.now()) {
  if (!header) return null;
  const seconds = /^\d+$/.test(header.trim()) ? Number(header) : (Date.parse(header) - now) / 1000;
  return Number.isFinite(seconds) ? Math.max(0, seconds) : null;
}

async function problemOf(response) {
  try {
    const body = await response.json();
    return body && typeof body === "object" ? body : {};
  } catch {
    // A proxy in between answers with a page of its own: the status alone has to do.
    return {};
  }
}

/** The typed error of an answer that is not 2xx. */
export async function errorOf(response) {
  const problem = await problemOf(response);
  const code = String(problem.code ?? "");
  const detail = String(
    problem.detail ?? problem.title ?? `The server answered ${response.status}.`,
  );
  const options = {
    code,
    missing: Array.isArray(problem.missing) ? problem.missing.filter(Number.isInteger) : [],
    waitSeconds: retryAfterSeconds(response.headers.get("Retry-After")),
  };
  // Changed bytes on the way are worth sending again.
  const worthRepeating = [408, 425, 429].includes(response.status) || /digest/.test(code);
  if (response.status === 401) return new UploadError("signed_out", detail, options);
  if (response.status >= 500 || worthRepeating) return new UploadError("busy", detail, options);
  if (options.missing.length > 0) return new UploadError("missing", detail, options);
  return new UploadError("refused", detail, options);
}

// A network's sign-in page or a proxy also answers 200. Only what the server itself would say counts
// as arrived, for the copy on this device is removed afterwards.
function foreignAnswer() {
  const detail = "Another page answered in place of the server.";
  return new UploadError("busy", detail, { code: FOREIGN_ANSWER });
}

/** The JSON object of a 2xx answer, when `isOurs(body)`; anything else is worth asking again. */
async function bodyOf(response, isOurs) {
  let body;
  try {
    body = await response.json();
  } catch {
    throw foreignAnswer();
  }
  if (body === null || typeof body !== "object" || !isOurs(body)) throw foreignAnswer();
  return body;
}

const isName = (value) => typeof value === "string" && value !== "";

export class UploadRequests {
  constructor({ apiBase = "/api/v1", fetch = globalThis.fetch.bind(globalThis) } = {}) {
    this.apiBase = apiBase;
    this.fetch = fetch;
  }

  #address(recording, ...rest) {
    const parts = ["interviews", recording.interviewId, "answers", ...rest];
    return `${this.apiBase}/${parts.map((part) => encodeURIComponent(part)).join("/")}`;
  }

  async #request(address, options) {
    let response;
    try {
      response = await this.fetch(address, {
        credentials: "same-origin",
        // The server never redirects an upload; who does is a sign-in page in between.
        redirect: "error",
        signal: AbortSignal.timeout(REQUEST_SECONDS * 1000),
        ...options,
      });
    } catch (error) {
      throw new UploadError("network", error.message);
    }
    if (!response.ok) throw await errorOf(response);
    return response;
  }

  #post(address, body) {
    return this.#request(address, {
      method: "POST",
      headers: { "Content-Type": "application/json", Accept: "application/json" },
      body: JSON.stringify(body),
    });
  }

  /** The id of the answer; the same clientId always gives the same one. */
  async createAnswer(recording) {
    const response = await this.#post(this.#address(recording), {
      question_id: recording.questionId,
      client_id: recording.clientId,
    });
    return (await bodyOf(response, (body) => isName(body.id))).id;
  }

  async putChunk(recording, chunk) {
    const address = this.#address(recording, recording.answerId, "chunks", chunk.n);
    const response = await this.#request(address, {
      method: "PUT",
      headers: {
        Accept: "application/json",
        "Content-Type": recording.mime.split(";")[0],
        "Content-Digest": await contentDigest(chunk.data),
      },
      body: chunk.data,
    });
    await bodyOf(response, (body) => body.number === chunk.n);
  }

  /** Returns only when the server itself says that it has the whole answer. */
  async finish(recording) {
    const { answerId } = recording;
    const response = await this.#post(this.#address(recording, answerId, "finish"), {
      chunks: recording.chunkCount,
      duration_seconds: Math.round(recording.seconds * 1000) / 1000,
    });
    const hasIt = ({ answer_id: id, status }) =>
      id === answerId && isName(status) && status !== "recording";
    await bodyOf(response, hasIt);
  }

  /** Deletes an answer that was never finished. Gone already counts as deleted. */
  async deleteAnswer(recording) {
    let response;
    try {
      const address = this.#address(recording, recording.answerId);
      response = await this.#request(address, { method: "DELETE" });
    } catch (error) {
      if (error.kind !== "refused") throw error;
      return;
    }
    if (response.status !== 204) throw foreignAnswer();
  }
}

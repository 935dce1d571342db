// The requests of an upload and what their answers mean. No state: one call, one request.

import { contentDigest } from "./sha256.js";

const REQUEST_SECONDS = 30;
const FIRST_WAIT_SECONDS = 1;
const LONGEST_WAIT_SECONDS = 15;

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
    return String((await response.json()).id);
  }

  async putChunk(recording, chunk) {
    await this.#request(this.#address(recording, recording.answerId, "chunks", chunk.n), {
      method: "PUT",
      headers: {
        "Content-Type": recording.mime.split(";")[0],
        "Content-Digest": await contentDigest(chunk.data),
      },
      body: chunk.data,
    });
  }

  async finish(recording) {
    await this.#post(this.#address(recording, recording.answerId, "finish"), {
      chunks: recording.chunkCount,
      duration_seconds: Math.round(recording.seconds * 1000) / 1000,
    });
  }

  /** Deletes an answer that was never finished. Gone already counts as deleted. */
  async deleteAnswer(recording) {
    try {
      await this.#request(this.#address(recording, recording.answerId), { method: "DELETE" });
    } catch (error) {
      if (error.kind !== "refused") throw error;
    }
  }
}

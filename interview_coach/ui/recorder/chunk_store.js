// Recordings on this device, until the server has them: IndexedDB, or memory when there is none.
//
// recordings: {clientId, interviewId, questionId, answerId, mime, startedAt, phase, stopped,
//              segment, seconds, chunkCount, ackedSeconds, ackedCount};
//             phase is open, sending or discarded.
// chunks:     {clientId, n, segment, data (ArrayBuffer), seconds, peaks, state};
//             state is open (still growing), ready (to be sent) or acked (the server has it).

import { IndexedDbTables } from "./indexed_db_tables.js";
import { MemoryTables } from "./memory_tables.js";

// A slice of a second is written as soon as it exists, and joins the slice before it, so that a
// crash costs less than a second and sending needs one request for two seconds.
const FULL_CHUNK_SECONDS = 1.5;

const EMPTY = {
  answerId: null,
  phase: "open",
  stopped: false,
  segment: 0,
  seconds: 0,
  chunkCount: 0,
  ackedSeconds: 0,
  ackedCount: 0,
};

const noChunk = () => [];
const lastChunk = (recording) => (recording.chunkCount > 0 ? [recording.chunkCount - 1] : []);

function withSlice(recording, last, slice) {
  const grows = last?.state === "open" && last.segment === recording.segment;
  const n = grows ? last.n : recording.chunkCount;
  const seconds = (grows ? last.seconds : 0) + slice.seconds;
  const chunk = {
    clientId: recording.clientId,
    n,
    segment: recording.segment,
    data: grows ? joined(last.data, slice.data) : slice.data,
    seconds,
    peaks: [...(grows ? last.peaks : []), ...slice.peaks],
    state: seconds >= FULL_CHUNK_SECONDS ? "ready" : "open",
  };
  return {
    recording: { ...recording, seconds: recording.seconds + slice.seconds, chunkCount: n + 1 },
    chunks: [chunk],
  };
}

// The recording's own counts follow, so that progress needs no reading of all the sound.
function withState(recording, chunks, state) {
  let { ackedSeconds, ackedCount } = recording;
  for (const chunk of chunks) {
    const step = Number(state === "acked") - Number(chunk.state === "acked");
    ackedCount += step;
    ackedSeconds += step * chunk.seconds;
  }
  return {
    recording: { ...recording, ackedSeconds, ackedCount },
    chunks: chunks.map((chunk) => ({ ...chunk, state })),
  };
}

function joined(first, second) {
  const whole = new Uint8Array(first.byteLength + second.byteLength);
  whole.set(new Uint8Array(first), 0);
  whole.set(new Uint8Array(second), first.byteLength);
  return whole.buffer;
}

export class ChunkStore {
  /** `durable` turns false when this device could not keep something (full, or private mode). */
  constructor(tables, durable) {
    this.tables = tables;
    this.durable = durable;
    this.memory = durable ? new MemoryTables() : tables;
    this.inMemory = new Set();
  }

  static async open(factory = globalThis.indexedDB) {
    try {
      return new ChunkStore(await IndexedDbTables.open(factory), true);
    } catch (error) {
      console.warn("Recordings cannot be kept on this device:", error);
      return new ChunkStore(new MemoryTables(), false);
    }
  }

  #tablesOf(clientId) {
    return this.inMemory.has(clientId) ? this.memory : this.tables;
  }

  // A full disk must not cost what is being said: the recording goes on in memory.
  async #moveToMemory(clientId, cause) {
    console.warn("This device is full, the recording goes on in memory:", cause);
    const recording = await this.tables.recording(clientId);
    if (recording) await this.memory.putRecording(recording);
    for (const chunk of await this.tables.chunks(clientId)) await this.memory.putChunk(chunk);
    this.inMemory.add(clientId);
    this.durable = false;
  }

  async #write(clientId, action) {
    const tables = this.#tablesOf(clientId);
    try {
      return await action(tables);
    } catch (error) {
      if (tables === this.memory) throw error;
      await this.#moveToMemory(clientId, error);
      return action(this.memory);
    }
  }

  /** Every recording this device keeps, oldest first. */
  async recordings() {
    const kept = await this.tables.recordings();
    const inMemory = this.tables === this.memory ? [] : await this.memory.recordings();
    const all = kept.filter((recording) => !this.inMemory.has(recording.clientId));
    return [...all, ...inMemory].sort((one, other) => one.startedAt - other.startedAt);
  }

  recording(clientId) {
    return this.#tablesOf(clientId).recording(clientId);
  }

  addRecording(recording) {
    const whole = { ...EMPTY, ...recording };
    return this.#write(recording.clientId, (tables) => tables.putRecording(whole));
  }

  #change(clientId, numbersOf, rule) {
    return this.#write(clientId, (tables) => tables.change(clientId, numbersOf, rule));
  }

  /** Changes some fields; returns the recording, or null when it is gone. */
  changeRecording(clientId, changes) {
    return this.#change(clientId, noChunk, (recording) => ({
      recording: { ...recording, ...changes },
    }));
  }

  /** Appends a slice {data, seconds, peaks} to the present segment; returns the recording. */
  addSlice(clientId, slice) {
    return this.#change(clientId, lastChunk, (recording, [last]) =>
      withSlice(recording, last, slice),
    );
  }

  /** Lets the last chunk be sent although it is short: nothing will be added to it. */
  closeChunk(clientId) {
    return this.#change(clientId, lastChunk, (recording, [last]) => ({
      recording,
      chunks: last?.state === "open" ? [{ ...last, state: "ready" }] : [],
    }));
  }

  /** Begins a new segment: the next slice carries its own container header. */
  async nextSegment(clientId) {
    await this.closeChunk(clientId);
    return this.#change(clientId, noChunk, (recording) => ({
      recording: { ...recording, segment: recording.segment + 1 },
    }));
  }

  /** The lowest-numbered chunk that waits to be sent, or null. */
  async nextReady(clientId) {
    return (await this.#tablesOf(clientId).nextReady(clientId)) ?? null;
  }

  /** Marks chunks "acked", or "ready" to be sent again; numbers never recorded are left alone. */
  markChunks(clientId, numbers, state) {
    return this.#change(
      clientId,
      () => numbers,
      (recording, chunks) => withState(recording, chunks, state),
    );
  }

  /** The sound in the order it was said: [{blob, seconds, peaks}], one item a segment. */
  async segments(clientId) {
    const recording = await this.recording(clientId);
    const bySegment = new Map();
    for (const chunk of await this.#tablesOf(clientId).chunks(clientId)) {
      const segment = bySegment.get(chunk.segment) ?? { parts: [], seconds: 0, peaks: [] };
      segment.parts.push(chunk.data);
      segment.seconds += chunk.seconds;
      segment.peaks.push(...chunk.peaks);
      bySegment.set(chunk.segment, segment);
    }
    const type = recording?.mime.split(";")[0];
    return [...bySegment.values()].map(({ parts, seconds, peaks }) => ({
      blob: new Blob(parts, { type }),
      seconds,
      peaks,
    }));
  }

  async remove(clientId) {
    await this.tables.remove(clientId);
    if (this.memory !== this.tables) await this.memory.remove(clientId);
    this.inMemory.delete(clientId);
  }
}

// The same tables as in IndexedDB, for a browser that has none: gone when the page is closed.

export class MemoryTables {
  constructor() {
    this.recordingRows = new Map();
    this.chunkRows = new Map();
  }

  async recordings() {
    return [...this.recordingRows.values()];
  }

  async recording(clientId) {
    return this.recordingRows.get(clientId) ?? null;
  }

  async putRecording(recording) {
    this.recordingRows.set(recording.clientId, recording);
  }

  // Without any await inside: a change must be as whole here as a transaction is there.
  #setChunk(chunk) {
    const rows = this.chunkRows.get(chunk.clientId) ?? new Map();
    rows.set(chunk.n, chunk);
    this.chunkRows.set(chunk.clientId, rows);
  }

  async putChunk(chunk) {
    this.#setChunk(chunk);
  }

  async chunks(clientId) {
    const rows = this.chunkRows.get(clientId) ?? new Map();
    return [...rows.values()].sort((one, other) => one.n - other.n);
  }

  async change(clientId, numbersOf, rule) {
    const recording = this.recordingRows.get(clientId);
    if (!recording) return null;
    const rows = this.chunkRows.get(clientId) ?? new Map();
    const found = numbersOf(recording).map((n) => rows.get(n)).filter(Boolean);
    const changed = rule(recording, found);
    for (const chunk of changed.chunks ?? []) this.#setChunk(chunk);
    this.recordingRows.set(clientId, changed.recording);
    return changed.recording;
  }

  async nextReady(clientId) {
    return (await this.chunks(clientId)).find((chunk) => chunk.state === "ready") ?? null;
  }

  async remove(clientId) {
    this.recordingRows.delete(clientId);
    this.chunkRows.delete(clientId);
  }
}

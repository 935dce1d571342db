// The two tables of kept recordings in IndexedDB. Every change is one transaction.

const DATABASE = "coach-recordings";
const VERSION = 1;

const settled = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

const committed = (transaction) =>
  new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error ?? new Error("transaction aborted"));
  });

function createTables(database) {
  database.createObjectStore("recordings", { keyPath: "clientId" });
  const chunks = database.createObjectStore("chunks", { keyPath: ["clientId", "n"] });
  chunks.createIndex("state", ["clientId", "state"]);
}

export class IndexedDbTables {
  constructor(database) {
    this.database = database;
  }

  static async open(factory) {
    if (!factory) throw new Error("this browser has no IndexedDB");
    const request = factory.open(DATABASE, VERSION);
    request.onupgradeneeded = () => createTables(request.result);
    const database = await settled(request);
    // Another tab with a newer page must be able to upgrade.
    database.onversionchange = () => database.close();
    return new IndexedDbTables(database);
  }

  #read(table) {
    return this.database.transaction(table, "readonly").objectStore(table);
  }

  // "strict": the write is on the disk, not only in a buffer, before it is called safe.
  async #change(action) {
    const transaction = this.database.transaction(["recordings", "chunks"], "readwrite", {
      durability: "strict",
    });
    const done = committed(transaction);
    try {
      const result = await action(
        transaction.objectStore("recordings"),
        transaction.objectStore("chunks"),
      );
      await done;
      return result;
    } catch (error) {
      // The cause is `error`; the abort that follows it would otherwise count as unhandled.
      done.catch(() => undefined);
      throw error;
    }
  }

  recordings() {
    return settled(this.#read("recordings").getAll());
  }

  async recording(clientId) {
    return (await settled(this.#read("recordings").get(clientId))) ?? null;
  }

  putRecording(recording) {
    return this.#change((recordings) => settled(recordings.put(recording)));
  }

  putChunk(chunk) {
    return this.#change((_recordings, chunks) => settled(chunks.put(chunk)));
  }

  chunks(clientId) {
    const range = IDBKeyRange.bound([clientId, 0], [clientId, Number.MAX_SAFE_INTEGER]);
    return settled(this.#read("chunks").getAll(range));
  }

  /**
   * `rule(recording, chunks)` gives {recording, chunks?} to be written, in one transaction.
   * `numbersOf(recording)` says which chunks the rule wants to see. Null when all is gone.
   */
  change(clientId, numbersOf, rule) {
    return this.#change(async (recordings, chunks) => {
      const recording = await settled(recordings.get(clientId));
      if (!recording) return null;
      const found = [];
      for (const n of numbersOf(recording)) {
        const chunk = await settled(chunks.get([clientId, n]));
        if (chunk) found.push(chunk);
      }
      const changed = rule(recording, found);
      for (const chunk of changed.chunks ?? []) await settled(chunks.put(chunk));
      await settled(recordings.put(changed.recording));
      return changed.recording;
    });
  }

  nextReady(clientId) {
    return settled(this.#read("chunks").index("state").get([clientId, "ready"]));
  }

  remove(clientId) {
    return this.#change(async (recordings, chunks) => {
      const range = IDBKeyRange.bound([clientId, 0], [clientId, Number.MAX_SAFE_INTEGER]);
      await settled(chunks.delete(range));
      await settled(recordings.delete(clientId));
    });
  }
}

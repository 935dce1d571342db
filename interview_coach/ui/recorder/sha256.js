// The Content-Digest of a chunk (RFC 9530), by the browser's own SHA-256 where it has one.
// On plain http without "localhost" crypto.subtle is missing, so FIPS 180-4 is written out here.

const ROUND = new Uint32Array(64);
const INITIAL = new Uint32Array(8);

// The constants are the first 32 bits of the fractional parts of roots of the first primes.
(() => {
  const primes = [];
  for (let candidate = 2; primes.length < 64; candidate += 1) {
    if (primes.every((prime) => candidate % prime !== 0)) primes.push(candidate);
  }
  const fraction = (value) => ((value - Math.floor(value)) * 0x100000000) >>> 0;
  primes.forEach((prime, index) => {
    ROUND[index] = fraction(Math.cbrt(prime));
    if (index < 8) INITIAL[index] = fraction(Math.sqrt(prime));
  });
})();

const rotate = (value, bits) => (value >>> bits) | (value << (32 - bits));

function padded(bytes) {
  const length = Math.ceil((bytes.length + 9) / 64) * 64;
  const message = new Uint8Array(length);
  message.set(bytes);
  message[bytes.length] = 0x80;
  const view = new DataView(message.buffer);
  view.setUint32(length - 8, Math.floor(bytes.length / 0x20000000));
  view.setUint32(length - 4, (bytes.length << 3) >>> 0);
  return view;
}

function compress(hash, view, offset, schedule) {
  for (let index = 0; index < 16; index += 1) schedule[index] = view.getUint32(offset + index * 4);
  for (let index = 16; index < 64; index += 1) {
    const early = schedule[index - 15];
    const late = schedule[index - 2];
    const small0 = rotate(early, 7) ^ rotate(early, 18) ^ (early >>> 3);
    const small1 = rotate(late, 17) ^ rotate(late, 19) ^ (late >>> 10);
    schedule[index] = schedule[index - 16] + small0 + schedule[index - 7] + small1;
  }
  let [a, b, c, d, e, f, g, h] = hash;
  for (let index = 0; index < 64; index += 1) {
    const big1 = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25);
    const choice = (e & f) ^ (~e & g);
    const first = (h + big1 + choice + ROUND[index] + schedule[index]) | 0;
    const big0 = rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22);
    const majority = (a & b) ^ (a & c) ^ (b & c);
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + first) | 0, c, b, a, (first + big0 + majority) | 0];
  }
  [a, b, c, d, e, f, g, h].forEach((value, index) => {
    hash[index] += value;
  });
}

/** The SHA-256 of `bytes` (Uint8Array) as 32 bytes, without the browser's help. */
export function sha256(bytes) {
  const hash = Uint32Array.from(INITIAL);
  const view = padded(bytes);
  const schedule = new Uint32Array(64);
  for (let offset = 0; offset < view.byteLength; offset += 64) {
    compress(hash, view, offset, schedule);
  }
  const digest = new DataView(new ArrayBuffer(32));
  hash.forEach((value, index) => digest.setUint32(index * 4, value));
  return new Uint8Array(digest.buffer);
}

/** The header value `sha-256=:BASE64:` for `data` (ArrayBuffer). */
export async function contentDigest(data, subtle = globalThis.crypto?.subtle) {
  const digest = subtle
    ? new Uint8Array(await subtle.digest("SHA-256", data))
    : sha256(new Uint8Array(data));
  return `sha-256=:${btoa(String.fromCharCode(...digest))}:`;
}

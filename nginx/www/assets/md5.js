// MD5 (RFC 1321), piece by piece. Stores of objects compare it with what arrives (`Content-MD5`), and the browser's own
// digests are neither this one nor made in pieces. It finds damage; it proves nothing about who made something.

const BLOCK_BYTES = 64;
const SLICE_BYTES = 256 * 1024;
// Of each of a block's 64 steps: the word that it adds, by how much its sum is rotated, and a constant (section 3.4).
const WORDS = Uint8Array.from({ length: 64 }, (_, step) => [step, 5 * step + 1, 3 * step + 5, 7 * step][step >> 4] & 15);
const ROTATIONS = [[7, 12, 17, 22], [5, 9, 14, 20], [4, 11, 16, 23], [6, 10, 15, 21]];
const SHIFTS = Uint8Array.from({ length: 64 }, (_, step) => ROTATIONS[step >> 4][step & 3]);
const SINES = Int32Array.from({ length: 64 }, (_, step) => Math.floor(Math.abs(Math.sin(step + 1)) * 2 ** 32));

export class MD5 {
  #state = Int32Array.of(0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476);
  #words = new Int32Array(16);
  #rest = new Uint8Array(BLOCK_BYTES); // Of a block that is not whole yet.
  #kept = 0;
  #size = 0;

  /** @param bytes Uint8Array */
  update(bytes) {
    this.#size += bytes.length;
    let start = 0;
    if (this.#kept > 0) {
      start = Math.min(BLOCK_BYTES - this.#kept, bytes.length);
      this.#rest.set(bytes.subarray(0, start), this.#kept);
      this.#kept += start;
      if (this.#kept < BLOCK_BYTES) return;
      this.#add(this.#rest, 0);
    }
    for (; start + BLOCK_BYTES <= bytes.length; start += BLOCK_BYTES) this.#add(bytes, start);
    this.#rest.set(bytes.subarray(start));
    this.#kept = bytes.length - start;
  }

  /** The 16 bytes of the digest, as a Uint8Array. Nothing can be added afterwards. */
  finish() {
    const size = this.#size;
    // One bit, and the size at a block's end.
    const padding = new Uint8Array((this.#kept < BLOCK_BYTES - 8 ? 1 : 2) * BLOCK_BYTES - this.#kept);
    padding[0] = 0x80;
    const view = new DataView(padding.buffer, padding.length - 8);
    view.setUint32(0, (size * 8) % 2 ** 32, true);
    view.setUint32(4, Math.floor(size / 2 ** 29), true);
    this.update(padding);
    const digest = new DataView(new ArrayBuffer(16));
    this.#state.forEach((word, index) => digest.setInt32(4 * index, word, true));
    return new Uint8Array(digest.buffer);
  }

  #add(bytes, start) {
    const view = new DataView(bytes.buffer, bytes.byteOffset + start, BLOCK_BYTES);
    const words = this.#words;
    for (let index = 0; index < 16; index += 1) words[index] = view.getInt32(4 * index, true);
    const state = this.#state;
    let a = state[0];
    let b = state[1];
    let c = state[2];
    let d = state[3];
    for (let step = 0; step < 64; step += 1) {
      const sum = (a + mixed(step, b, c, d) + SINES[step] + words[WORDS[step]]) | 0;
      const shift = SHIFTS[step];
      a = d;
      d = c;
      c = b;
      b = (b + ((sum << shift) | (sum >>> (32 - shift)))) | 0;
    }
    state[0] += a;
    state[1] += b;
    state[2] += c;
    state[3] += d;
  }
}

function mixed(step, b, c, d) {
  if (step < 16) return (b & c) | (~b & d);
  if (step < 32) return (d & b) | (~d & c);
  if (step < 48) return b ^ c ^ d;
  return c ^ (b | ~d);
}

/** The MD5 of a Blob in base 64, as `Content-MD5` has it. The page has its turn while each slice is read. */
export async function md5(blob) {
  const digest = new MD5();
  for (let start = 0; start < blob.size; start += SLICE_BYTES) {
    digest.update(new Uint8Array(await blob.slice(start, start + SLICE_BYTES).arrayBuffer()));
  }
  return btoa(String.fromCharCode(...digest.finish()));
}

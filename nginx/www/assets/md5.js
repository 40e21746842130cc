// MD5 (RFC 1321), piece by piece. Stores of objects compare it with what arrives (`Content-MD5`), and the browser's own
// digests are neither this one nor made in pieces. It finds damage; it proves nothing about who made something.

const BLOCK_BYTES = 64;
const SLICE_BYTES = 256 * 1024;
// Per round, by which a step's sum is rotated (section 3.4).
const SHIFTS = [[7, 12, 17, 22], [5, 9, 14, 20], [4, 11, 16, 23], [6, 10, 15, 21]];
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
    let [a, b, c, d] = this.#state;
    for (let step = 0; step < 64; step += 1) {
      const round = step >> 4;
      let mixed;
      let word;
      if (round === 0) {
        mixed = (b & c) | (~b & d);
        word = step;
      } else if (round === 1) {
        mixed = (d & b) | (~d & c);
        word = 5 * step + 1;
      } else if (round === 2) {
        mixed = b ^ c ^ d;
        word = 3 * step + 5;
      } else {
        mixed = c ^ (b | ~d);
        word = 7 * step;
      }
      const sum = (a + mixed + SINES[step] + words[word & 15]) | 0;
      const shift = SHIFTS[round][step & 3];
      a = d;
      d = c;
      c = b;
      b = (b + ((sum << shift) | (sum >>> (32 - shift)))) | 0;
    }
    this.#state[0] += a;
    this.#state[1] += b;
    this.#state[2] += c;
    this.#state[3] += d;
  }
}

/** The MD5 of a Blob in base 64, as `Content-MD5` has it. The page has its turn while each slice is read. */
export async function md5(blob) {
  const digest = new MD5();
  for (let start = 0; start < blob.size; start += SLICE_BYTES) {
    digest.update(new Uint8Array(await blob.slice(start, start + SLICE_BYTES).arrayBuffer()));
  }
  return btoa(String.fromCharCode(...digest.finish()));
}

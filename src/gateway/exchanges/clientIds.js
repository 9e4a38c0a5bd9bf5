import { createHash } from 'node:crypto';

/**
 * How an exchange wants our client order ids (at most 32 letters, digits and dashes). `read` undoes `write` as far as that can be undone.
 *
 * @typedef {{ write: (ours: string) => string, read: (theirs: string) => string | null }} IdCode
 */

/** The exchange takes them as they are. @type {IdCode} */
export const AS_IT_IS = { write: (ours) => ours, read: (theirs) => theirs };

/**
 * Letters and digits only, at most 32 (OKX): our ids have no capitals, so that Z can stand for the dash.
 *
 * @type {IdCode}
 */
export const WITHOUT_DASHES = {
  write: (ours) => (/^[a-z0-9-]{1,32}$/.test(ours) ? ours.replaceAll('-', 'Z') : digest(ours)),
  read: (theirs) => (/^[a-z0-9Z]+$/.test(theirs) ? theirs.replaceAll('Z', '-') : null),
};

const OUR_FORM = /^tt([a-z2-7]{16})-([a-z]\d{0,3}-\d{1,5})$/;
const BASE32 = 'abcdefghijklmnopqrstuvwxyz234567';
const ENDING = '\0abcdefghijklmnopqrstuvwxyz0123456789-';
const LONGEST_ENDING = 8;

/**
 * A UUID or at most 18 characters (Kraken): 80 bits of hash and up to 8 characters of ending are packed into the 122 free bits of a UUID.
 * What is not of our form becomes a UUID from its hash, which cannot be read back.
 *
 * @type {IdCode}
 */
export const AS_UUID = {
  write: (ours) => {
    const parts = OUR_FORM.exec(ours);
    return parts === null || parts[2].length > LONGEST_ENDING ? uuid(BigInt(`0x${digest(ours)}`) & FREE_BITS) : uuid(pack(parts[1], parts[2]));
  },
  read: (theirs) => (/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(theirs) ? unpack(theirs) : null),
};

const FREE_BITS = (1n << 122n) - 1n;

/**
 * @param {string} hash 16 characters
 * @param {string} ending
 */
function pack(hash, ending) {
  let bits = 0n;
  for (const character of hash) bits = bits * 32n + BigInt(BASE32.indexOf(character));
  for (const character of ending.padEnd(LONGEST_ENDING, '\0')) bits = bits * BigInt(ENDING.length) + BigInt(ENDING.indexOf(character));
  // 38^8 is a little less than 2^42, so that 80 bits of hash and the ending stay below 2^122.
  return bits;
}

/** @param {string} theirs */
function unpack(theirs) {
  const hex = theirs.replaceAll('-', '');
  // Without the four bits of the version and the two of the variant.
  let bits = (BigInt(`0x${hex.slice(0, 12)}`) << 74n) | (BigInt(`0x${hex.slice(13, 16)}`) << 62n) | (BigInt(`0x${hex.slice(16)}`) & ((1n << 62n) - 1n));
  let ending = '';
  for (let index = 0; index < LONGEST_ENDING; index++) {
    ending = ENDING[Number(bits % BigInt(ENDING.length))] + ending;
    bits /= BigInt(ENDING.length);
  }
  let hash = '';
  for (let index = 0; index < 16; index++) {
    hash = BASE32[Number(bits % 32n)] + hash;
    bits /= 32n;
  }
  const ours = `tt${hash}-${ending.replace(/\0+$/, '')}`;
  // A stranger's UUID reads as nonsense nearly always.
  return bits === 0n && OUR_FORM.test(ours) ? ours : null;
}

/** @param {bigint} bits 122 of them */
function uuid(bits) {
  const high = (bits >> 74n).toString(16).padStart(12, '0');
  const middle = ((bits >> 62n) & 0xfffn).toString(16).padStart(3, '0');
  const low = ((bits & ((1n << 62n) - 1n)) | (1n << 63n)).toString(16).padStart(16, '0');
  return `${high.slice(0, 8)}-${high.slice(8)}-4${middle}-${low.slice(0, 4)}-${low.slice(4)}`;
}

/** @param {string} text */
function digest(text) {
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}

/** Knows both forms of every id it has met, so that ids which cannot be read back are known again as long as the gateway runs. */
export class ClientIds {
  /** @param {IdCode} code */
  constructor(code) {
    this.code = code;
    /** @type {Map<string, string>} ours by theirs */
    this.met = new Map();
  }

  /** @param {string} ours */
  toExchange(ours) {
    const theirs = this.code.write(ours);
    if (theirs !== ours && this.code.read(theirs) !== ours) {
      if (this.met.size >= MOST_MET) this.met.delete(/** @type {string} */ (this.met.keys().next().value));
      this.met.set(theirs, ours);
    }
    return theirs;
  }

  /**
   * @param {string | null | undefined} theirs
   * @returns {string | null} ours; as the exchange says it when it is not one of ours
   */
  fromExchange(theirs) {
    if (theirs === undefined || theirs === null || theirs === '') return null;
    return this.met.get(theirs) ?? this.code.read(theirs) ?? theirs;
  }
}

const MOST_MET = 10_000;

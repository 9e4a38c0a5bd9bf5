import { Refusal } from './refusal.js';

const LONGEST_DECIMAL = 40;

/**
 * Reads the named parameters of a call; what is missing or of another kind is refused by name. Values never appear in a message: they may be secrets.
 */
export class Parameters {
  /** @param {unknown} given */
  constructor(given) {
    if (given !== undefined && (given === null || typeof given !== 'object' || Array.isArray(given))) {
      throw new Refusal('parameters', 'Parameters are given by name, as an object.');
    }
    this.given = /** @type {Record<string, unknown>} */ (given ?? {});
  }

  /**
   * @param {string} name
   * @returns {string} not empty
   */
  text(name) {
    const value = this.given[name];
    if (typeof value !== 'string' || value.trim() === '') throw new Refusal('parameters', `'${name}' must be a text that is not empty.`);
    return value.trim();
  }

  /**
   * As given, with blanks at its ends: a password may have them.
   *
   * @param {string} name
   */
  exactText(name) {
    const value = this.given[name];
    if (typeof value !== 'string' || value === '') throw new Refusal('parameters', `'${name}' must be a text that is not empty.`);
    return value;
  }

  /**
   * @param {string} name
   * @returns {string | null}
   */
  optionalText(name) {
    return this.given[name] === undefined || this.given[name] === null ? null : this.text(name);
  }

  /**
   * @param {string} name
   * @param {number} least
   * @param {number} most
   * @returns {number} a whole number
   */
  whole(name, least, most) {
    return wholeNumber(name, this.given[name], least, most);
  }

  /**
   * @param {string} name
   * @param {number} least
   * @param {number} most
   * @returns {number | null}
   */
  optionalWhole(name, least, most) {
    return this.given[name] === undefined || this.given[name] === null ? null : this.whole(name, least, most);
  }

  /**
   * An amount or a price: digits, at most one point, larger than zero. It stays text, so that no digit changes.
   *
   * @param {string} name
   * @returns {string}
   */
  decimal(name) {
    const value = this.given[name];
    if (typeof value !== 'string' || value.length > LONGEST_DECIMAL || !/^\d+(\.\d+)?$/.test(value) || /^[0.]+$/.test(value)) {
      throw new Refusal('parameters', `'${name}' must be a decimal number above zero, as a text of at most ${LONGEST_DECIMAL} characters.`);
    }
    return value;
  }

  /**
   * @param {string} name
   * @returns {string | null}
   */
  optionalDecimal(name) {
    return this.given[name] === undefined || this.given[name] === null ? null : this.decimal(name);
  }

  /**
   * @param {string} name
   * @returns {string} 1 to 32 letters, digits and dashes
   */
  clientOrderId(name) {
    const value = this.given[name];
    if (typeof value !== 'string' || !/^[A-Za-z0-9-]{1,32}$/.test(value)) throw new Refusal('parameters', `'${name}' must be 1 to 32 letters, digits and dashes.`);
    return value;
  }

  /**
   * @param {string} name
   * @returns {string | null} http, https, ws or wss
   */
  optionalWebAddress(name) {
    const value = this.optionalText(name);
    if (value !== null && !(URL.canParse(value) && /^(https?|wss?):$/.test(new URL(value).protocol))) throw new Refusal('parameters', `'${name}' must be an http, https, ws or wss address.`);
    return value;
  }

  /**
   * @param {string} name
   * @returns {boolean} false when it is not given
   */
  flag(name) {
    const value = this.given[name] ?? false;
    if (typeof value !== 'boolean') throw new Refusal('parameters', `'${name}' must be true or false.`);
    return value;
  }

  /**
   * @template {string} T
   * @param {string} name
   * @param {readonly T[]} choices
   * @returns {T}
   */
  oneOf(name, choices) {
    const value = /** @type {T} */ (this.given[name]);
    if (!choices.includes(value)) throw new Refusal('parameters', `'${name}' must be one of ${choices.join(', ')}.`);
    return value;
  }

  /**
   * @template {string} T
   * @param {string} name
   * @param {readonly T[]} choices
   * @returns {T | null}
   */
  optionalOneOf(name, choices) {
    return this.given[name] === undefined || this.given[name] === null ? null : this.oneOf(name, choices);
  }

  /**
   * @param {string} name
   * @param {number} mostEntries
   * @returns {string[]}
   */
  texts(name, mostEntries) {
    const value = this.given[name];
    if (!Array.isArray(value) || value.length > mostEntries || !value.every((entry) => typeof entry === 'string' && entry !== '')) {
      throw new Refusal('parameters', `'${name}' must be a list of at most ${mostEntries} texts.`);
    }
    return value;
  }

  /**
   * @param {string} name
   * @param {number} mostEntries
   * @returns {Parameters[]}
   */
  objects(name, mostEntries) {
    const value = this.given[name];
    if (!Array.isArray(value) || value.length > mostEntries || !value.every((entry) => entry !== null && typeof entry === 'object' && !Array.isArray(entry))) {
      throw new Refusal('parameters', `'${name}' must be a list of at most ${mostEntries} objects.`);
    }
    return value.map((entry) => new Parameters(entry));
  }

  /**
   * @param {string} name
   * @param {number} mostEntries
   * @returns {number[]} message ids
   */
  messageIds(name, mostEntries) {
    const value = this.given[name];
    if (!Array.isArray(value) || value.length < 1 || value.length > mostEntries) {
      throw new Refusal('parameters', `'${name}' must be a list of 1 to ${mostEntries} message ids.`);
    }
    return value.map((entry) => wholeNumber(name, entry, 1, 2_147_483_647));
  }
}

/**
 * @param {string} name
 * @param {unknown} value
 * @param {number} least
 * @param {number} most
 */
function wholeNumber(name, value, least, most) {
  if (!Number.isSafeInteger(value) || /** @type {number} */ (value) < least || /** @type {number} */ (value) > most) {
    throw new Refusal('parameters', `'${name}' must be a whole number from ${least} to ${most}.`);
  }
  return /** @type {number} */ (value);
}

import { Refusal } from './refusal.js';

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

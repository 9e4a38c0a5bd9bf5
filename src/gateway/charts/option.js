import { Refusal } from '../rpc/refusal.js';

/** A chart for a phone has some thousand values; far more would only be drawn over each other. */
const MOST_VALUES = 200_000;
const DEEPEST = 20;

/**
 * Looks through an option before it is drawn: it must be an object, of a bounded size, and must not point to a picture elsewhere.
 *
 * @param {unknown} option as it came over the wire: JSON, which holds no functions
 * @returns {Record<string, unknown>}
 */
export function checkOption(option) {
  if (option === null || typeof option !== 'object' || Array.isArray(option)) throw new Refusal('parameters', "'option' must be an object.");
  let values = 0;
  /** @type {(value: unknown, depth: number) => void} */
  const look = (value, depth) => {
    if (++values > MOST_VALUES) throw new Refusal('parameters', `'option' has more than ${MOST_VALUES} values.`);
    if (depth > DEEPEST) throw new Refusal('parameters', `'option' is nested more than ${DEEPEST} deep.`);
    if (typeof value === 'string' && /^\s*(image:\/\/|data:|https?:|file:)/i.test(value)) throw new Refusal('parameters', "'option' must not point to a picture or address.");
    if (value !== null && typeof value === 'object') for (const inner of Object.values(value)) look(inner, depth + 1);
  };
  look(option, 0);
  return /** @type {Record<string, unknown>} */ (option);
}

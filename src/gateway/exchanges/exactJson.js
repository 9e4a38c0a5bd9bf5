/** A text inside quotes, or a number. */
const TEXT_OR_NUMBER = /"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*/g;
/** So many digits a double keeps, whatever they are. */
const SURE_DIGITS = 15;

/**
 * JSON with every digit kept: a number that a double could not hold becomes a text, which CCXT takes as well.
 *
 * @param {string} text
 * @returns {any} undefined when it is not JSON
 */
export function parseExactly(text) {
  try {
    return JSON.parse(text.replaceAll(TEXT_OR_NUMBER, (token) => (token[0] === '"' || !losesDigits(token) ? token : `"${token}"`)));
  } catch {
    return undefined;
  }
}

/** @param {string} number */
function losesDigits(number) {
  return number.length > SURE_DIGITS && number.replace(/[eE].*$/, '').replaceAll(/[^\d]/g, '').replace(/^0+/, '').length > SURE_DIGITS;
}

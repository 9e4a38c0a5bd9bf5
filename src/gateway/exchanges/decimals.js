/**
 * The same number without needless zeros; other text stays as it is.
 *
 * @param {string} number
 */
export function plain(number) {
  const parts = /^(-?)(\d+)(?:\.(\d+))?$/.exec(number);
  if (parts === null) return number;
  const whole = parts[2].replace(/^0+(?=\d)/, '');
  const fraction = (parts[3] ?? '').replace(/0+$/, '');
  return `${whole === '0' && fraction === '' ? '' : parts[1]}${whole}${fraction === '' ? '' : `.${fraction}`}`;
}

/** @param {string} number */
export function isZero(number) {
  return /^-?0+(\.0*)?$/.test(number);
}

/**
 * The exact difference of two decimal texts.
 *
 * @param {unknown} from
 * @param {unknown} amount
 * @returns {string | null} null when one of them is no number
 */
export function minus(from, amount) {
  return added(from, amount, -1n);
}

/**
 * The exact sum of two decimal texts.
 *
 * @param {unknown} one
 * @param {unknown} other
 * @returns {string | null} null when one of them is no number
 */
export function plus(one, other) {
  return added(one, other, 1n);
}

/** @param {unknown} first @param {unknown} second @param {bigint} sign of the second */
function added(first, second, sign) {
  const [one, other] = [parts(first), parts(second)];
  if (one === null || other === null) return null;
  const digits = Math.max(one.digits, other.digits);
  const sum = one.value * 10n ** BigInt(digits - one.digits) + sign * other.value * 10n ** BigInt(digits - other.digits);
  const text = String(sum < 0n ? -sum : sum).padStart(digits + 1, '0');
  return plain(`${sum < 0n ? '-' : ''}${text.slice(0, text.length - digits)}${digits === 0 ? '' : `.${text.slice(-digits)}`}`);
}

/** @param {unknown} number */
function parts(number) {
  const read = /^(-?\d+)(?:\.(\d+))?$/.exec(String(number));
  return read === null ? null : { value: BigInt(read[1] + (read[2] ?? '')), digits: (read[2] ?? '').length };
}

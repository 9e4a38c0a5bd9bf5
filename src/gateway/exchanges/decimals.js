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

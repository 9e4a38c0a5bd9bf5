/**
 * How long exchanges ask to wait, from an answer that said "too many". Each has its own way to say it.
 */

/** The headers that are read, in small letters. */
const READ = ['retry-after', 'date', 'x-bapi-limit-status', 'x-bapi-limit-reset-timestamp', 'gw-ratelimit-remaining', 'gw-ratelimit-reset', 'x-mbx-used-weight-1m'];

/** Bybit bars an address for so long and says it in its manual only. */
const BYBIT_BAR_SECONDS = 600;

/** @param {Headers} headers @returns {Record<string, string>} those that tell of limits */
export function limitHeaders(headers) {
  return Object.fromEntries(READ.map((name) => [name, headers.get(name)]).filter((entry) => entry[1] !== null));
}

/** Bybit's way to bar an address. @param {string} exchange @param {number | null} status @param {string} body */
export function isBarred(exchange, status, body) {
  return exchange === 'bybit' && status === 403 && /access too frequent/i.test(body);
}

/**
 * @param {string} exchange
 * @param {import('./transport.js').Request} request answered
 * @param {number} localNow Unix milliseconds
 * @returns {number | undefined} whole seconds, at least 1; undefined where nothing was said
 */
export function secondsToWait(exchange, request, localNow) {
  const { headers, body } = request;
  // Moments are told by the exchange's clock, and so is the date of its answer.
  const now = Date.parse(headers.date ?? '') || localNow;
  const said = retryAfter(headers['retry-after'], now)
    ?? until(/banned until (\d{13})/.exec(body ?? '')?.[1], now)
    ?? (headers['x-bapi-limit-status'] === '0' ? until(headers['x-bapi-limit-reset-timestamp'], now) : undefined)
    ?? (headers['gw-ratelimit-remaining'] === '0' ? milliseconds(headers['gw-ratelimit-reset']) : undefined)
    // Binance counts by the minute.
    ?? (headers['x-mbx-used-weight-1m'] !== undefined && request.status === 429 ? 60_000 - (now % 60_000) : undefined)
    ?? (isBarred(exchange, request.status, body ?? '') ? BYBIT_BAR_SECONDS * 1_000 : undefined);
  return said === undefined ? undefined : Math.max(1, Math.ceil(said / 1_000));
}

/** Seconds, or a date. @param {string | undefined} text @param {number} now */
function retryAfter(text, now) {
  if (text === undefined) return undefined;
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1_000;
  return until(String(Date.parse(text)), now);
}

/** @param {string | undefined} moment @param {number} now */
function until(moment, now) {
  const at = milliseconds(moment);
  return at === undefined ? undefined : Math.max(0, at - now);
}

/** @param {string | undefined} text */
function milliseconds(text) {
  return text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}

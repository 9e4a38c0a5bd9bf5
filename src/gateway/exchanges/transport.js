import { AsyncLocalStorage } from 'node:async_hooks';
import { limitHeaders } from './rateLimits.js';

/** The largest answer that is read, in bytes: the market lists of the largest exchanges have about 20 million. */
export const LARGEST_ANSWER = 128 * 1024 * 1024;

/**
 * What became of one request. `notSent`: certainly nothing left. `cut`: it may have arrived, its answer did not. `answered`: all of the answer is here.
 *
 * @typedef {object} Request
 * @property {string} method
 * @property {'leaving' | 'notSent' | 'cut' | 'answered'} state
 * @property {boolean} isTimedOut
 * @property {number | null} status
 * @property {string | null} body
 * @property {Record<string, string>} headers those that tell of limits, in small letters
 *
 * @typedef {(url: string, given: { method: string, headers: Record<string, string>, body?: string }) => Promise<object>} Transport
 */

/** @type {AsyncLocalStorage<Request[]>} */
const calls = new AsyncLocalStorage();

/** The connection never stood, so nothing was said over it. */
const NEVER_CONNECTED = new Set([
  'ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'UND_ERR_CONNECT_TIMEOUT',
  'CERT_HAS_EXPIRED', 'DEPTH_ZERO_SELF_SIGNED_CERT', 'SELF_SIGNED_CERT_IN_CHAIN', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'ERR_TLS_CERT_ALTNAME_INVALID',
]);

/**
 * Runs an action and notes each request that goes out on its behalf.
 *
 * @template T
 * @param {Request[]} requests filled while it runs
 * @param {() => Promise<T>} action
 * @returns {Promise<T>}
 */
export function noting(requests, action) {
  return calls.run(requests, action);
}

/**
 * Sends for CCXT. Nothing is sent twice, no redirect is followed (keys travel in headers), and the time limit holds for the whole answer.
 *
 * @param {{ place: (url: string) => string, requestTimeout: number }} options `place` says where the request really goes; `requestTimeout` in milliseconds
 * @returns {Transport}
 */
export function makeTransport({ place, requestTimeout }) {
  return async (url, { method, headers, body }) => {
    /** @type {Request} */
    const request = { method, state: 'leaving', isTimedOut: false, status: null, body: null, headers: {} };
    calls.getStore()?.push(request);
    const deadline = AbortSignal.timeout(requestTimeout);
    try {
      const response = await fetch(place(url), { method, headers, body, redirect: 'error', signal: deadline });
      request.status = response.status;
      request.headers = limitHeaders(response.headers);
      const text = await wholeText(response);
      request.body = text;
      request.state = 'answered';
      return { status: response.status, statusText: response.statusText, headers: response.headers, text: async () => text };
    } catch (error) {
      request.isTimedOut = deadline.aborted;
      request.state = neverConnected(error) ? 'notSent' : 'cut';
      throw error;
    }
  };
}

/** @param {Response} response */
async function wholeText(response) {
  if (response.body === null) return '';
  const decoder = new TextDecoder();
  let text = '';
  for await (const piece of /** @type {AsyncIterable<Uint8Array>} */ (/** @type {unknown} */ (response.body))) {
    text += decoder.decode(piece, { stream: true });
    if (text.length > LARGEST_ANSWER) throw new TypeError(`The answer is larger than ${LARGEST_ANSWER} bytes.`);
  }
  return text + decoder.decode();
}

/** @param {unknown} error */
function neverConnected(error) {
  const cause = /** @type {{ cause?: { code?: unknown, errors?: { code?: unknown }[] } }} */ (error)?.cause;
  const codes = cause?.errors?.map((each) => each.code) ?? [cause?.code];
  return codes.length > 0 && codes.every((code) => typeof code === 'string' && NEVER_CONNECTED.has(code));
}

/**
 * The function that puts another server in the place of every exchange's, with the path kept; http and ws follow the base's own security.
 *
 * @param {string | null} baseUrl
 * @returns {(url: string) => string}
 */
export function placing(baseUrl) {
  if (baseUrl === null) return (url) => url;
  const base = new URL(baseUrl);
  const isSecure = base.protocol === 'https:' || base.protocol === 'wss:';
  const path = base.pathname.replace(/\/+$/, '');
  return (url) => {
    const protocol = url.startsWith('ws') ? 'ws' : 'http';
    return `${protocol}${isSecure ? 's' : ''}://${base.host}${path}${url.replace(/^[a-z]+:\/\/[^/?]+/i, '')}`;
  };
}

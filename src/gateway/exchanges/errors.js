import { Refusal } from '../rpc/refusal.js';
import { meaningOf, readCode } from './errorCodes.js';
import { parseExactly } from './exactJson.js';
import { isBarred, secondsToWait } from './rateLimits.js';

/**
 * `unchanged`: it is already as asked for; seen only inside the gateway.
 *
 * @typedef {'insufficientFunds' | 'rateLimited' | 'network' | 'maintenance' | 'invalidOrder' | 'belowMinimum' | 'wrongPrecision' | 'wouldTriggerAtOnce'
 *   | 'reduceOnlyRefused' | 'duplicateClientOrderId' | 'orderNotFound' | 'unknownSymbol' | 'authentication' | 'permissionDenied' | 'timestamp'
 *   | 'bannedAddress' | 'notSupported' | 'tooLate' | 'unrecognised' | 'notOpened' | 'unchanged'} ExchangeKind
 */

/**
 * CCXT's classes. A class that is not listed counts as its nearest listed ancestor. `outcomeUnknown`: such an answer does not say that the exchange did nothing.
 *
 * @type {Record<string, { kind: ExchangeKind, outcomeUnknown: boolean }>}
 */
export const CLASSES = {
  AuthenticationError: { kind: 'authentication', outcomeUnknown: false },
  PermissionDenied: { kind: 'permissionDenied', outcomeUnknown: false },
  AccountSuspended: { kind: 'permissionDenied', outcomeUnknown: false },
  RestrictedLocation: { kind: 'permissionDenied', outcomeUnknown: false },
  ManualInteractionNeeded: { kind: 'permissionDenied', outcomeUnknown: false },
  ArgumentsRequired: { kind: 'notSupported', outcomeUnknown: false },
  NotSupported: { kind: 'notSupported', outcomeUnknown: false },
  BadRequest: { kind: 'invalidOrder', outcomeUnknown: false },
  BadSymbol: { kind: 'unknownSymbol', outcomeUnknown: false },
  ContractUnavailable: { kind: 'unknownSymbol', outcomeUnknown: false },
  OperationRejected: { kind: 'invalidOrder', outcomeUnknown: false },
  NoChange: { kind: 'unchanged', outcomeUnknown: false },
  MarketClosed: { kind: 'maintenance', outcomeUnknown: false },
  InsufficientFunds: { kind: 'insufficientFunds', outcomeUnknown: false },
  InvalidOrder: { kind: 'invalidOrder', outcomeUnknown: false },
  OrderNotFound: { kind: 'orderNotFound', outcomeUnknown: false },
  OrderNotCached: { kind: 'orderNotFound', outcomeUnknown: false },
  OrderImmediatelyFillable: { kind: 'wouldTriggerAtOnce', outcomeUnknown: false },
  DuplicateOrderId: { kind: 'duplicateClientOrderId', outcomeUnknown: false },
  DDoSProtection: { kind: 'rateLimited', outcomeUnknown: false },
  RateLimitExceeded: { kind: 'rateLimited', outcomeUnknown: false },
  InvalidNonce: { kind: 'timestamp', outcomeUnknown: false },
  InvalidProxySettings: { kind: 'network', outcomeUnknown: false },
  ExchangeClosedByUser: { kind: 'network', outcomeUnknown: true },
  OnMaintenance: { kind: 'maintenance', outcomeUnknown: true },
  OperationFailed: { kind: 'network', outcomeUnknown: true },
  BadResponse: { kind: 'unrecognised', outcomeUnknown: true },
  CancelPending: { kind: 'unrecognised', outcomeUnknown: true },
  ExchangeError: { kind: 'unrecognised', outcomeUnknown: true },
  BaseError: { kind: 'unrecognised', outcomeUnknown: true },
};

const LONGEST_WORDS = 200;

/**
 * What a failed call comes to. `mayHaveHappened` is said of writes: it is false only when the exchange certainly did nothing.
 *
 * @param {unknown} error
 * @param {{ exchange: string, name: string, isWrite: boolean, requests: import('./transport.js').Request[], requestTimeout: number, clean: (text: string) => string }} call
 * @returns {Refusal}
 */
export function translate(error, call) {
  if (error instanceof Refusal) return error;
  // Of several reads side by side one that is still on its way is not the one that failed.
  const sent = call.isWrite ? call.requests.findLast((request) => request.method !== 'GET') : call.requests.findLast((request) => request.state !== 'leaving');
  const refuse = (/** @type {ExchangeKind} */ kind, /** @type {boolean} */ mayHaveHappened, /** @type {string} */ message, /** @type {string | null} */ exchangeCode = null) =>
    new Refusal(kind, call.clean(message), { exchangeCode, mayHaveHappened: call.isWrite && mayHaveHappened, ...waitOf(kind, call) });

  if (sent === undefined) return beforehand(error, call, refuse);
  if (sent.state === 'notSent') return refuse('network', false, `${call.name} cannot be reached.`);
  if (sent.state !== 'answered') {
    return refuse('network', true, sent.isTimedOut ? `${call.name} did not answer within ${call.requestTimeout} ms.` : `The connection to ${call.name} was cut before its answer was here.`);
  }
  const answer = parseExactly(sent.body ?? '');
  const { code, words } = readCode(answer);
  const said = `${call.name} refused with HTTP ${sent.status}${code === null ? '' : `, ${code}`}${wordsOf(words, code)}.`;
  if (sent.status === 418 || isBarred(call.exchange, sent.status, sent.body ?? '')) return refuse('bannedAddress', false, said, code);
  if (sent.status === 429) return refuse('rateLimited', false, said, code);
  if (sent.status === 401 && code === null) return refuse('authentication', false, said, code);
  const meaning = meaningOf(call.exchange, code, words) ?? classMeaning(error);
  const isServerTrouble = /** @type {number} */ (sent.status) >= 500 || sent.status === 408;
  const isUnreadable = answer === undefined;
  return refuse(meaning.kind, isServerTrouble || isUnreadable || meaning.outcomeUnknown === true, said, code);
}

/**
 * How long the exchange asks to wait.
 *
 * @param {ExchangeKind} kind
 * @param {{ exchange: string, requests: import('./transport.js').Request[] }} call
 * @returns {{ seconds?: number }}
 */
function waitOf(kind, call) {
  if (kind !== 'rateLimited' && kind !== 'bannedAddress') return {};
  const answered = call.requests.findLast((request) => request.state === 'answered');
  const seconds = answered === undefined ? undefined : secondsToWait(call.exchange, answered, Date.now());
  return seconds === undefined ? {} : { seconds };
}

/** @param {string} words @param {string | null} code */
function wordsOf(words, code) {
  const short = words.replaceAll(/\s+/g, ' ').replaceAll(/[a-z]+:\/\/\S+/gi, '…').trim().replace(/\.$/, '');
  return short === '' || short === code ? '' : `: ${short.slice(0, LONGEST_WORDS)}`;
}

/**
 * Nothing of the kind was sent: CCXT itself refused, or something that had to come first failed.
 *
 * @param {unknown} error
 * @param {{ exchange: string, name: string, requests: import('./transport.js').Request[] }} call
 * @param {(kind: ExchangeKind, mayHaveHappened: boolean, message: string, code?: string | null) => Refusal} refuse
 */
function beforehand(error, call, refuse) {
  // Of several reads side by side one that is still on its way is not the one that failed.
  const first = call.requests.findLast((request) => request.state !== 'leaving') ?? call.requests.at(-1);
  if (first !== undefined && first.state !== 'answered') return refuse('network', false, `${call.name} cannot be reached; nothing was sent.`);
  const { code, words } = readCode(parseExactly(first?.body ?? ''));
  const kind = (meaningOf(call.exchange, code, words) ?? classMeaning(error)).kind;
  const message = error instanceof Error ? wordsOf(error.message.replace(call.exchange, ''), null) : '';
  return refuse(kind, false, `${call.name}: not sent${message}.`, code);
}

/**
 * @param {unknown} error
 * @returns {{ kind: ExchangeKind, outcomeUnknown: boolean }}
 */
export function classMeaning(error) {
  for (let type = /** @type {any} */ (error)?.constructor; typeof type === 'function' && type.name !== ''; type = Object.getPrototypeOf(type)) {
    if (CLASSES[type.name] !== undefined) return CLASSES[type.name];
  }
  return { kind: 'unrecognised', outcomeUnknown: true };
}

/**
 * In a few words, without addresses.
 *
 * @param {unknown} error
 * @returns {string}
 */
export function reasonOf(error) {
  const text = error instanceof Error ? error.message : String(error);
  return `${classMeaning(error).kind}: ${text.replaceAll(/[a-z]+:\/\/\S+/gi, '…').slice(0, 200)}`;
}

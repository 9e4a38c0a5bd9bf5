import { MtcuteError, MtInvalidPeerTypeError, MtPeerNotFoundError, tl } from '@mtcute/node';
import { Refusal } from '../rpc/refusal.js';

/** Telegram's names for a session that works no longer. */
const LOST_LOGIN = new Set(['AUTH_KEY_UNREGISTERED', 'AUTH_KEY_INVALID', 'AUTH_KEY_DUPLICATED', 'SESSION_REVOKED', 'SESSION_EXPIRED', 'USER_DEACTIVATED', 'USER_DEACTIVATED_BAN']);
const NO_ACCESS = new Set(['CHANNEL_PRIVATE', 'CHANNEL_INVALID', 'CHAT_FORBIDDEN', 'INVITE_HASH_EXPIRED', 'INVITE_HASH_INVALID']);

/** @param {string} telegramError */
export function isLostLogin(telegramError) {
  return LOST_LOGIN.has(telegramError);
}

/**
 * The seconds that Telegram asks to wait, or null when the error is another one.
 *
 * @param {string} telegramError
 */
export function floodSeconds(telegramError) {
  const match = /^(?:FLOOD_WAIT|FLOOD_PREMIUM_WAIT|SLOWMODE_WAIT|FLOOD_TEST_PHONE_WAIT)_(\d+)$/.exec(telegramError);
  return match ? Number(match[1]) : null;
}

/**
 * The same of an error that the client threw: it keeps the seconds apart from the name.
 *
 * @param {import('@mtcute/node').tl.RpcError} error
 */
export function floodSecondsOf(error) {
  const seconds = /** @type {{ seconds?: unknown }} */ (error).seconds;
  return typeof seconds === 'number' ? floodSeconds(error.text.replace('%d', String(seconds))) : floodSeconds(error.text);
}

/**
 * Runs the action; Telegram's expected refusals become ours.
 *
 * @template T
 * @param {() => Promise<T>} action
 * @returns {Promise<T>}
 */
export async function translated(action) {
  try {
    return await action();
  } catch (error) {
    throw translate(error);
  }
}

/** @param {unknown} error */
function translate(error) {
  if (error instanceof Refusal) return error;
  if (error instanceof tl.RpcError) {
    const telegramError = error.text;
    const seconds = floodSecondsOf(error);
    if (seconds !== null) return new Refusal('floodWait', `Telegram asks to wait ${seconds} s.`, { seconds, telegramError });
    if (isLostLogin(telegramError)) return new Refusal('loginNeeded', `Telegram ended the login: ${telegramError}. Log in again.`, { telegramError });
    if (NO_ACCESS.has(telegramError)) return new Refusal('notMember', `The account cannot read this channel: ${telegramError}.`, { telegramError });
    return new Refusal('telegram', `Telegram refused: ${error.code} ${telegramError}.`, { telegramError });
  }
  if (error instanceof MtPeerNotFoundError) return new Refusal('notFound', 'There is no such channel, or the account has not joined it.');
  if (error instanceof MtInvalidPeerTypeError) return new Refusal('notAChannel', 'That is a person or a bot, not a channel or group.');
  if (error instanceof MtcuteError) return new Refusal('telegram', error.message);
  return error;
}

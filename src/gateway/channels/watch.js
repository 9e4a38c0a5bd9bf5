import { networkMiddlewares } from '@mtcute/node';
import { floodSeconds, isLostLogin } from './errors.js';

/** A wait that Telegram asks for is sat out up to this long; a longer one goes back to the caller, and the method is not called again before its end. */
const LONGEST_WAIT_MILLISECONDS = 10_000;

/**
 * What happens on the way between the client and Telegram that the program must know of.
 *
 * @typedef {object} Watch
 * @property {(method: string, seconds: number) => void} onFlood
 * @property {(channelId: number | null, reason: GapReason) => void} onGap bare id; null when it concerns all channels
 * @property {(telegramError: string) => void} onLostLogin
 *
 * @typedef {'gap' | 'tooLong' | 'failed' | 'reconnected'} GapReason
 */

/**
 * The client's steps for each call: our own eyes outermost for gaps, innermost for every single refusal.
 *
 * @param {Watch} watch
 * @returns {import('@mtcute/core').RpcCallMiddleware[]}
 */
export function watchingMiddlewares(watch) {
  return [
    gapWatch(watch),
    ...networkMiddlewares.basic({ floodWaiter: { maxWait: LONGEST_WAIT_MILLISECONDS }, internalErrors: { maxRetries: 5 } }),
    networkMiddlewares.onRpcError((context, error) => {
      const seconds = floodSeconds(error.errorMessage);
      if (seconds !== null) watch.onFlood(context.request._, seconds);
      if (isLostLogin(error.errorMessage)) watch.onLostLogin(error.errorMessage);
    }),
  ];
}

/**
 * The client asks for a difference when it saw that updates are missing. It repairs what it can; whatever it does, the history is the better witness.
 *
 * @param {Watch} watch
 * @returns {import('@mtcute/core').RpcCallMiddleware}
 */
function gapWatch(watch) {
  return async (context, next) => {
    const request = /** @type {{ _: string, channel?: { channelId?: number } }} */ (context.request);
    if (request._ !== 'updates.getChannelDifference' && request._ !== 'updates.getDifference') return next(context);
    const channelId = request._ === 'updates.getChannelDifference' ? request.channel?.channelId ?? null : null;
    let answer;
    try {
      answer = await next(context);
    } catch (error) {
      watch.onGap(channelId, 'failed');
      throw error;
    }
    const reason = gapReason(/** @type {{ _: string }} */ (answer)._);
    if (reason !== null) watch.onGap(channelId, reason);
    return answer;
  };
}

/**
 * @param {string} answer
 * @returns {GapReason | null}
 */
function gapReason(answer) {
  switch (answer) {
    case 'updates.channelDifferenceEmpty':
    case 'updates.differenceEmpty':
    // The common difference is complete by itself, and names the channels that need one of their own.
    case 'updates.difference':
    case 'updates.differenceSlice':
      return null;
    case 'updates.channelDifference':
      return 'gap';
    case 'updates.channelDifferenceTooLong':
    case 'updates.differenceTooLong':
      return 'tooLong';
    default:
      return 'failed';
  }
}

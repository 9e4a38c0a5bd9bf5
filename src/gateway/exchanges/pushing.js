import { setTimeout as after } from 'node:timers/promises';
import { classMeaning } from './errors.js';

/**
 * Waits of a feed, in milliseconds.
 *
 * @typedef {object} Pace
 * @property {number} poll between two looks by REST
 * @property {number} stale without any push for so long, the push counts as broken
 * @property {number} first the same for the very first push
 * @property {number} gather pushes are put together for so long, so that a busy market does not flood the program
 * @property {number} again before a broken push is tried again; doubled each time
 * @property {number} longestAgain up to this
 */

/** @type {Pace} */
export const PACE = { poll: 2_000, stale: 30_000, first: 5_000, gather: 100, again: 1_000, longestAgain: 60_000 };

/**
 * Calls a method of CCXT Pro again and again, which answers at each push. It ends with the signal, or when it cannot be called at all.
 *
 * @param {object} options
 * @param {AbortSignal} options.signal
 * @param {Pace} options.pace
 * @param {() => Promise<any>} options.watch
 * @param {(pushed: any) => void} options.onPush
 * @param {(error: unknown, isFinal: boolean) => void} options.onTrouble
 * @param {() => void} [options.onStart] before each try
 */
export async function keepWatching({ signal, pace, watch, onPush, onTrouble, onStart }) {
  let wait = pace.again;
  while (!signal.aborted) {
    try {
      onStart?.();
      while (!signal.aborted) {
        const pushed = await watch();
        if (signal.aborted) return;
        onPush(pushed);
        wait = pace.again;
      }
    } catch (error) {
      if (signal.aborted) return;
      const isFinal = classMeaning(error).kind === 'notSupported';
      onTrouble(error, isFinal);
      if (isFinal) return;
    }
    await pause(wait, signal);
    wait = Math.min(wait * 2, pace.longestAgain);
  }
}

/**
 * @param {number} milliseconds
 * @param {AbortSignal} signal ends the wait early
 */
export async function pause(milliseconds, signal) {
  await after(milliseconds, undefined, { signal, ref: false }).catch(() => undefined);
}

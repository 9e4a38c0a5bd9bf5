import { Refusal } from '../rpc/refusal.js';

const DAY = 24 * 60 * 60 * 1000;

/** No exchange tells of more than two years. */
const LONGEST_BACK = 2 * 366 * DAY;

/** The exchange's clock may go ahead of ours. */
const AHEAD = 60_000;

/**
 * How an exchange lists executions. `most`: so many at once. `days`: so long a time at once, counted from where it begins. `newestFirst`: when there are more than that, the oldest are
 * left out, so that the time has to be asked about in parts.
 *
 * @typedef {{ most: number, days: number | null, newestFirst: boolean }} FillList
 */

/**
 * All executions of a symbol since a moment, in their order; the first of them when they are more than the limit. One that were left out would be a position that nobody knows of.
 *
 * @param {import('./session.js').Session} session
 * @param {string} symbol
 * @param {number} since Unix milliseconds
 * @param {number} limit
 * @param {FillList} list
 * @returns {Promise<any[]>} CCXT's trades
 */
export async function fillsSince(session, symbol, since, limit, list) {
  const end = Date.now() + AHEAD;
  const length = list.days === null ? Infinity : list.days * DAY;
  /** @type {any[]} */
  const found = [];
  for (let from = Math.max(since, end - LONGEST_BACK); from <= end && found.length < limit; from += length) {
    const until = Math.min(from + length - 1, end);
    found.push(...(list.newestFirst ? await inParts(session, symbol, from, until, list) : await page(session, symbol, from, list.days === null ? null : until, list.most)).trades);
  }
  found.sort((one, other) => Number(one.timestamp) - Number(other.timestamp));
  return found.slice(0, limit);
}

/**
 * @param {import('./session.js').Session} session
 * @param {string} symbol
 * @param {number} from
 * @param {number} until
 * @param {FillList} list
 * @returns {Promise<{ trades: any[] }>}
 */
async function inParts(session, symbol, from, until, list) {
  const whole = await page(session, symbol, from, until, list.most);
  if (whole.count < list.most) return whole;
  if (until <= from) throw new Refusal('unrecognised', `${session.name} tells at most ${list.most} executions at once, and of ${symbol} there are as many in one moment.`, { exchangeCode: null, mayHaveHappened: false });
  const middle = Math.floor((from + until) / 2);
  const older = await inParts(session, symbol, from, middle, list);
  const newer = await inParts(session, symbol, middle + 1, until, list);
  return { trades: [...older.trades, ...newer.trades] };
}

/**
 * @param {import('./session.js').Session} session
 * @param {string} symbol
 * @param {number} from
 * @param {number | null} until
 * @param {number} most
 * @returns {Promise<{ trades: any[], count: number }>} `count`: how many the exchange told, which may be more than those of the symbol
 */
async function page(session, symbol, from, until, most) {
  const { exchange, profile } = session;
  if (profile.fillPage !== null) return await session.read(() => /** @type {any} */ (profile).fillPage(exchange, symbol, from, until));
  const trades = await session.read(() => exchange.fetchMyTrades(symbol, from, most, until === null ? {} : { until }));
  return { trades, count: trades.length };
}

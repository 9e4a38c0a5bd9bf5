import { isZero } from './decimals.js';

/**
 * Prices of one market; null is what the exchange did not tell.
 *
 * @typedef {{ symbol: string, bid: string | null, ask: string | null, last: string | null, mark: string | null, at: number, bookAt?: number }} Quote `at` and `bookAt`, when bid or ask
 * was told last, in Unix milliseconds
 */

/** So long bid and ask stand when only trades are told, in milliseconds. */
const BOOK_STANDS = 10_000;

/**
 * Of those of the symbols that are listed.
 *
 * @param {import('./session.js').Session} session
 * @param {string[]} wanted
 * @returns {Promise<Quote[]>}
 */
export async function quotes(session, wanted) {
  const symbols = await session.listed(wanted);
  if (symbols.length === 0) return [];
  /** @type {Map<string, Quote>} */
  const found = new Map();
  for (const source of session.profile.quoteSources) {
    const tickers = await fetchTickers(session, source, symbols);
    for (const ticker of tickers) {
      if (symbols.includes(ticker.symbol)) found.set(ticker.symbol, merge(found.get(ticker.symbol), toQuote(session, ticker)));
    }
  }
  return [...found.values()];
}

/**
 * @param {import('./session.js').Session} session
 * @param {string} source
 * @param {string[]} symbols
 * @returns {Promise<any[]>}
 */
async function fetchTickers(session, source, symbols) {
  if (source === 'fetchTicker' || !session.has(source) || (symbols.length === 1 && session.profile.readsOneTickerApart)) {
    const tickers = [];
    for (const symbol of symbols) tickers.push(await session.read(() => session.exchange.fetchTicker(symbol)));
    return tickers;
  }
  return Object.values(await session.read(() => session.exchange[source](symbols)));
}

/**
 * @param {import('./session.js').Session} session
 * @param {any} ticker CCXT's
 * @returns {Quote}
 */
export function toQuote(session, ticker) {
  return {
    symbol: ticker.symbol,
    bid: price(session, ticker.bid),
    ask: price(session, ticker.ask),
    last: price(session, ticker.last),
    mark: price(session, ticker.markPrice),
    at: Number(ticker.timestamp ?? Date.now()),
  };
}

/** @param {import('./session.js').Session} session @param {unknown} value */
function price(session, value) {
  const text = session.text(value);
  // An empty side of the book is told as zero by some.
  return text === null || isZero(text) ? null : text;
}

/**
 * @param {Quote | undefined} earlier
 * @param {Quote} later what it does not tell stays as it was
 * @returns {Quote}
 */
export function merge(earlier, later) {
  if (earlier === undefined) return later;
  const at = Math.max(earlier.at, later.at);
  const hasBook = later.bid !== null || later.ask !== null;
  const bookAt = hasBook ? later.at : earlier.bookAt ?? earlier.at;
  // Bid and ask may be pushed by a connection of their own, which can hang: with the time of the latest trade they would pass for fresh.
  const stands = hasBook || at - bookAt <= BOOK_STANDS;
  return {
    symbol: later.symbol,
    bid: later.bid ?? (stands ? earlier.bid : null),
    ask: later.ask ?? (stands ? earlier.ask : null),
    last: later.last ?? earlier.last,
    mark: later.mark ?? earlier.mark,
    at,
    bookAt,
  };
}

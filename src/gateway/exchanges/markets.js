import { toBaseAsset, volumeFactor } from './candleVolume.js';

/** CCXT's ways to tell a precision. */
const DECIMAL_PLACES = 2;
const TICK_SIZE = 4;

/**
 * The markets of the opened kind that can be traded now, read anew.
 *
 * @param {import('./session.js').Session} session
 */
export async function markets(session) {
  await session.reloadMarkets();
  return Object.values(session.exchange.markets)
    .filter((market) => market.type === session.kind && market.active !== false)
    .map((market) => toMarket(session, market));
}

/**
 * @param {import('./session.js').Session} session
 * @param {any} market CCXT's
 */
function toMarket(session, market) {
  const text = (/** @type {unknown} */ value) => session.text(value);
  return {
    symbol: market.symbol,
    id: market.id,
    base: market.base,
    quote: market.quote,
    settle: market.settle ?? null,
    kind: market.type,
    active: market.active !== false,
    linear: market.linear ?? null,
    inverse: market.inverse ?? null,
    tick: step(session, market.precision?.price),
    step: step(session, market.precision?.amount),
    minQuantity: text(market.limits?.amount?.min),
    maxQuantity: smallest(session, [market.limits?.amount?.max, market.limits?.market?.max, ...(session.profile.marketMaxQuantities?.(market) ?? [])]),
    minNotional: text(market.limits?.cost?.min),
    contractSize: text(market.contractSize),
    maxLeverage: text(market.limits?.leverage?.max),
    maintenanceMarginRate: text(market.info?.maintainMargin ?? market.info?.maintenanceMarginRate),
    makerFee: text(market.maker),
    takerFee: text(market.taker),
    holdsStops: session.profile.marketHoldsStops?.(market) ?? null,
    amendsStops: session.profile.amend?.(session.kind) === 'limitAndTrigger',
    holdsPairs: session.profile.pairs(session.kind)?.holds(market) ?? null,
  };
}

/**
 * The largest quantity of any order, also of those at the market, as which stops and closes go.
 *
 * @param {import('./session.js').Session} session
 * @param {unknown[]} limits
 */
function smallest(session, limits) {
  const told = limits.map((limit) => session.text(limit)).filter((limit) => limit !== null && Number(limit) > 0);
  return told.length === 0 ? null : told.reduce((least, limit) => (Number(limit) < Number(least) ? limit : least));
}

/**
 * @param {import('./session.js').Session} session
 * @param {unknown} precision
 * @returns {string | null} null when the exchange counts in significant digits: no fixed step says that
 */
function step(session, precision) {
  const text = session.text(precision);
  switch (session.exchange.precisionMode) {
    case TICK_SIZE:
      return text;
    case DECIMAL_PLACES:
      return text === null ? null : session.exchange.parsePrecision(text);
    default:
      return null;
  }
}

/**
 * @param {import('./session.js').Session} session
 * @param {string} symbol
 * @param {string} timeframe
 * @param {number | null} since Unix milliseconds
 * @param {number | null} limit
 * @returns {Promise<(number | string | null)[][]>} time, open, high, low, close, volume in the base asset
 */
export async function candles(session, symbol, timeframe, since, limit) {
  if (!session.has('fetchOHLCV') || session.exchange.timeframes?.[timeframe] === undefined) throw session.notSupported(`candles of '${timeframe.slice(0, 10)}'`);
  const inBaseAsset = await toBaseAsset(volumeFactor(session, await session.market(symbol)));
  const read = await session.read(() => session.exchange.fetchOHLCV(symbol, timeframe, since ?? undefined, limit ?? undefined));
  return read.map((/** @type {any[]} */ [time, ...values]) => {
    const [open, high, low, close, volume] = values.slice(0, 5).map((value) => session.text(value));
    return [Number(time), open, high, low, close, inBaseAsset(volume)];
  });
}

const MILLISECONDS_AN_HOUR = 3_600_000;

/**
 * Of those of the symbols that are listed.
 *
 * @param {import('./session.js').Session} session
 * @param {string[]} wanted
 */
export async function fundingRates(session, wanted) {
  if (session.kind !== 'swap') throw session.notSupported('funding rates');
  const symbols = await session.listed(wanted);
  if (symbols.length === 0) return [];
  const rates = session.exchange.has.fetchFundingRates === true
    ? Object.values(await session.read(() => session.exchange.fetchFundingRates(symbols)))
    : await oneByOne(session, symbols);
  return rates.filter((rate) => symbols.includes(rate.symbol)).map((rate) => ({
    symbol: rate.symbol,
    rate: session.text(rate.fundingRate),
    nextAt: rate.fundingTimestamp ?? rate.nextFundingTimestamp ?? null,
    intervalHours: intervalHours(session, rate.interval),
  }));
}

/** @param {import('./session.js').Session} session @param {string[]} symbols @returns {Promise<any[]>} */
async function oneByOne(session, symbols) {
  if (!session.has('fetchFundingRate')) throw session.notSupported('funding rates');
  const rates = [];
  for (const symbol of symbols) rates.push(await session.read(() => session.exchange.fetchFundingRate(symbol)));
  return rates;
}

/** @param {import('./session.js').Session} session @param {unknown} interval such as '8h' */
function intervalHours(session, interval) {
  return typeof interval === 'string' ? (session.exchange.parseTimeframe(interval) * 1000) / MILLISECONDS_AN_HOUR : null;
}

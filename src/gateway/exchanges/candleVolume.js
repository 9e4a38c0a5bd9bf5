/** Exchanges that count the volume of a contract's candles in contracts, through CCXT 4.5.84. */
const IN_CONTRACTS = new Set(['gate', 'gateio', 'kucoin', 'kucoinfutures', 'mexc']);

/** Those that count it in the base asset although their contracts are not one of it. */
const IN_BASE_ASSET = new Set(['deribit', 'htx', 'huobi', 'okx']);

/**
 * By what the volume of a market's candles is multiplied to be in the base asset. CCXT passes on what the exchange tells, in the exchange's unit; where that is not known, nothing
 * is guessed.
 *
 * @param {import('./session.js').Session} session
 * @param {any} market CCXT's
 * @returns {string | null} null when it is in the base asset already
 */
export function volumeFactor(session, market) {
  if (market.contract !== true) return null;
  if (market.inverse === true) throw session.notSupported('candles of contracts settled in their base asset, with volumes that can be used');
  const size = session.text(market.contractSize);
  if (size === null || Number(size) === 1 || IN_BASE_ASSET.has(session.exchange.id)) return null;
  if (!IN_CONTRACTS.has(session.exchange.id)) throw session.notSupported(`candles whose volume is told in a known unit (a contract of ${market.symbol} is ${size} ${market.base})`);
  return size;
}

/**
 * Exact, as CCXT multiplies; which is loaded only once an exchange was asked for.
 *
 * @param {string | null} factor
 * @returns {Promise<(volume: string | null) => string | null>}
 */
export async function toBaseAsset(factor) {
  if (factor === null) return (volume) => volume;
  const { Precise } = (await import('ccxt')).default;
  return (volume) => (volume === null ? null : Precise.stringMul(volume, factor));
}

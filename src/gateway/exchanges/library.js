/**
 * CCXT takes half a second to load; it is loaded with the first call about an exchange, so that a gateway without exchanges starts at once.
 *
 * @typedef {any} CcxtExchange CCXT's own types are those of its float interface; here every number is text
 */

/** @type {Promise<any> | null} */
let loading = null;

/** @returns {Promise<any>} the library */
export function ccxt() {
  loading ??= import('ccxt').then((module) => module.default);
  return loading;
}

/** Where spot and perpetual futures are two things for CCXT but one exchange for people. */
const SWAP_CLASS = /** @type {Record<string, string>} */ ({ kucoin: 'kucoinfutures', kraken: 'krakenfutures' });

/**
 * @param {string} exchange
 * @param {'spot' | 'swap'} kind
 * @returns {string} the id of CCXT's class
 */
export function classFor(exchange, kind) {
  return kind === 'swap' ? SWAP_CLASS[exchange] ?? exchange : exchange;
}

/**
 * Every exchange that CCXT knows.
 *
 * @returns {Promise<{ id: string, name: string, has: { spot: boolean, swap: boolean }, certified: boolean, pro: boolean }[]>}
 */
export async function knownExchanges() {
  const library = await ccxt();
  return library.exchanges.map((/** @type {string} */ id) => {
    const exchange = new library[id]();
    const ofSwap = new library[classFor(id, 'swap')]();
    return {
      id,
      name: exchange.name,
      has: { spot: exchange.has.spot === true, swap: ofSwap.has.swap === true },
      certified: exchange.certified === true,
      pro: id in library.pro,
    };
  });
}

import { Refusal } from '../rpc/refusal.js';

/** The lists in which an order may be, the likeliest first. */
const LISTS = ['fetchOpenOrders', 'fetchClosedOrders', 'fetchCanceledOrders', 'fetchOrders'];

/**
 * Finds one order by our id or the exchange's. That there is none is said only when every place it could be in has answered.
 *
 * @param {import('./session.js').Session} session
 * @param {{ symbol: string, clientOrderId: string, exchangeOrderId: string | null, isTrigger: boolean }} which
 * @returns {Promise<any>} CCXT's order; otherwise `orderNotFound`
 */
export async function lookUp(session, which) {
  const { exchange, profile } = session;
  const market = await session.market(which.symbol);
  const clientOrderId = session.ids.toExchange(which.clientOrderId);
  const wanted = { kind: session.kind, symbol: which.symbol, marketId: market.id, clientOrderId, id: which.exchangeOrderId, isTrigger: which.isTrigger };
  const found = await orNull(session.read(async () => await profile.findDirectly(exchange, wanted, profile)));
  if (found !== null && isIt(found, wanted, profile)) return found;
  if (profile.findInLists) {
    for (const list of LISTS.filter((each) => exchange.has[each] === true)) {
      const orders = await session.read(() => exchange[list](which.symbol, undefined, profile.mostOpenOrders ?? undefined));
      const inList = orders.find((/** @type {any} */ each) => profile.clientIdOf(each) === clientOrderId || (wanted.id !== null && each.id === wanted.id));
      if (inList !== undefined) return inList;
    }
  }
  throw new Refusal('orderNotFound', `${session.name} knows no order ${which.clientOrderId} of ${which.symbol}.`, { exchangeCode: null, mayHaveHappened: false });
}

/**
 * An answer about another order would be worse than none.
 *
 * @param {any} found
 * @param {import('./profiles/index.js').WantedOrder} wanted
 * @param {import('./profiles/index.js').Profile} profile
 */
function isIt(found, wanted, profile) {
  const clientId = profile.clientIdOf(found);
  if (wanted.id !== null && found.id !== undefined && found.id !== null) return String(found.id) === wanted.id;
  return clientId === undefined || clientId === null || clientId === '' || clientId === wanted.clientOrderId;
}

/**
 * Null when the exchange definitely has no such order; every other refusal stays one.
 *
 * @template T
 * @param {Promise<T>} finding
 * @returns {Promise<T | null>}
 */
export async function orNull(finding) {
  try {
    return (await finding) ?? null;
  } catch (error) {
    if (error instanceof Refusal && error.kind === 'orderNotFound') return null;
    throw error;
  }
}

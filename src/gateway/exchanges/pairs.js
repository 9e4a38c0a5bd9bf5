import { Refusal } from '../rpc/refusal.js';
import { isZero, minus, plus } from './decimals.js';
import { orNull } from './orderLookup.js';
import { toOrder } from './orderText.js';

/**
 * A pair of stop and target is one order for the program, with one id of ours, and two at the exchange.
 *
 * @typedef {import('./session.js').Session} Session
 * @typedef {import('./profiles/index.js').Legs} Legs
 * @typedef {import('./orderText.js').OrderText} OrderText
 */

/**
 * @param {Session} session
 * @returns {import('./profiles/index.js').Pairs | null} how pairs are kept where the account was opened
 */
export function pairsOf(session) {
  return session.profile.pairs(session.kind);
}

/**
 * Sends both orders with one request, once.
 *
 * @param {Session} session
 * @param {import('./orders.js').Placing} placing
 * @param {import('./profiles/index.js').PlannedOrder} planned
 * @returns {Promise<OrderText>}
 */
export async function placePair(session, placing, planned) {
  const pairs = offered(session);
  const legs = await session.write(() => pairs.place(session.exchange, planned));
  const order = toPair(session, legs, placing);
  // Without both ids it is no word that the pair stands.
  if (order.id === null || order.childId === null) throw new Refusal('unrecognised', `${session.name} answered without the ids of a pair.`, { exchangeCode: null, mayHaveHappened: true });
  return order;
}

/**
 * @param {Session} session
 * @param {import('./orders.js').Which} which
 * @returns {Promise<OrderText>}
 */
export async function findPair(session, which) {
  const pairs = offered(session);
  const wanted = await toWanted(session, which);
  const legs = await pairs.find(session.exchange, wanted, (action) => orNull(session.read(action)));
  if (legs === null) throw notFound(session, which);
  const order = toPair(session, legs, which);
  // One order alone does not say what became of the pair, unless it is open or has executed all of it.
  if (order.status === null && (legs.limit === null || legs.stop === null)) throw new Refusal('network', `${session.name} tells only a part of the pair ${which.clientOrderId} of ${which.symbol}.`, { exchangeCode: null, mayHaveHappened: false });
  return order;
}

/**
 * Withdraws what is left of a pair.
 *
 * @param {Session} session
 * @param {import('./orders.js').Which} which
 * @returns {Promise<OrderText>}
 */
export async function cancelPair(session, which) {
  const pairs = offered(session);
  const wanted = await toWanted(session, which);
  const legs = await pairs.cancel(session.exchange, wanted, (action) => orNull(session.write(action)));
  if (legs === null) throw notFound(session, which);
  return toPair(session, legs, { symbol: which.symbol, clientOrderId: which.clientOrderId, id: wanted.id });
}

/**
 * Orders as the program reads them, each pair of ours as one.
 *
 * @param {Session} session
 * @param {any[]} orders CCXT's
 * @returns {OrderText[]}
 */
export function asOrders(session, orders) {
  /** @type {Map<string, Legs>} by the exchange's name of the pair */
  const pairs = new Map();
  /** @type {(Legs | { order: any })[]} */
  const found = [];
  for (const order of orders) {
    const part = pairsOf(session)?.legOf(order) ?? null;
    if (part === null) {
      found.push({ order });
      continue;
    }
    const legs = pairs.get(part.pair) ?? { limit: null, stop: null };
    if (!pairs.has(part.pair)) found.push(legs);
    pairs.set(part.pair, legs);
    legs[part.leg] = order;
  }
  return found.map((each) => ('order' in each ? toOrder(session, each.order, null) : toPair(session, each, null)));
}

/**
 * An order that was pushed. Of a pair each order is pushed by itself; what was pushed of the other before is taken with it.
 *
 * @param {Session} session
 * @param {any} order CCXT's
 * @returns {OrderText}
 */
export function pushedOrder(session, order) {
  const part = pairsOf(session)?.legOf(order) ?? null;
  if (part === null) return toOrder(session, order, null);
  const other = (session.exchange.orders ?? []).findLast((/** @type {any} */ each) => {
    const its = pairsOf(session)?.legOf(each) ?? null;
    return each.symbol === order.symbol && its?.pair === part.pair && its.leg !== part.leg;
  });
  return toPair(session, part.leg === 'limit' ? { limit: order, stop: other ?? null } : { limit: other ?? null, stop: order }, null);
}

/**
 * @param {Session} session
 * @param {Legs} legs as far as they are known
 * @param {Partial<OrderText> | null} asked fills in what the answer leaves out
 * @returns {OrderText}
 */
function toPair(session, legs, asked) {
  const limit = legs.limit === null ? null : toOrder(session, legs.limit, null);
  const stop = legs.stop === null ? null : toOrder(session, legs.stop, null);
  const known = /** @type {OrderText[]} */ ([limit, stop].filter((each) => each !== null));
  const named = [legs.limit, legs.stop].map((each) => pairsOf(session)?.legOf(each)?.pair).find((pair) => pair !== undefined);
  const quantity = known[0]?.quantity ?? asked?.quantity ?? null;
  const filled = filledOf(known);
  const executed = known.filter((each) => each.filled !== null && !isZero(each.filled));
  return {
    id: limit?.id ?? asked?.id ?? null,
    clientOrderId: asked?.clientOrderId ?? session.ids.fromExchange(named),
    symbol: known[0]?.symbol ?? asked?.symbol ?? null,
    side: known[0]?.side ?? asked?.side ?? null,
    type: 'oneCancelsOther',
    status: statusOf(known),
    quantity,
    filled,
    remaining: minus(quantity, filled),
    average: executed.length === 1 ? executed[0].average : null,
    price: limit?.price ?? asked?.price ?? null,
    trigger: stop?.trigger ?? asked?.trigger ?? null,
    reduceOnly: asked?.reduceOnly ?? null,
    at: known[0]?.at ?? null,
    childId: stop?.id ?? null,
  };
}

/**
 * One that is open or has executed all tells enough: the first execution of the one ends the other.
 *
 * @param {OrderText[]} known
 * @returns {string | null}
 */
function statusOf(known) {
  const statuses = known.map((each) => each.status);
  if (statuses.includes('closed')) return 'closed';
  if (statuses.includes('open')) return 'open';
  if (statuses.length < 2 || statuses.includes(null)) return null;
  return statuses.find((status) => status === 'canceled') ?? statuses.find((status) => status === 'expired') ?? 'rejected';
}

/** @param {OrderText[]} known */
function filledOf(known) {
  if (known.length < 2 && !known.some((each) => each.status === 'open' || each.status === 'closed')) return null;
  return known.reduce((/** @type {string | null} */ sum, each) => plus(sum, each.filled), '0');
}

/** @param {Session} session */
function offered(session) {
  const pairs = pairsOf(session);
  if (pairs === null) throw session.notSupported('pairs of stop and target');
  return pairs;
}

/** @param {Session} session @param {import('./orders.js').Which} which */
async function toWanted(session, which) {
  const market = await session.market(which.symbol);
  return {
    kind: session.kind, symbol: which.symbol, marketId: market.id, clientOrderId: session.ids.toExchange(which.clientOrderId), id: which.exchangeOrderId, isTrigger: false,
  };
}

/** @param {Session} session @param {import('./orders.js').Which} which */
function notFound(session, which) {
  return new Refusal('orderNotFound', `${session.name} knows no pair ${which.clientOrderId} of ${which.symbol}.`, { exchangeCode: null, mayHaveHappened: false });
}

import { Refusal } from '../rpc/refusal.js';
import { capabilities } from './capabilities.js';
import { plain } from './decimals.js';
import { heldAs } from './heldAs.js';
import { lookUp } from './orderLookup.js';
import { toOrder } from './orderText.js';
import { asOrders, cancelPair, findPair, pairsOf, placePair } from './pairs.js';

/**
 * @typedef {import('./session.js').Session} Session
 * @typedef {import('./profiles/index.js').OrderType} OrderType
 *
 * @typedef {object} Placing
 * @property {string} symbol
 * @property {'buy' | 'sell'} side
 * @property {OrderType} type
 * @property {string} quantity
 * @property {string | null} price
 * @property {string | null} trigger
 * @property {boolean} reduceOnly
 * @property {boolean} postOnly
 * @property {string} clientOrderId
 * @property {number | null} leverage
 * @property {'cross' | 'isolated' | null} marginMode
 * @property {number | null} notAfter the order leaves by then or not at all, in milliseconds since 1970; null where late is better than never
 *
 * @typedef {object} Which
 * @property {string} symbol
 * @property {string} clientOrderId
 * @property {string | null} exchangeOrderId of a pair that of its limit
 * @property {boolean} isTrigger
 * @property {boolean} isPair
 */

/**
 * The program waits five seconds longer than one request may take. An order that left after that would leave when it counts as one that never arrived, beside the one that was sent
 * in its place. In milliseconds.
 */
const LONGEST_BEFORE_SENDING = 4_000;

/**
 * Sends one order, once.
 *
 * @param {Session} session
 * @param {Placing} placing
 */
export async function place(session, placing) {
  const asked = performance.now();
  const market = await session.market(placing.symbol);
  checkPlacing(session, market, placing);
  const prepared = session.prepared.get(placing.symbol) ?? await heldAs(session, placing);
  const planned = {
    ...placing,
    kind: session.kind,
    clientOrderId: session.ids.toExchange(placing.clientOrderId),
    leverage: placing.leverage ?? prepared?.leverage ?? null,
    marginMode: placing.marginMode ?? prepared?.marginMode ?? null,
  };
  const isUnprepared = (session.profile.leveragePerOrder && planned.leverage === null) || (session.profile.marginModePerOrder && planned.marginMode === null);
  if (session.kind === 'swap' && !placing.reduceOnly && isUnprepared) {
    throw refused('invalidOrder', `${session.name} takes leverage or margin mode with each order: exchange.prepare for ${placing.symbol} comes first.`);
  }
  const { triggerWaits } = session.profile;
  const isPair = placing.type === 'oneCancelsOther';
  if (!isPair && planned.trigger !== null && triggerWaits !== null && !(await session.read(() => triggerWaits(session.exchange, planned)))) {
    throw refused('wouldTriggerAtOnce', `${session.name}: the price of ${placing.symbol} has passed the trigger ${placing.trigger} already.`);
  }
  if (performance.now() - asked > LONGEST_BEFORE_SENDING) throw refused('network', `${session.name}: not sent, because what had to come first took too long.`);
  if (placing.notAfter !== null && Date.now() > placing.notAfter) throw refused('tooLate', `${session.name}: not sent, because it would have left too late.`);
  if (isPair) return await placePair(session, placing, planned);
  const isLimit = placing.type === 'limit' || placing.type === 'takeProfitLimit';
  const price = isLimit || marketBuyNeedsPrice(session, placing) ? placing.price ?? undefined : undefined;
  const answer = await session.write(() => session.exchange.createOrder(
    placing.symbol, isLimit ? 'limit' : 'market', placing.side, placing.quantity, price, session.profile.placeParameters(planned),
  ));
  const order = toOrder(session, answer, placing);
  // Without an id it is no word that the order stands.
  if (order.id === null) throw new Refusal('unrecognised', `${session.name} answered without an order's id.`, { exchangeCode: null, mayHaveHappened: true });
  return order;
}

/** @param {Session} session @param {Placing} placing */
function marketBuyNeedsPrice(session, placing) {
  return placing.type === 'market' && placing.side === 'buy' && capabilities(session).marketBuyNeedsPrice;
}

/**
 * @param {Session} session
 * @param {any} market
 * @param {Placing} placing
 */
function checkPlacing(session, market, placing) {
  const can = capabilities(session);
  const { type } = placing;
  if ((type === 'stopMarket' || type === 'takeProfitMarket' || type === 'takeProfitLimit') && !can[type]) throw session.notSupported(`orders of type ${type}`);
  if (type === 'oneCancelsOther' && pairsOf(session)?.holds(market) !== true) throw session.notSupported(`pairs of stop and target in ${market.symbol}`);
  if (placing.reduceOnly && !can.reduceOnly) throw session.notSupported('reduce-only orders');
  const wantsPrice = type === 'limit' || type === 'takeProfitLimit' || type === 'oneCancelsOther' || marketBuyNeedsPrice(session, placing);
  const wantsTrigger = type !== 'limit' && type !== 'market';
  if (wantsPrice && placing.price === null) throw refused('invalidOrder', `An order of type ${type} on ${session.name} needs a price.`);
  if (wantsTrigger && placing.trigger === null) throw refused('invalidOrder', `An order of type ${type} needs a trigger price.`);
  if (!wantsTrigger && placing.trigger !== null) throw refused('invalidOrder', `An order of type ${type} has no trigger price.`);
  exactly(session, market, 'quantity', placing.quantity);
  if (placing.price !== null && type !== 'market') exactly(session, market, 'price', placing.price);
  if (placing.trigger !== null) exactly(session, market, 'trigger', placing.trigger);
}

/**
 * CCXT rounds in silence; here nothing is rounded: what does not fit is refused before it is sent.
 *
 * @param {Session} session
 * @param {any} market
 * @param {'quantity' | 'price' | 'trigger'} what
 * @param {string} value
 */
function exactly(session, market, what, value) {
  const { exchange } = session;
  let rounded;
  try {
    rounded = what === 'quantity' ? exchange.amountToPrecision(market.symbol, value) : exchange.priceToPrecision(market.symbol, value);
  } catch {
    rounded = '0';
  }
  if (plain(rounded) === plain(value)) return;
  const step = session.text(what === 'quantity' ? market.precision.amount : market.precision.price);
  throw refused('wrongPrecision', `The ${what} ${value} of ${market.symbol} is not a multiple of ${step}.`);
}

/**
 * Changes an order in place. It reads the order first, as exchanges want all of it again. The type is what whoever placed it knows it to be: not every exchange tells a stop from a target.
 *
 * @param {Session} session
 * @param {{ symbol: string, clientOrderId: string, exchangeOrderId: string | null, type: OrderType | null, quantity: string | null, price: string | null, trigger: string | null }} change
 */
export async function amend(session, change) {
  const market = await session.market(change.symbol);
  const able = session.profile.amend?.(session.kind) ?? null;
  if (able === null || (change.trigger !== null && able !== 'limitAndTrigger')) throw session.notSupported('way to change such an order in place');
  if (change.quantity !== null) exactly(session, market, 'quantity', change.quantity);
  if (change.price !== null) exactly(session, market, 'price', change.price);
  if (change.trigger !== null) exactly(session, market, 'trigger', change.trigger);
  const current = await lookUp(session, { ...change, isTrigger: change.trigger !== null });
  const now = toOrder(session, current, null);
  if (now.status !== 'open') throw refused('orderNotFound', `The order ${change.clientOrderId} is ${now.status ?? 'in an unknown state'} and cannot be changed.`);
  if (now.trigger !== null && able !== 'limitAndTrigger') throw session.notSupported('way to change a waiting order in place');
  await checkMove(session, change, current.side, /** @type {OrderType} */ (change.type ?? now.type));
  const quantity = change.quantity ?? now.quantity;
  const price = change.price ?? now.price;
  const answer = await session.write(() => session.exchange.editOrder(
    current.id, change.symbol, price === null ? 'market' : 'limit', current.side, quantity ?? undefined, price ?? undefined,
    change.trigger === null ? {} : { triggerPrice: change.trigger },
  ));
  const known = { ...now, quantity, price, trigger: change.trigger ?? now.trigger, clientOrderId: change.clientOrderId };
  return toOrder(session, answer, known);
}

/**
 * A trigger that the price has passed is refused before it is sent, where the exchange would take it for its opposite.
 *
 * @param {Session} session
 * @param {{ symbol: string, clientOrderId: string, trigger: string | null }} change
 * @param {'buy' | 'sell'} side
 * @param {OrderType} type
 */
async function checkMove(session, change, side, type) {
  const { triggerWaits } = session.profile;
  if (change.trigger === null || triggerWaits === null) return;
  const moved = { ...change, kind: session.kind, side, type, quantity: '', price: null, reduceOnly: false, postOnly: false, leverage: null, marginMode: null };
  if (!(await session.read(() => triggerWaits(session.exchange, moved)))) {
    throw refused('wouldTriggerAtOnce', `${session.name}: the price of ${change.symbol} has passed the trigger ${change.trigger} already.`);
  }
}

/**
 * @param {Session} session
 * @param {Which} which
 */
export async function cancel(session, which) {
  if (which.isPair) return await cancelPair(session, which);
  const market = await session.market(which.symbol);
  const { profile, exchange } = session;
  const wanted = {
    kind: session.kind, symbol: which.symbol, marketId: market.id, clientOrderId: session.ids.toExchange(which.clientOrderId), id: which.exchangeOrderId, isTrigger: which.isTrigger,
  };
  // One that is cancelled by the exchange's id alone must be found first.
  if (wanted.id === null && needsExchangeId(session)) wanted.id = (await lookUp(session, which)).id;
  const parameters = { ...(wanted.id === null ? profile.clientParameter(wanted.clientOrderId) : {}), ...profile.triggerParameter(wanted) };
  const answer = await session.write(async () => (profile.cancelDirectly === null
    ? await exchange.cancelOrder(wanted.id ?? undefined, which.symbol, parameters)
    : await profile.cancelDirectly(exchange, wanted, profile)));
  return toOrder(session, answer, { symbol: which.symbol, clientOrderId: which.clientOrderId, id: wanted.id });
}

/** @param {Session} session */
function needsExchangeId(session) {
  return !session.profile.isProven || session.exchange.id === 'coinbase';
}

/**
 * @param {Session} session
 * @param {Which} which
 */
export async function order(session, which) {
  if (which.isPair) return await findPair(session, which);
  return toOrder(session, await lookUp(session, which), { symbol: which.symbol, clientOrderId: which.clientOrderId });
}

/**
 * All of them, those that wait for their trigger included.
 *
 * @param {Session} session
 * @param {string | null} symbol
 */
export async function openOrders(session, symbol) {
  return asOrders(session, [...(await listed(session, symbol)).values()].map((each) => each.order));
}

/**
 * Withdraws an order that is not ours, and of which only the exchange's id is known for certain. It is found first: whoever placed it may have placed it in any of the exchange's books.
 *
 * @param {Session} session
 * @param {string} symbol
 * @param {string} id
 */
export async function withdraw(session, symbol, id) {
  const found = (await listed(session, symbol)).get(id);
  if (found === undefined) throw refused('orderNotFound', `${session.name} has no open order ${id} in ${symbol}.`);
  return toOrder(session, await session.write(() => session.exchange.cancelOrder(id, symbol, found.book)), { symbol, id });
}

/**
 * Every open order by its id, with the parameters under which it was found.
 *
 * @param {Session} session
 * @param {string | null} symbol
 */
async function listed(session, symbol) {
  if (symbol === null) await session.withMarkets();
  else await session.market(symbol);
  const { profile } = session;
  const limit = profile.mostOpenOrders ?? undefined;
  /** @type {Map<string, { order: any, book: Record<string, unknown> }>} */
  const found = new Map();
  for (const book of [{}, ...profile.triggerLists(session.kind)]) {
    const page = await session.read(() => session.exchange.fetchOpenOrders(symbol ?? undefined, undefined, limit, book));
    if (profile.mostOpenOrders !== null && page.length >= profile.mostOpenOrders) {
      throw refused('unrecognised', `${session.name} gives at most ${profile.mostOpenOrders} open orders at once, and there are as many or more: ask for one symbol.`);
    }
    for (const order of page) found.set(String(order.id), { order, book });
  }
  return found;
}

/** @param {import('./errors.js').ExchangeKind} kind @param {string} message */
function refused(kind, message) {
  return new Refusal(kind, message, { exchangeCode: null, mayHaveHappened: false });
}

import { isZero } from './decimals.js';

const STATUSES = new Set(['open', 'closed', 'canceled', 'expired', 'rejected']);

/**
 * An order as the program reads it. Null is what the exchange did not tell; a null `status` after placing, changing or cancelling means that it took the request.
 *
 * @typedef {object} OrderText
 * @property {string | null} id
 * @property {string | null} clientOrderId ours
 * @property {string | null} symbol
 * @property {string | null} side
 * @property {string | null} type
 * @property {string | null} status
 * @property {string | null} quantity
 * @property {string | null} filled
 * @property {string | null} remaining
 * @property {string | null} average
 * @property {string | null} price
 * @property {string | null} trigger
 * @property {boolean | null} reduceOnly
 * @property {number | null} at Unix milliseconds
 * @property {string | null} childId the order that a triggered one became, where it has an id of its own
 */

/**
 * @param {import('./session.js').Session} session
 * @param {any} order CCXT's
 * @param {Partial<OrderText> | null} asked fills in what the answer leaves out
 * @returns {OrderText}
 */
export function toOrder(session, order, asked) {
  const text = (/** @type {unknown} */ value) => session.text(value);
  const clientOrderId = session.ids.fromExchange(session.profile.clientIdOf(order ?? {}));
  return {
    id: idText(order?.id) ?? asked?.id ?? null,
    clientOrderId: asked?.clientOrderId ?? clientOrderId,
    symbol: order?.symbol ?? asked?.symbol ?? null,
    side: order?.side ?? asked?.side ?? null,
    type: asked?.type ?? typeOf(order),
    status: STATUSES.has(order?.status) ? order.status : null,
    quantity: text(order?.amount) ?? asked?.quantity ?? null,
    filled: text(order?.filled),
    remaining: text(order?.remaining),
    average: positive(text(order?.average)),
    price: positive(text(order?.price)) ?? asked?.price ?? null,
    trigger: positive(text(triggerOf(order))) ?? asked?.trigger ?? null,
    reduceOnly: typeof order?.reduceOnly === 'boolean' ? order.reduceOnly : asked?.reduceOnly ?? null,
    at: order?.timestamp === undefined || order?.timestamp === null ? null : Number(order.timestamp),
    childId: idText(session.profile.childIdOf(order ?? {})),
  };
}

/** @param {unknown} id @returns {string | null} */
export function idText(id) {
  return id === undefined || id === null || id === '' ? null : String(id);
}

/** @param {string | null} price zero stands for none */
function positive(price) {
  return price === null || isZero(price) ? null : price;
}

/** @param {any} order */
function triggerOf(order) {
  return order?.triggerPrice ?? order?.stopLossPrice ?? order?.takeProfitPrice;
}

/**
 * @param {any} order
 * @returns {string | null} one of our types, or what the exchange calls it
 */
function typeOf(order) {
  if (order === undefined || order === null) return null;
  const said = String(order.type ?? '').toLowerCase();
  if (triggerOf(order) === undefined || triggerOf(order) === null) return said === '' ? null : said;
  const theirs = `${said} ${order.info?.type ?? ''} ${order.info?.orderType ?? ''} ${order.info?.stopOrderType ?? ''} ${order.info?.ordType ?? ''} ${order.info?.descr?.ordertype ?? ''}`.toLowerCase();
  const takesProfit = /take.?profit|tp/.test(theirs) || (order.takeProfitPrice !== undefined && order.takeProfitPrice !== null && (order.stopLossPrice ?? null) === null);
  if (!takesProfit) return 'stopMarket';
  return said.includes('limit') ? 'takeProfitLimit' : 'takeProfitMarket';
}

/**
 * Pairs of stop and target on Binance spot: a list of two orders of which one ends the other, also when the one is executed in part only. The list has our id, each order ours with
 * an ending that our ids never have.
 *
 * @typedef {import('./index.js').Legs} Legs
 * @typedef {import('../library.js').CcxtExchange} CcxtExchange
 */

const ENDINGS = /** @type {const} */ ({ limit: '_L', stop: '_S' });
const LEG = /^([A-Za-z0-9-]{1,32})_([LS])$/;

/** @type {import('./index.js').Pairs} */
export const binancePairs = {
  holds: (market) => market.info?.ocoAllowed === true && ['LIMIT_MAKER', 'STOP_LOSS'].every((type) => market.info.orderTypes?.includes(type) === true),
  legOf,
  place: async (exchange, order) => {
    // A sale has its limit above the price and its stop below, a purchase the reverse.
    const [limit, stop] = order.side === 'sell' ? ['above', 'below'] : ['below', 'above'];
    return legsIn(exchange, order.symbol, await exchange.privatePostOrderListOco({
      symbol: exchange.market(order.symbol).id,
      side: order.side.toUpperCase(),
      quantity: order.quantity,
      listClientOrderId: order.clientOrderId,
      [`${limit}Type`]: 'LIMIT_MAKER',
      [`${limit}Price`]: order.price,
      [`${limit}ClientOrderId`]: order.clientOrderId + ENDINGS.limit,
      [`${stop}Type`]: 'STOP_LOSS',
      [`${stop}StopPrice`]: order.trigger,
      [`${stop}ClientOrderId`]: order.clientOrderId + ENDINGS.stop,
      newOrderRespType: 'RESULT',
    }));
  },
  find: async (exchange, wanted, ask) => {
    const named = async (/** @type {string} */ ending) => await ask(() => exchange.fetchOrder(undefined, wanted.symbol, { clientOrderId: wanted.clientOrderId + ending }));
    const [limit, stop] = [await named(ENDINGS.limit), await named(ENDINGS.stop)];
    if (limit !== null && stop !== null) return { limit, stop };
    // A withdrawal may take an order's own id from it; the list keeps ours, and knows its orders by their numbers.
    const list = await ask(() => exchange.privateGetOrderList({ origClientOrderId: wanted.clientOrderId }));
    if (list === null) return limit === null && stop === null ? null : { limit, stop };
    /** @type {any[]} */
    const others = [];
    for (const { orderId } of list.orders ?? []) {
      if (![limit?.id, stop?.id].includes(String(orderId))) others.push(await ask(() => exchange.fetchOrder(String(orderId), wanted.symbol)));
    }
    const isStop = (/** @type {any} */ order) => order?.info?.type === 'STOP_LOSS';
    return { limit: limit ?? others.find((each) => each !== null && !isStop(each)) ?? null, stop: stop ?? others.find(isStop) ?? null };
  },
  cancel: async (exchange, wanted, attempt) => {
    const symbol = wanted.marketId;
    // Of a list whose stop has ended already only the limit may be left.
    const answer = await attempt(() => exchange.privateDeleteOrderList({ symbol, listClientOrderId: wanted.clientOrderId }))
      ?? await attempt(() => exchange.privateDeleteOrder({ symbol, ...(wanted.id === null ? { origClientOrderId: wanted.clientOrderId + ENDINGS.limit } : { orderId: wanted.id }) }));
    return answer === null ? null : legsIn(exchange, wanted.symbol, answer);
  },
};

/**
 * The orders in an answer about a list, or about one of its orders.
 *
 * @param {CcxtExchange} exchange
 * @param {string} symbol
 * @param {any} answer
 * @returns {Legs}
 */
function legsIn(exchange, symbol, answer) {
  /** @type {Legs} */
  const legs = { limit: null, stop: null };
  for (const report of Array.isArray(answer?.orderReports) ? answer.orderReports : [answer]) {
    const order = exchange.parseOrder(report, exchange.market(symbol));
    const part = legOf(order);
    if (part !== null) legs[part.leg] = order;
  }
  return legs;
}

/** @type {import('./index.js').Pairs['legOf']} */
function legOf(each) {
  const list = each?.info?.orderListId ?? each?.info?.g;
  if (list === undefined || list === null || Number(list) < 0) return null;
  // In the answer to a withdrawal the order's own id stands apart, and beside it that of the withdrawal.
  const parts = LEG.exec(each.info.origClientOrderId || each.clientOrderId || each.info.c || '');
  return parts === null ? null : { pair: parts[1], leg: parts[2] === 'L' ? 'limit' : 'stop' };
}

import { AS_IT_IS } from '../clientIds.js';

/** How long after it was signed an exchange may take a request, in milliseconds, where it can be told: the bot counts on it before it sends a lost order again. */
export const RECEIVE_WINDOW = 5_000;

/** @type {import('./index.js').Profile} An exchange of which we know only what CCXT says. */
export const STANDARD = {
  isProven: false,
  clientIds: AS_IT_IS,
  options: () => ({}),
  enterSandbox: null,
  // Without more knowledge CCXT's `features` decide; see ../capabilities.js.
  stops: null,
  marketMaxQuantities: null,
  marketHoldsStops: null,
  pairs: () => null,
  marketBuyNeedsPrice: null,
  amend: null,
  marginModePerOrder: false,
  leveragePerOrder: false,
  hasPermissions: false,
  quoteSources: ['fetchTickers'],
  marketParameters: {},
  mostOpenOrders: null,
  triggerLists: () => [],
  placeParameters: standardParameters,
  clientParameter: (theirs) => ({ clientOrderId: theirs }),
  triggerParameter: () => ({}),
  findDirectly: async (exchange, wanted) => (wanted.id === null || exchange.has.fetchOrder !== true ? null : await exchange.fetchOrder(wanted.id, wanted.symbol)),
  findInLists: true,
  cancelDirectly: null,
  leverageParameters: (marginMode) => [marginMode === null ? {} : { marginMode }],
  readLeverage: null,
  readPositionMode: null,
  readMarginMode: null,
  isolatesByLeverage: false,
  leverageOnlyWithOrder: () => false,
  readsOneTickerApart: false,
  clientIdOf: (order) => order.clientOrderId,
  childIdOf: () => null,
  walletOf: () => null,
  marginModeOf: (position) => position.marginMode ?? null,
  // Of an exchange that is not known well no more is asked than CCXT does.
  fillList: () => null,
  fillPage: null,
  fundingPayments: null,
  closedCandles: null,
  triggerWaits: null,
  permissions: async () => null,
};

/**
 * CCXT's unified parameters of an order. A stop that closes what is held is a stop loss; what opens is a plain trigger.
 *
 * @param {import('./index.js').PlannedOrder} order
 * @returns {Record<string, unknown>}
 */
export function standardParameters(order) {
  return {
    clientOrderId: order.clientOrderId,
    ...(order.reduceOnly ? { reduceOnly: true } : {}),
    ...(order.postOnly ? { postOnly: true } : {}),
    ...triggerPrice(order),
  };
}

/**
 * @param {import('./index.js').PlannedOrder} order
 * @returns {Record<string, unknown>}
 */
function triggerPrice(order) {
  if (order.trigger === null) return {};
  if (!closes(order)) return { triggerPrice: order.trigger };
  return order.type === 'stopMarket' ? { stopLossPrice: order.trigger } : { takeProfitPrice: order.trigger };
}

/** @param {import('./index.js').PlannedOrder} order */
export function closes(order) {
  return order.reduceOnly || (order.kind === 'spot' && order.side === 'sell');
}

/** Asks by our id. @type {import('./index.js').Profile['findDirectly']} */
export async function findByClientId(exchange, wanted, profile) {
  return await exchange.fetchOrder(wanted.id ?? wanted.clientOrderId, wanted.symbol, { ...profile.clientParameter(wanted.clientOrderId), ...profile.triggerParameter(wanted) });
}

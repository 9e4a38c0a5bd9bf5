import { minus } from '../decimals.js';
import { STANDARD, findByClientId } from './standard.js';

/** @type {import('./index.js').Profile} Amounts of futures are contracts, whose size is in the market. */
export const mexc = {
  ...STANDARD,
  isProven: true,
  options: (kind) => ({ fetchMarkets: { types: { spot: kind === 'spot', swap: { linear: kind === 'swap', inverse: false } } } }),
  // Spot has no stop orders; those of futures end by themselves after 24 hours or 7 days and carry no id of ours, so that a lost answer could not be asked about.
  stops: () => ({ stopMarket: false, takeProfitMarket: false, takeProfitLimit: false }),
  // A stop that the program watches is left at the market, which some pairs don't take.
  marketHoldsStops: (market) => (market.type === 'spot' && Array.isArray(market.info?.orderTypes) && !market.info.orderTypes.includes('MARKET') ? false : null),
  marketBuyNeedsPrice: () => false,
  marginModePerOrder: true,
  readsOneTickerApart: true,
  leveragePerOrder: true,
  mostOpenOrders: 100,
  placeParameters: (order) => ({
    clientOrderId: order.clientOrderId,
    ...(order.postOnly ? { postOnly: true } : {}),
    ...(order.kind === 'swap' ? futures(order) : {}),
  }),
  findDirectly: async (exchange, wanted, profile) => {
    if (wanted.kind === 'spot') return await findByClientId(exchange, wanted, profile);
    const { data } = await exchange.contractPrivateGetOrderExternalSymbolExternalOid({ symbol: wanted.marketId, external_oid: wanted.clientOrderId });
    return data === undefined || data === null ? null : exchange.parseOrder(data, exchange.market(wanted.symbol));
  },
  fillList: (kind) => (kind === 'spot' ? { most: 100, days: 30, newestFirst: true } : { most: 100, days: 89, newestFirst: true }),
  // The end of the time has another name for futures, which CCXT does not give it.
  fillPage: async (exchange, symbol, from, until) => {
    const end = until === null ? {} : exchange.market(symbol).swap === true ? { end_time: until } : { until };
    const trades = await exchange.fetchMyTrades(symbol, from, 100, end);
    return { trades, count: trades.length };
  },
  findInLists: false,
  cancelDirectly: async (exchange, wanted, profile) => {
    if (wanted.kind === 'spot' || wanted.id !== null) {
      return await exchange.cancelOrder(wanted.id, wanted.symbol, wanted.id === null ? profile.clientParameter(wanted.clientOrderId) : {});
    }
    await exchange.contractPrivatePostOrderCancelWithExternal({ symbol: wanted.marketId, externalOid: wanted.clientOrderId });
    return { clientOrderId: wanted.clientOrderId };
  },
  // CCXT's total is what is free and what orders hold, without the margin of positions.
  walletOf: (balance, asset) => {
    const entry = balance.info?.data?.find?.((/** @type {any} */ each) => each.currency === asset);
    return minus(entry?.equity, entry?.unrealized);
  },
  // CCXT reads it under another name and takes every position for a cross one.
  marginModeOf: (position) => (String(position.info?.openType) === '1' ? 'isolated' : 'cross'),
  // Long and short have a leverage each.
  leverageParameters: (marginMode) => [1, 2].map((positionType) => ({ openType: marginMode === 'isolated' ? 1 : 2, positionType })),
  clientIdOf: (order) => order.clientOrderId || order.info?.externalOid,
};

/** @param {import('./index.js').PlannedOrder} order */
function futures(order) {
  return {
    ...(order.reduceOnly ? { reduceOnly: true } : {}),
    ...(order.leverage === null ? {} : { leverage: order.leverage }),
    marginMode: order.marginMode ?? 'cross',
    // One-way.
    positionMode: 2,
  };
}

import { AS_UUID } from '../clientIds.js';
import { STANDARD, standardParameters } from './standard.js';

/** @type {import('./index.js').Profile} */
export const kraken = {
  ...STANDARD,
  isProven: true,
  clientIds: AS_UUID,
  stops: () => ({ stopMarket: true, takeProfitMarket: true, takeProfitLimit: true }),
  marketBuyNeedsPrice: () => false,
  amend: () => 'limit',
  hasPermissions: true,
  placeParameters: (order) => {
    const { triggerPrice, ...parameters } = standardParameters(order);
    // Kraken has no plain trigger: a stop and a take profit differ in the side from which the price comes.
    return triggerPrice === undefined ? parameters : { ...parameters, [order.type === 'stopMarket' ? 'stopLossPrice' : 'takeProfitPrice']: triggerPrice };
  },
  findDirectly: async (exchange, wanted, profile) => {
    const by = profile.clientParameter(wanted.clientOrderId);
    const [open] = await exchange.fetchOpenOrders(wanted.symbol, undefined, undefined, by);
    if (open !== undefined) return open;
    const [closed] = await exchange.fetchClosedOrders(wanted.symbol, undefined, undefined, by);
    return closed ?? null;
  },
  findInLists: false,
  fillList: () => ({ most: 50, days: 365, newestFirst: true }),
  // It tells those of all pairs together, and counts in seconds, of which the first is left out.
  fillPage: async (exchange, symbol, from, until) => {
    const all = await exchange.fetchMyTrades(undefined, undefined, undefined, { start: Math.floor(from / 1_000) - 1, ...(until === null ? {} : { end: Math.ceil(until / 1_000) }) });
    return { trades: all.filter((/** @type {any} */ each) => each.symbol === symbol && Number(each.timestamp) >= from && (until === null || Number(each.timestamp) <= until)), count: all.length };
  },
  permissions: async (exchange) => {
    const { result } = await exchange.privatePostGetApiKeyInfo();
    const may = result?.permissions;
    if (!Array.isArray(may)) return null;
    const trade = may.includes('modify-trades');
    const withdraw = may.includes('withdraw-funds');
    return { trade, withdraw, ipBound: Array.isArray(result.ip_allowlist) && result.ip_allowlist.length > 0, readOnly: !trade && !withdraw };
  },
};

/** @type {import('./index.js').Profile} */
export const krakenfutures = {
  ...STANDARD,
  isProven: true,
  stops: () => ({ stopMarket: true, takeProfitMarket: true, takeProfitLimit: true }),
  marketBuyNeedsPrice: () => false,
  amend: () => 'limit',
  placeParameters: (order) => {
    const { triggerPrice, ...parameters } = standardParameters(order);
    // CCXT knows `triggerPrice` as a stop only; a take profit that opens would become its opposite.
    return triggerPrice === undefined ? parameters : { ...parameters, ...(order.type === 'stopMarket' ? { triggerPrice } : { takeProfitPrice: triggerPrice, reduceOnly: false }) };
  },
  clientParameter: (theirs) => ({ cliOrdId: theirs }),
  // What is held of a currency is told without open profit.
  walletOf: (balance, asset) => balance.total?.[asset],
  // A contract has one position there, and no other mode.
  readPositionMode: async () => 'oneWay',
  isolatesByLeverage: true,
  readMarginMode: async (exchange, symbol) => ((await exchange.fetchLeverage(symbol)).longLeverage === undefined ? 'cross' : 'isolated'),
  fillList: () => ({ most: 100, days: 365, newestFirst: true }),
  // It tells the hundred before a moment, of all contracts.
  fillPage: async (exchange, symbol, from, until) => {
    const all = await exchange.fetchMyTrades(undefined, undefined, undefined, until === null ? {} : { lastFillTime: new Date(until + 1).toISOString() });
    const inTime = all.filter((/** @type {any} */ each) => Number(each.timestamp) >= from && (until === null || Number(each.timestamp) <= until));
    return { trades: inTime.filter((/** @type {any} */ each) => each.symbol === symbol), count: inTime.length };
  },
  // Asked for one order it tells only of open and very lately ended ones; the lists know the others.
  findDirectly: async (exchange, wanted) => {
    const orders = await exchange.fetchOrders(undefined, undefined, undefined, wanted.id === null ? { cliOrdIds: [wanted.clientOrderId] } : { orderIds: [wanted.id] });
    return orders[0] ?? null;
  },
};

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
  // Asked for one order it tells only of open and very lately ended ones; the lists know the others.
  findDirectly: async (exchange, wanted) => {
    const orders = await exchange.fetchOrders(undefined, undefined, undefined, wanted.id === null ? { cliOrdIds: [wanted.clientOrderId] } : { orderIds: [wanted.id] });
    return orders[0] ?? null;
  },
};

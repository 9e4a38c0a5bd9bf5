import { STANDARD } from './standard.js';

/** @type {import('./index.js').Profile} */
export const coinbase = {
  ...STANDARD,
  isProven: true,
  // Only stop orders with a limit; at the worst moment a limit is passed over, so they hold no stop for us.
  stops: () => ({ stopMarket: false, takeProfitMarket: false, takeProfitLimit: true }),
  marketBuyNeedsPrice: () => true,
  amend: () => 'limit',
  hasPermissions: true,
  quoteSources: ['fetchTicker'],
  mostOpenOrders: 100,
  // CCXT sends an id of its own otherwise.
  clientParameter: (theirs) => ({ client_order_id: theirs }),
  placeParameters: (order) => ({
    client_order_id: order.clientOrderId,
    ...(order.postOnly ? { postOnly: true } : {}),
    ...(order.trigger === null ? {} : { takeProfitPrice: order.trigger }),
  }),
  fillList: () => ({ most: 100, days: 365, newestFirst: true }),
  permissions: async (exchange) => {
    const answer = await exchange.v3PrivateGetBrokerageKeyPermissions();
    return { trade: answer.can_trade === true, withdraw: answer.can_transfer === true, ipBound: null, readOnly: answer.can_trade !== true && answer.can_transfer !== true };
  },
};

import { STANDARD, findByClientId, standardParameters } from './standard.js';

/** @param {import('./index.js').CcxtExchange} exchange */
async function permissions(exchange) {
  const { data } = await exchange.privateGetUserApiKey();
  if (typeof data?.permission !== 'string') return null;
  const may = data.permission.split(',').map((/** @type {string} */ each) => each.trim().toLowerCase());
  const trade = may.some((/** @type {string} */ each) => ['spot', 'trade', 'futures', 'unified', 'margin'].includes(each));
  const withdraw = may.some((/** @type {string} */ each) => each.startsWith('withdraw'));
  return { trade, withdraw, ipBound: typeof data.ipWhitelist === 'string' && data.ipWhitelist !== '', readOnly: !trade && !withdraw };
}

/** @type {import('./index.js').Profile} */
export const kucoin = {
  ...STANDARD,
  isProven: true,
  options: () => ({ fetchMarkets: { types: ['spot'], fetchTickersFees: false } }),
  marketParameters: { marginables: false },
  // Market stops are held for spot only as stop orders; the unified account has none by this way.
  stops: () => ({ stopMarket: true, takeProfitMarket: true, takeProfitLimit: true }),
  marketBuyNeedsPrice: () => false,
  hasPermissions: true,
  mostOpenOrders: 100,
  triggerLists: () => [{ trigger: true }],
  triggerParameter: (wanted) => (wanted.isTrigger ? { trigger: true } : {}),
  clientParameter: (theirs) => ({ clientOid: theirs }),
  placeParameters: ({ reduceOnly: _, ...order }) => standardParameters({ ...order, reduceOnly: false }),
  findDirectly: findByClientId,
  fillList: () => ({ most: 100, days: 7, newestFirst: true }),
  findInLists: false,
  permissions,
};

/** @type {import('./index.js').Profile} Amounts are contracts, whose size is in the market. */
export const kucoinfutures = {
  ...kucoin,
  options: () => ({}),
  marginModePerOrder: true,
  leveragePerOrder: true,
  leverageOnlyWithOrder: (marginMode) => marginMode === 'isolated',
  placeParameters: (order) => ({
    ...standardParameters(order),
    // What is left out counts as one; CCXT would send it.
    ...(order.leverage === null ? {} : { leverage: order.leverage }),
    ...(order.marginMode === null ? {} : { marginMode: order.marginMode }),
    ...(order.trigger === null ? {} : { triggerPriceType: 'last' }),
  }),
  // CCXT's total is the equity, which has the open profit in it.
  walletOf: (balance, asset) => (balance.info?.data?.currency === asset ? balance.info.data.marginBalance : null),
  quoteSources: ['fetchBidsAsks'],
  triggerParameter: () => ({}),
};

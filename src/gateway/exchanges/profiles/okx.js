import { WITHOUT_DASHES } from '../clientIds.js';
import { minus } from '../decimals.js';
import { STANDARD, findByClientId, standardParameters } from './standard.js';

/** @type {import('./index.js').Profile} Amounts of futures are contracts, whose size is in the market. */
export const okx = {
  ...STANDARD,
  isProven: true,
  // On spot these may be counted in the quote asset.
  marketMaxQuantities: (market) => (market.type === 'swap' ? [market.info?.maxMktSz, market.info?.maxTriggerSz] : []),
  clientIds: WITHOUT_DASHES,
  options: (kind) => ({
    fetchMarkets: { types: [kind] },
    createOrder: 'privatePostTradeOrder',
    // An algo order would get an id of CCXT's beside ours.
    brokerId: undefined,
  }),
  stops: () => ({ stopMarket: true, takeProfitMarket: true, takeProfitLimit: true }),
  marketBuyNeedsPrice: () => false,
  amend: () => 'limit',
  marginModePerOrder: true,
  hasPermissions: true,
  mostOpenOrders: 100,
  triggerLists: () => [{ trigger: true, ordType: 'conditional' }, { trigger: true, ordType: 'trigger' }, { trigger: true, ordType: 'oco' }],
  triggerParameter: (wanted) => (wanted.isTrigger ? { trigger: true } : {}),
  placeParameters: (order) => {
    const { clientOrderId, ...parameters } = standardParameters(order);
    return {
      ...parameters,
      // The two books name our id differently.
      ...(order.trigger === null ? { clientOrderId } : { algoClOrdId: clientOrderId }),
      // CCXT would make a waiting spot order one of the margin account. What closes is sent without preparation, also by a gateway that has just started; positions are isolated.
      ...(order.kind === 'spot' ? { tdMode: 'cash' } : { marginMode: order.marginMode ?? 'isolated' }),
    };
  },
  fillList: () => ({ most: 100, days: 90, newestFirst: true }),
  findDirectly: findByClientId,
  findInLists: false,
  // Ids of 19 digits are texts there, but the two books have different names for them.
  // The cash balance is without what isolated positions hold; the equity is with everything, the open profit included.
  walletOf: (balance, asset) => {
    const entry = balance.info?.data?.[0]?.details?.find((/** @type {any} */ each) => each.ccy === asset);
    return minus(entry?.eq, entry?.upl === '' ? '0' : entry?.upl);
  },
  // The volume of contracts is told in contracts, and beside that in coins.
  closedCandles: ({ arg, data }, kind) => (!Array.isArray(data) || typeof arg?.channel !== 'string' ? null : {
    marketId: arg.instId,
    interval: arg.channel.replace('candle', ''),
    candles: data.filter((each) => each[8] === '1').map((each) => [...each.slice(0, 5), each[kind === 'swap' ? 6 : 5]]),
  }),
  // An algo order that fired names the order it made.
  childIdOf: (order) => (order.info?.algoId ? order.info.ordId : null),
  clientIdOf: (order) => order.clientOrderId || order.info?.algoClOrdId,
  permissions: async (exchange) => {
    const answer = await exchange.privateGetAccountConfig();
    const { perm, ip } = answer.data[0];
    if (typeof perm !== 'string') return null;
    const may = perm.split(',').map((each) => each.trim());
    return { trade: may.includes('trade'), withdraw: may.includes('withdraw'), ipBound: typeof ip === 'string' && ip !== '', readOnly: may.every((each) => each === 'read_only') };
  },
};

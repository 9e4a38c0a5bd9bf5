import { binancePairs } from './binancePairs.js';
import { RECEIVE_WINDOW, STANDARD, findByClientId } from './standard.js';

/** @type {import('./index.js').Profile} */
export const binance = {
  ...STANDARD,
  isProven: true,
  options: (kind) => ({
    // On spot CCXT would take it for futures.
    ...(kind === 'swap' ? { defaultSubType: 'linear' } : {}),
    fetchMarkets: { types: [kind === 'spot' ? 'spot' : 'linear'] },
    fetchMargins: false,
    recvWindow: RECEIVE_WINDOW,
  }),
  // The futures testnet is gone; demo trading took its place.
  enterSandbox: (exchange, kind) => (kind === 'swap' ? exchange.enableDemoTrading(true) : exchange.setSandboxMode(true)),
  stops: () => ({ stopMarket: true, takeProfitMarket: true, takeProfitLimit: true }),
  // On spot each symbol says which order types it takes, and not all take a stop at the market.
  marketHoldsStops: (market) => (market.type === 'spot' && Array.isArray(market.info?.orderTypes) ? market.info.orderTypes.includes('STOP_LOSS') : null),
  pairs: (kind) => (kind === 'spot' ? binancePairs : null),
  marketBuyNeedsPrice: () => false,
  // On spot CCXT would cancel and place again under another id.
  amend: (kind) => (kind === 'swap' ? 'limit' : null),
  hasPermissions: true,
  quoteSources: ['fetchTickers', 'fetchBidsAsks'],
  // Since December 2025 conditional futures orders live in a book of their own, with ids of their own.
  triggerLists: (kind) => (kind === 'swap' ? [{ trigger: true }] : []),
  triggerParameter: (wanted) => (wanted.kind === 'swap' && wanted.isTrigger ? { trigger: true } : {}),
  placeParameters: (order) => ({
    clientOrderId: order.clientOrderId,
    ...(order.reduceOnly ? { reduceOnly: true } : {}),
    ...(order.postOnly ? { postOnly: true } : {}),
    // A stop and a take profit differ in the side from which the price must come, for orders that open as well.
    ...(order.trigger === null ? {} : { [order.type === 'stopMarket' ? 'stopLossPrice' : 'takeProfitPrice']: order.trigger }),
  }),
  // CCXT would read every symbol's and the brackets as well.
  readLeverage: async (exchange, marketId) => (await exchange.fapiPrivateGetSymbolConfig({ symbol: marketId }))[0]?.leverage,
  findDirectly: findByClientId,
  findInLists: false,
  // A week of contracts, counted from where it begins, and the oldest first.
  fillList: (kind) => ({ most: 1_000, days: kind === 'swap' ? 7 : null, newestFirst: false }),
  walletOf: (balance, asset) => {
    const entries = Array.isArray(balance.info) ? balance.info : balance.info?.assets ?? [];
    const entry = entries.find((/** @type {any} */ each) => each.asset === asset);
    return entry?.walletBalance ?? entry?.balance;
  },
  closedCandles: ({ k }) => (k?.x === true ? { marketId: k.s, interval: k.i, candles: [[k.t, k.o, k.h, k.l, k.c, k.v]] } : null),
  childIdOf: (order) => order.info?.actualOrderId,
  permissions: async (exchange, kind) => {
    if (exchange.isSandboxModeEnabled === true || exchange.options.enableDemoTrading === true) return null;
    const answer = await exchange.sapiGetAccountApiRestrictions();
    return {
      trade: (kind === 'spot' ? answer.enableSpotAndMarginTrading : answer.enableFutures) === true,
      withdraw: answer.enableWithdrawals === true,
      ipBound: answer.ipRestrict === true,
      readOnly: answer.enableSpotAndMarginTrading !== true && answer.enableFutures !== true && answer.enableWithdrawals !== true,
    };
  },
};

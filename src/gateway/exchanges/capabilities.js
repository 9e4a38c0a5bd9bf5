import { isPushed } from './candleFeed.js';

/**
 * What an opened account can do, as CCXT and our profile of the exchange say. What is not sure is not claimed.
 *
 * @param {import('./session.js').Session} session
 */
export function capabilities(session) {
  const { exchange, profile, kind } = session;
  const has = (/** @type {string} */ method) => session.has(method);
  const isSwap = kind === 'swap';
  const features = placeFeatures(exchange, kind);
  const stops = profile.stops?.(kind) ?? {
    stopMarket: features?.stopLossPrice === true,
    takeProfitMarket: features?.takeProfitPrice === true,
    takeProfitLimit: features?.takeProfitPrice === true,
  };
  return {
    isProven: profile.isProven,
    place: has('createOrder'),
    cancel: has('cancelOrder'),
    order: has('fetchOrder') || has('fetchOpenOrders'),
    openOrders: has('fetchOpenOrders'),
    ...stops,
    reduceOnly: isSwap,
    // Whether a single symbol takes them, the markets say.
    oco: profile.pairs(kind) !== null,
    postOnly: features?.timeInForce?.PO === true,
    marketBuyNeedsPrice: profile.marketBuyNeedsPrice?.(kind) ?? features?.marketBuyRequiresPrice === true,
    clientOrderId: profile.isProven,
    clientOrderIdLookup: profile.isProven,
    amend: profile.amend?.(kind) ?? null,
    leverage: isSwap && has('setLeverage'),
    marginMode: isSwap && (has('setMarginMode') || profile.marginModePerOrder || profile.isolatesByLeverage),
    positionMode: isSwap && has('setPositionMode'),
    leveragePerOrder: isSwap && profile.leveragePerOrder,
    marginModePerOrder: isSwap && profile.marginModePerOrder,
    positions: isSwap && has('fetchPositions'),
    fundingRates: isSwap && (has('fetchFundingRates') || has('fetchFundingRate')),
    fundingHistory: isSwap && has('fetchFundingHistory'),
    fills: has('fetchMyTrades'),
    candles: has('fetchOHLCV'),
    timeframes: Object.keys(exchange.timeframes ?? {}),
    clock: has('fetchTime'),
    permissions: profile.hasPermissions,
    sandbox: exchange.urls.test !== undefined || exchange.urls.apiBackup !== undefined || profile.enterSandbox !== null,
    watchQuotes: has('watchTickers') || has('watchBidsAsks') || has('watchTicker'),
    watchCandles: isPushed(session),
    watchOrders: has('watchOrders'),
    watchFills: has('watchMyTrades'),
    mostOpenOrders: profile.mostOpenOrders,
  };
}

/**
 * @param {import('./library.js').CcxtExchange} exchange
 * @param {import('./profiles/index.js').Kind} kind
 */
function placeFeatures(exchange, kind) {
  const ofKind = exchange.features?.[kind];
  return (kind === 'swap' ? ofKind?.linear ?? ofKind : ofKind)?.createOrder;
}

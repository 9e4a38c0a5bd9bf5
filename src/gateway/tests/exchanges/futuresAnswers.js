// Perpetual futures of exchanges where they are apart from spot.

const NOW = 1_700_000_000_000;
const ID = 'ttabcdefghijklmnop-e0-1';

/** @type {Record<'kucoin' | 'kraken', { exchange: string, kind: 'swap', symbol: string, routes: Record<string, any> }>} */
export const FUTURES = {
  kucoin: {
    exchange: 'kucoin', kind: 'swap', symbol: 'BTC/USDT:USDT',
    routes: {
      'GET /api/v1/contracts/active': {
        code: '200000', data: [{
          symbol: 'XBTUSDTM', rootSymbol: 'USDT', type: 'FFWCSX', firstOpenDate: 1_585_555_200_000, expireDate: null, settleDate: null, baseCurrency: 'XBT', quoteCurrency: 'USDT', settleCurrency: 'USDT', maxOrderQty: 1_000_000, maxPrice: 1_000_000,
          nextFundingRateTime: 28_800_000, lotSize: 1, tickSize: 0.1, indexPriceTickSize: 0.01, multiplier: 0.001, initialMargin: 0.008, maintainMargin: 0.004, maxLeverage: 125, makerFeeRate: 0.0002, takerFeeRate: 0.0006, isQuanto: true, isInverse: false, status: 'Open',
        }],
      },
      'GET /api/v1/hf/accounts/opened': { code: '200000', data: true },
      'GET /api/ua/v1/account/mode': { code: '200000', data: { selfAccountMode: 'CLASSIC' } },
      'POST /api/v1/orders': { code: '200000', data: { orderId: '234125150956625920', clientOid: ID } },
      'GET /api/v1/kline/query': { code: '200000', data: [[NOW, 64_800.5, 64_900, 64_700, 64_850, 12_345, 800_000]] },
    },
  },
  kraken: {
    exchange: 'kraken', kind: 'swap', symbol: 'BTC/USD:USD',
    routes: {
      'GET /derivatives/api/v3/instruments': {
        result: 'success', serverTime: '2023-11-14T22:13:20Z', instruments: [{
          symbol: 'PF_XBTUSD', type: 'flexible_futures', tradeable: true, tickSize: 1, contractSize: 1, contractValueTradePrecision: 4, impactMidSize: 1, maxPositionSize: 1_000_000, openingDate: '2022-01-01T00:00:00Z',
          marginLevels: [{ numNonContractUnits: 0, initialMargin: 0.02, maintenanceMargin: 0.01 }], fundingRateCoefficient: 8, maxRelativeFundingRate: 0.001, isin: '', base: 'BTC', quote: 'USD', pair: 'BTC:USD',
        }],
      },
      'POST /derivatives/api/v3/sendorder': {
        result: 'success', serverTime: '2023-11-14T22:13:20Z', sendStatus: {
          status: 'placed', order_id: '61ca5732-3478-42fe-8362-abbfd9465294', cliOrdId: ID, receivedTime: '2023-11-14T22:13:20Z',
          orderEvents: [{ type: 'PLACE', reducedQuantity: null, orderTrigger: { uid: '61ca5732-3478-42fe-8362-abbfd9465294', clientId: ID, type: 'stp', symbol: 'pf_xbtusd', side: 'sell', quantity: 0.01, limitPrice: null, triggerPrice: 61_000, triggerSide: 'trigger_below', triggerSignal: 'last_price', reduceOnly: true, timestamp: '2023-11-14T22:13:20Z', lastUpdateTimestamp: '2023-11-14T22:13:20Z' } }],
        },
      },
      'GET /derivatives/api/v3/orders/status': { result: 'success', serverTime: '2023-11-14T22:13:20Z', orders: [] },
      'GET /derivatives/api/v3/openorders': {
        result: 'success', serverTime: '2023-11-14T22:13:20Z', openOrders: [{ order_id: '61ca5732-3478-42fe-8362-abbfd9465294', cliOrdId: ID, symbol: 'PF_XBTUSD', side: 'sell', orderType: 'stop', stopPrice: 61_000, unfilledSize: 0.01, receivedTime: new Date(NOW).toISOString(), status: 'untouched', filledSize: 0, reduceOnly: true, triggerSignal: 'last', lastUpdateTime: new Date(NOW).toISOString() }],
      },
      'POST /derivatives/api/v3/cancelorder': { result: 'success', serverTime: '2023-11-14T22:13:20Z', cancelStatus: { status: 'cancelled', order_id: '61ca5732-3478-42fe-8362-abbfd9465294', receivedTime: '2023-11-14T22:13:20Z', orderEvents: [] } },
    },
  },
};

const kucoinOrder = {
  id: '234125150956625920', symbol: 'XBTUSDTM', type: 'limit', side: 'buy', price: '64800.5', size: 10, value: '648.005', dealValue: '259.2', dealSize: 4, stp: '', stop: '', stopPriceType: '', stopTriggered: false, stopPrice: null,
  timeInForce: 'GTC', postOnly: false, hidden: false, iceberg: false, leverage: '5', forceHold: false, closeOrder: false, clientOid: ID, remark: null, isActive: true, cancelExist: false, createdAt: NOW, updatedAt: NOW,
  settleCurrency: 'USDT', status: 'open', filledSize: 4, filledValue: '259.2', reduceOnly: false, marginMode: 'ISOLATED', avgDealPrice: '64800',
};

/** @type {import('./provenAnswers.js').Proof} */
const KUCOIN = {
  exchange: 'kucoin', kind: 'swap', symbol: FUTURES.kucoin.symbol, steps: ['0.1', '1'], order: { quantity: '10', leverage: 5, marginMode: 'isolated' }, filled: '4',
  routes: {
    ...FUTURES.kucoin.routes,
    'GET /api/v1/allTickers': { code: '200000', data: [{ sequence: 1, symbol: 'XBTUSDTM', side: 'buy', size: 1, tradeId: '1', price: '64800.5', bestBidPrice: '64800.4', bestBidSize: 1, bestAskPrice: '64800.6', bestAskSize: 1, ts: NOW * 1_000_000 }] },
    // The equity is the margin balance and the open profit.
    'GET /api/v1/account-overview': { code: '200000', data: { accountEquity: '1000.123456789', unrealisedPNL: '-12.5', marginBalance: '1012.623456789', positionMargin: '100', orderMargin: '0', frozenFunds: '0', availableBalance: '912.623456789', currency: 'USDT' } },
    'GET /api/v1/orders/byClientOid': (/** @type {any} */ asked) => ({ json: asked.parameters.clientOid === ID ? { code: '200000', data: kucoinOrder } : { code: '100001', msg: 'error.getOrder.orderNotExist' } }),
    [`DELETE /api/v1/orders/client-order/${ID}`]: { code: '200000', data: { clientOid: ID } },
  },
  placeRoute: 'POST /api/v1/orders',
  sent: { symbol: 'XBTUSDTM', side: 'buy', type: 'limit', size: 10, price: '64800.5', clientOid: ID, leverage: 5, marginMode: 'ISOLATED' },
  theirId: ID, balance: ['USDT', '1000.123456789'], wallet: '1012.623456789', quote: ['64800.4', '64800.6', '64800.5'], candle: ['64800.5', '64900', '64700', '64850', '12.345'],
  refusal: { answer: { code: '300003', msg: 'Balance insufficient. The order would cost 129.6.' }, kind: 'insufficientFunds', code: '300003' },
};

const krakenId = '61ca5732-3478-42fe-8362-abbfd9465294';
const krakenOrder = { order_id: krakenId, cliOrdId: ID, symbol: 'PF_XBTUSD', side: 'buy', orderType: 'lmt', limitPrice: 64_800, unfilledSize: 0.006, receivedTime: new Date(NOW).toISOString(), status: 'partiallyFilled', filledSize: 0.004, reduceOnly: false, lastUpdateTime: new Date(NOW).toISOString() };

/** @type {import('./provenAnswers.js').Proof} */
const KRAKEN = {
  exchange: 'kraken', kind: 'swap', symbol: FUTURES.kraken.symbol, steps: ['1', '0.0001'], order: { price: '64800' }, foundPrice: null,
  routes: {
    ...FUTURES.kraken.routes,
    'GET /derivatives/api/v3/tickers': { result: 'success', serverTime: '2023-11-14T22:13:20Z', tickers: [{ tag: 'perpetual', pair: 'BTC:USD', symbol: 'PF_XBTUSD', markPrice: 64_801, bid: 64_800, bidSize: 1, ask: 64_801, askSize: 1, vol24h: 1, openInterest: 1, open24h: 64_000, indexPrice: 64_801, last: 64_800.5, lastTime: '2023-11-14T22:13:20Z', lastSize: 1, suspended: false, fundingRate: 0.65, fundingRatePrediction: 0.6 }] },
    'GET /api/charts/v1/trade/PF_XBTUSD/1m': { candles: [{ time: NOW, open: '64800.5', high: '64900', low: '64700', close: '64850', volume: '12.345' }], more_candles: false },
    // What is held of the currency is without the open profit, which the account's own value has in it.
    'GET /derivatives/api/v3/accounts': {
      result: 'success', serverTime: '2023-11-14T22:13:20Z', accounts: {
        flex: { type: 'multiCollateralMarginAccount', currencies: { USD: { quantity: 1_000.123456789, value: 1_000.12, collateral: 1_000.12, available: 900.5 } }, initialMargin: 100, balanceValue: 1_000.12, portfolioValue: 1_012.62, pnl: 12.5, availableMargin: 900.5 },
      },
    },
    'POST /derivatives/api/v3/sendorder': {
      result: 'success', serverTime: '2023-11-14T22:13:20Z', sendStatus: {
        status: 'placed', order_id: krakenId, cliOrdId: ID, receivedTime: '2023-11-14T22:13:20Z',
        orderEvents: [{ type: 'PLACE', reducedQuantity: null, order: { orderId: krakenId, cliOrdId: ID, type: 'lmt', symbol: 'PF_XBTUSD', side: 'buy', quantity: 0.01, filled: 0, limitPrice: 64_800, reduceOnly: false, timestamp: '2023-11-14T22:13:20Z', lastUpdateTimestamp: '2023-11-14T22:13:20Z' } }],
      },
    },
    'POST /derivatives/api/v3/orders/status': (/** @type {any} */ asked) => ({ json: { result: 'success', serverTime: '2023-11-14T22:13:20Z', orders: String(asked.body).includes(ID) ? [{ order: { type: 'ORDER', orderId: krakenId, cliOrdId: ID, symbol: 'PF_XBTUSD', side: 'buy', quantity: 0.01, filled: 0.004, limitPrice: 64_800, reduceOnly: false, timestamp: '2023-11-14T22:13:20Z', lastUpdateTimestamp: '2023-11-14T22:13:20Z' }, status: 'ENTERED_BOOK', updateReason: null, error: null }] : [] } }),
    'GET /derivatives/api/v3/openorders': { result: 'success', serverTime: '2023-11-14T22:13:20Z', openOrders: [krakenOrder] },
    'GET /api/history/v3/orders': { accountUid: '1', len: 0, elements: [] },
    'GET /api/history/v2/orders': { accountUid: '1', len: 0, elements: [] },
  },
  placeRoute: 'POST /derivatives/api/v3/sendorder',
  sent: { symbol: 'PF_XBTUSD', side: 'buy', orderType: 'lmt', size: '0.01', limitPrice: '64800', cliOrdId: ID },
  theirId: ID, balance: ['USD', '1000.123456789'], quote: ['64800', '64801', '64800.5'], candle: ['64800.5', '64900', '64700', '64850', '12.345'],
  refusal: { answer: { result: 'success', serverTime: '2023-11-14T22:13:20Z', sendStatus: { status: 'insufficientAvailableFunds', order_id: krakenId, orderEvents: [] } }, kind: 'insufficientFunds', code: 'insufficientAvailableFunds' },
};

const mexcOrder = { orderId: '102015012431820288', symbol: 'BTC_USDT', positionId: 1, price: 64_800.5, vol: 10, leverage: 5, side: 1, category: 1, orderType: 1, dealAvgPrice: 64_800, dealVol: 4, orderMargin: 1, takerFee: 0, makerFee: 0, profit: 0, feeCurrency: 'USDT', openType: 1, state: 2, externalOid: ID, errorCode: 0, usedMargin: 1, createTime: NOW, updateTime: NOW, positionMode: 2 };

const mexcTicker = { contractId: 1, symbol: 'BTC_USDT', lastPrice: 64_800.5, bid1: 64_800.4, ask1: 64_800.6, volume24: 1, amount24: 1, holdVol: 1, lower24Price: 1, high24Price: 1, riseFallRate: 0, riseFallValue: 0, indexPrice: 64_801, fairPrice: 64_801, fundingRate: 0.0001, timestamp: NOW };

/** @type {import('./provenAnswers.js').Proof} */
const MEXC = {
  exchange: 'mexc', kind: 'swap', symbol: 'BTC/USDT:USDT', steps: ['0.1', '1'], order: { quantity: '10', leverage: 5, marginMode: 'isolated' }, filled: '4',
  routes: {
    'GET /api/v3/exchangeInfo': { timezone: 'CST', serverTime: NOW, rateLimits: [], exchangeFilters: [], symbols: [] },
    'GET /api/v1/contract/detail': {
      success: true, code: 0, data: [{
        symbol: 'BTC_USDT', displayName: 'BTC_USDT永续', displayNameEn: 'BTC_USDT PERPETUAL', positionOpenType: 3, baseCoin: 'BTC', quoteCoin: 'USDT', settleCoin: 'USDT', contractSize: 0.0001, minLeverage: 1, maxLeverage: 200, priceScale: 1, volScale: 0,
        amountScale: 4, priceUnit: 0.1, volUnit: 1, minVol: 1, maxVol: 1_000_000, takerFeeRate: 0.0002, makerFeeRate: 0, maintenanceMarginRate: 0.004, initialMarginRate: 0.005, state: 0, isNew: false, apiAllowed: true,
      }],
    },
// Of one contract it tells no list.
    'GET /api/v1/contract/ticker': (/** @type {any} */ asked) => ({ json: { success: true, code: 0, data: asked.parameters.symbol === undefined ? [mexcTicker] : mexcTicker } }),
    'GET /api/v1/contract/kline/BTC_USDT': { success: true, code: 0, data: { time: [NOW / 1_000], open: [64_800.5], close: [64_850], high: [64_900], low: [64_700], vol: [123_450], amount: [800_000] } },
    'GET /api/v1/private/account/assets': { success: true, code: 0, data: [{ currency: 'USDT', positionMargin: 100, availableBalance: 900, cashBalance: 900, frozenBalance: 0, equity: 1_012.5, unrealized: 12.5, bonus: 0 }] },
    'POST /api/v1/private/order/create': { success: true, code: 0, data: { orderId: mexcOrder.orderId, ts: NOW } },
    [`GET /api/v1/private/order/external/BTC_USDT/${ID}`]: { success: true, code: 0, data: mexcOrder },
    'GET /api/v1/private/order/external/BTC_USDT/ttabcdefghijklmnop-e9-9': () => ({ json: { success: false, code: 2040, message: 'Order does not exist' } }),
    'POST /api/v1/private/order/cancel_with_external': { success: true, code: 0 },
  },
  placeRoute: 'POST /api/v1/private/order/create',
  sent: { symbol: 'BTC_USDT', side: 1, type: 1, vol: 10, price: 64_800.5, openType: 1, leverage: 5, externalOid: ID, positionMode: 2 },
  theirId: ID, balance: ['USDT', '900'], wallet: '1000', quote: ['64800.4', '64800.6', '64800.5'], candle: ['64800.5', '64900', '64700', '64850', '12.345'],
  refusal: { answer: { success: false, code: 2005, message: 'Balance insufficient' }, kind: 'insufficientFunds', code: '2005' },
};

export const FUTURES_PROOFS = [KUCOIN, KRAKEN, MEXC];

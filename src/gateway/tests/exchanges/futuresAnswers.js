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

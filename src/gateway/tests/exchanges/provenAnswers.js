// Answers in the shape in which each exchange gives them, as small as they can be.

const NOW = 1_700_000_000_000;

/**
 * @typedef {object} Proof
 * @property {string} exchange
 * @property {'spot' | 'swap'} kind
 * @property {string} symbol
 * @property {Record<string, any>} routes
 * @property {[string, string]} steps tick and step
 * @property {object} [order] beside symbol, side buy, type limit, quantity and price
 * @property {string} placeRoute
 * @property {Record<string, unknown>} sent parameters that the exchange must get
 * @property {string} theirId how the exchange knows our id
 * @property {[string, string | null]} balance an asset and its total
 * @property {(string | null)[]} quote bid, ask, last
 * @property {{ answer: any, kind: string, code: string, status?: number }} refusal of placing
 * @property {string} [filled] what the order's answers say is filled; 0.004 unless given
 * @property {string | null} [foundPrice] the price of the order when it is asked about, where that is not told
 * @property {string} [wallet] the balance without open profit, where it differs
 * @property {string[]} [candle] open, high, low, close, volume
 */

const ID = 'ttabcdefghijklmnop-e0-1';

const bybitOrder = {
  orderId: 'c6f055d9-7f21-4079-913d-e6523a9cfffa', orderLinkId: ID, symbol: 'BTCUSDT', price: '64800.5', qty: '0.01', side: 'Buy', positionIdx: 0, orderStatus: 'PartiallyFilled', cancelType: 'UNKNOWN',
  rejectReason: 'EC_NoError', avgPrice: '64800', leavesQty: '0.006', cumExecQty: '0.004', cumExecValue: '259.2', cumExecFee: '0.1', timeInForce: 'GTC', orderType: 'Limit', stopOrderType: '', triggerPrice: '',
  reduceOnly: false, createdTime: String(NOW), updatedTime: String(NOW),
};

/** @param {object} result */
const bybit = (result) => ({ retCode: 0, retMsg: 'OK', result, retExtInfo: {}, time: NOW });

/** @type {Proof} */
const BYBIT = {
  exchange: 'bybit', kind: 'swap', symbol: 'BTC/USDT:USDT', steps: ['0.1', '0.001'],
  routes: {
    'GET /v5/market/instruments-info': bybit({
      category: 'linear', nextPageCursor: '', list: [{
        symbol: 'BTCUSDT', contractType: 'LinearPerpetual', status: 'Trading', baseCoin: 'BTC', quoteCoin: 'USDT', settleCoin: 'USDT', launchTime: '1585526400000', deliveryTime: '0', deliveryFeeRate: '',
        priceScale: '2', leverageFilter: { minLeverage: '1', maxLeverage: '100.00', leverageStep: '0.01' }, priceFilter: { minPrice: '0.10', maxPrice: '1999999.80', tickSize: '0.10' },
        lotSizeFilter: { maxOrderQty: '1190.000', minOrderQty: '0.001', qtyStep: '0.001', postOnlyMaxOrderQty: '1190.000', maxMktOrderQty: '500', minNotionalValue: '5' }, unifiedMarginTrade: true, fundingInterval: 480,
      }],
    }),
    'GET /v5/market/tickers': bybit({ category: 'linear', list: [{ symbol: 'BTCUSDT', lastPrice: '64800.50', bid1Price: '64800.40', bid1Size: '1', ask1Price: '64800.60', ask1Size: '1', markPrice: '64801', indexPrice: '64801', openInterestValue: '1', price24hPcnt: '0' }] }),
    'GET /v5/market/kline': bybit({ category: 'linear', symbol: 'BTCUSDT', list: [[String(NOW), '64800.5', '64900', '64700', '64850', '12.345', '1']] }),
    'GET /v5/user/query-api': bybit({ readOnly: 0, uta: 1, unified: 0, ips: ['*'], permissions: { ContractTrade: ['Order', 'Position'], Spot: [], Wallet: ['AccountTransfer'] } }),
    'GET /v5/account/info': bybit({ marginMode: 'REGULAR_MARGIN', unifiedMarginStatus: 6 }),
    'GET /v5/account/wallet-balance': bybit({ list: [{ accountType: 'UNIFIED', totalEquity: '1000', coin: [{ coin: 'USDT', equity: '1000.123456789', walletBalance: '1000.123456789', locked: '0', totalOrderIM: '0', totalPositionIM: '0', availableToWithdraw: '1000.123456789' }] }] }),
    'POST /v5/order/create': bybit({ orderId: bybitOrder.orderId, orderLinkId: ID }),
    'POST /v5/order/cancel': bybit({ orderId: bybitOrder.orderId, orderLinkId: ID }),
    'GET /v5/order/realtime': (/** @type {any} */ asked) => ({ json: bybit({ category: 'linear', nextPageCursor: '', list: asked.parameters.orderLinkId === ID ? [bybitOrder] : [] }) }),
    'GET /v5/order/history': bybit({ category: 'linear', nextPageCursor: '', list: [] }),
  },
  placeRoute: 'POST /v5/order/create',
  sent: { category: 'linear', symbol: 'BTCUSDT', side: 'Buy', orderType: 'Limit', qty: '0.01', price: '64800.5', orderLinkId: ID },
  theirId: ID, balance: ['USDT', '1000.123456789'], quote: ['64800.4', '64800.6', '64800.5'], candle: ['64800.5', '64900', '64700', '64850', '12.345'],
  refusal: { answer: { retCode: 110007, retMsg: 'ab not enough for new order', result: {}, retExtInfo: {}, time: NOW }, kind: 'insufficientFunds', code: '110007' },
};

/** @param {object[]} data */
const okx = (...data) => ({ code: '0', msg: '', data });
const OKX_ID = 'ttabcdefghijklmnopZe0Z1';

/** @type {Proof} */
const OKX = {
  exchange: 'okx', kind: 'swap', symbol: 'BTC/USDT:USDT', steps: ['0.1', '0.01'], order: { marginMode: 'isolated' },
  routes: {
    'GET /api/v5/public/instruments': okx({
      alias: '', baseCcy: '', category: '1', ctMult: '1', ctType: 'linear', ctVal: '0.01', ctValCcy: 'BTC', expTime: '', instFamily: 'BTC-USDT', instId: 'BTC-USDT-SWAP', instType: 'SWAP', lever: '100', listTime: '1611916828000',
      lotSz: '0.01', maxLmtSz: '100000000', minSz: '0.01', quoteCcy: '', settleCcy: 'USDT', state: 'live', stk: '', tickSz: '0.1', uly: 'BTC-USDT',
    }),
    'GET /api/v5/market/tickers': okx({ instType: 'SWAP', instId: 'BTC-USDT-SWAP', last: '64800.5', lastSz: '1', askPx: '64800.6', askSz: '1', bidPx: '64800.4', bidSz: '1', ts: String(NOW) }),
    'GET /api/v5/market/history-candles': okx([String(NOW), '64800.5', '64900', '64700', '64850', '1234', '12.34', '800000', '1']),
    'GET /api/v5/account/balance': okx({ uTime: String(NOW), totalEq: '1000', details: [{ ccy: 'USDT', eq: '1000.123456789012', cashBal: '980', upl: '12.5', isoEq: '32.6', isoUpl: '12.5', availBal: '1000', availEq: '1000', frozenBal: '0.123456789012' }] }),
    'GET /api/v5/account/config': okx({ uid: '1', acctLv: '2', posMode: 'net_mode', perm: 'read_only,trade', ip: '203.0.113.7', type: '0' }),
    'POST /api/v5/trade/order': okx({ clOrdId: OKX_ID, ordId: '2510789768709120001', sCode: '0', sMsg: '', tag: '', ts: String(NOW) }),
    'POST /api/v5/trade/cancel-order': okx({ clOrdId: OKX_ID, ordId: '2510789768709120001', sCode: '0', sMsg: '' }),
    'GET /api/v5/trade/order': (/** @type {any} */ asked) => (asked.parameters.clOrdId === OKX_ID
      ? { json: okx({ instType: 'SWAP', instId: 'BTC-USDT-SWAP', ordId: '2510789768709120001', clOrdId: OKX_ID, px: '64800.5', sz: '0.01', ordType: 'limit', side: 'buy', posSide: 'net', tdMode: 'cross', accFillSz: '0.004', avgPx: '64800', state: 'partially_filled', fee: '-0.1', feeCcy: 'USDT', reduceOnly: 'false', cTime: String(NOW), uTime: String(NOW) }) }
      : { json: { code: '51603', msg: 'Order does not exist', data: [] } }),
    'POST /api/v5/trade/order-algo': (/** @type {any} */ asked) => ({ json: okx({ algoId: '1753184812254216192', algoClOrdId: asked.parameters.algoClOrdId, clOrdId: '', sCode: '0', sMsg: '', tag: '' }) }),
  },
  placeRoute: 'POST /api/v5/trade/order',
  sent: { instId: 'BTC-USDT-SWAP', side: 'buy', ordType: 'limit', sz: '0.01', px: '64800.5', tdMode: 'isolated', clOrdId: OKX_ID, tag: undefined },
  theirId: OKX_ID, balance: ['USDT', '1000.123456789012'], wallet: '987.623456789012', quote: ['64800.4', '64800.6', '64800.5'], candle: ['64800.5', '64900', '64700', '64850', '12.34'],
  refusal: { answer: { code: '1', msg: 'All operations failed', data: [{ clOrdId: OKX_ID, ordId: '', sCode: '51016', sMsg: 'Client order ID already exists.', tag: '' }] }, kind: 'duplicateClientOrderId', code: '51016' },
};

/** @type {Proof} */
const OKX_SPOT = {
  ...OKX, kind: 'spot', symbol: 'BTC/USDT', steps: ['0.1', '0.00000001'],
  routes: {
    ...OKX.routes,
    'GET /api/v5/public/instruments': okx({
      alias: '', baseCcy: 'BTC', category: '1', ctMult: '', ctType: '', ctVal: '', ctValCcy: '', expTime: '', instFamily: '', instId: 'BTC-USDT', instType: 'SPOT', lever: '10', listTime: '1548133413000',
      lotSz: '0.00000001', maxLmtSz: '9999999999', minSz: '0.00001', quoteCcy: 'USDT', settleCcy: '', state: 'live', stk: '', tickSz: '0.1', uly: '',
    }),
    'GET /api/v5/market/tickers': okx({ instType: 'SPOT', instId: 'BTC-USDT', last: '64800.5', lastSz: '1', askPx: '64800.6', askSz: '1', bidPx: '64800.4', bidSz: '1', ts: String(NOW) }),
    'GET /api/v5/market/history-candles': okx([String(NOW), '64800.5', '64900', '64700', '64850', '12.345', '800000', '800000', '1']),
    'GET /api/v5/trade/order': (/** @type {any} */ asked) => (asked.parameters.clOrdId === OKX_ID
      ? { json: okx({ instType: 'SPOT', instId: 'BTC-USDT', ordId: '2510789768709120001', clOrdId: OKX_ID, px: '64800.5', sz: '0.01', ordType: 'limit', side: 'buy', posSide: '', tdMode: 'cash', accFillSz: '0.004', avgPx: '64800', state: 'partially_filled', fee: '-0.000004', feeCcy: 'BTC', reduceOnly: 'false', tgtCcy: '', cTime: String(NOW), uTime: String(NOW) }) }
      : { json: { code: '51603', msg: 'Order does not exist', data: [] } }),
  },
  sent: { instId: 'BTC-USDT', side: 'buy', ordType: 'limit', sz: '0.01', px: '64800.5', tdMode: 'cash', clOrdId: OKX_ID, tag: undefined },
  wallet: undefined, candle: ['64800.5', '64900', '64700', '64850', '12.345'],
};

/** @param {unknown} data */
const kucoin = (data) => ({ code: '200000', data });

/** @type {Proof} */
const KUCOIN = {
  exchange: 'kucoin', kind: 'spot', symbol: 'BTC/USDT', steps: ['0.1', '0.00001'],
  routes: {
    'GET /api/v2/symbols': kucoin([{
      symbol: 'BTC-USDT', name: 'BTC-USDT', baseCurrency: 'BTC', quoteCurrency: 'USDT', feeCurrency: 'USDT', market: 'USDS', baseMinSize: '0.00001', quoteMinSize: '0.1', baseMaxSize: '10000000000', quoteMaxSize: '99999999',
      baseIncrement: '0.00001', quoteIncrement: '0.000001', priceIncrement: '0.1', priceLimitRate: '0.1', minFunds: '0.1', isMarginEnabled: true, enableTrading: true,
    }]),
    'GET /api/v1/hf/accounts/opened': kucoin(true),
    'GET /api/ua/v1/account/mode': kucoin({ selfAccountMode: 'CLASSIC' }),
    'GET /api/v1/market/allTickers': kucoin({ time: NOW, ticker: [{ symbol: 'BTC-USDT', symbolName: 'BTC-USDT', buy: '64800.4', sell: '64800.6', last: '64800.5', vol: '1', changeRate: '0' }] }),
    'GET /api/v1/market/candles': kucoin([[String(NOW / 1000), '64800.5', '64850', '64900', '64700', '12.345', '800000']]),
    'GET /api/v1/accounts': kucoin([{ id: '1', currency: 'USDT', type: 'trade_hf', balance: '1000.123456789', available: '1000', holds: '0.123456789' }]),
    'POST /api/v1/hf/orders': kucoin({ orderId: '5bd6e9286d99522a52e458de', clientOid: ID }),
    'DELETE /api/v1/hf/orders/client-order/ttabcdefghijklmnop-e0-1': kucoin({ clientOid: ID }),
    'GET /api/v1/hf/orders/client-order/ttabcdefghijklmnop-e0-1': kucoin({ id: '5bd6e9286d99522a52e458de', clientOid: ID, symbol: 'BTC-USDT', opType: 'DEAL', type: 'limit', side: 'buy', price: '64800.5', size: '0.01', dealSize: '0.004', dealFunds: '259.2', fee: '0.1', feeCurrency: 'USDT', active: true, inOrderBook: true, createdAt: NOW }),
    'GET /api/v1/hf/orders/client-order/ttabcdefghijklmnop-e9-9': () => ({ status: 200, json: { code: '400100', msg: 'order_not_exist_or_not_allow_to_cancel' } }),
  },
  placeRoute: 'POST /api/v1/hf/orders',
  sent: { symbol: 'BTC-USDT', side: 'buy', type: 'limit', size: '0.01', price: '64800.5', clientOid: ID },
  theirId: ID, balance: ['USDT', '1000.123456789'], quote: ['64800.4', '64800.6', '64800.5'], candle: ['64800.5', '64900', '64700', '64850', '12.345'],
  refusal: { answer: { code: '200004', msg: 'Balance insufficient!' }, kind: 'insufficientFunds', code: '200004' },
};

const mexcOrder = { symbol: 'BTCUSDT', orderId: 'C02__443776347957968896088', orderListId: -1, clientOrderId: ID, price: '64800.5', origQty: '0.01', executedQty: '0.004', cummulativeQuoteQty: '259.2', status: 'PARTIALLY_FILLED', timeInForce: '', type: 'LIMIT', side: 'BUY', time: NOW, updateTime: NOW };

/** @type {Proof} */
const MEXC = {
  exchange: 'mexc', kind: 'spot', symbol: 'BTC/USDT', steps: ['0.01', '0.000001'],
  routes: {
    'GET /api/v3/exchangeInfo': {
      timezone: 'CST', serverTime: NOW, rateLimits: [], exchangeFilters: [],
      symbols: [{
        symbol: 'BTCUSDT', status: '1', baseAsset: 'BTC', baseAssetPrecision: 6, quoteAsset: 'USDT', quotePrecision: 2, quoteAssetPrecision: 2, baseCommissionPrecision: 6, quoteCommissionPrecision: 2,
        orderTypes: ['LIMIT', 'MARKET', 'LIMIT_MAKER'], isSpotTradingAllowed: true, isMarginTradingAllowed: false, permissions: ['SPOT'], filters: [], baseSizePrecision: '0.000001', maxQuoteAmount: '2000000',
        makerCommission: '0', takerCommission: '0.0005', quoteAmountPrecision: '1',
      }],
    },
    'GET /api/v1/contract/detail': { success: true, code: 0, data: [] },
    'GET /api/v3/ticker/24hr': { symbol: 'BTCUSDT', lastPrice: '64800.5', bidPrice: '64800.4', bidQty: '1', askPrice: '64800.6', askQty: '1', openTime: NOW, closeTime: NOW },
    'GET /api/v3/klines': [[NOW, '64800.5', '64900', '64700', '64850', '12.345', NOW + 59_999, '800000']],
    'GET /api/v3/account': { canTrade: true, canWithdraw: true, accountType: 'SPOT', balances: [{ asset: 'USDT', free: '1000', locked: '0.123456789' }], permissions: ['SPOT'] },
    'POST /api/v3/order': (/** @type {any} */ asked) => ({ json: { symbol: 'BTCUSDT', orderId: mexcOrder.orderId, orderListId: -1, price: asked.parameters.price, origQty: asked.parameters.quantity, type: 'LIMIT', side: 'BUY', transactTime: NOW } }),
    'DELETE /api/v3/order': { ...mexcOrder, status: 'CANCELED', origClientOrderId: ID },
    'GET /api/v3/order': (/** @type {any} */ asked) => (asked.parameters.origClientOrderId === ID ? { json: mexcOrder } : { status: 400, json: { code: -2013, msg: 'Order does not exist.' } }),
  },
  placeRoute: 'POST /api/v3/order',
  sent: { symbol: 'BTCUSDT', side: 'BUY', type: 'LIMIT', quantity: '0.01', price: '64800.5', newClientOrderId: ID },
  theirId: ID, balance: ['USDT', '1000.123456789'], quote: ['64800.4', '64800.6', '64800.5'], candle: ['64800.5', '64900', '64700', '64850', '12.345'],
  refusal: { answer: { code: 30002, msg: 'The minimum transaction volume cannot be less than 1USDT' }, status: 400, kind: 'belowMinimum', code: '30002' },
};

/** @param {object} result */
const kraken = (result) => ({ error: [], result });

/** @param {string} clientId @param {string} [status] */
const krakenOrder = (clientId, status = 'open') => ({
  refid: null, userref: 0, cl_ord_id: clientId, status, opentm: NOW / 1000, starttm: 0, expiretm: 0, descr: { pair: 'XBTUSDT', type: 'buy', ordertype: 'limit', price: '64800.5', price2: '0', leverage: 'none', order: 'buy 0.01 XBTUSDT @ limit 64800.5', close: '' },
  vol: '0.01000000', vol_exec: '0.00400000', cost: '259.2', fee: '0.1', price: '64800.0', stopprice: '0', limitprice: '0', misc: '', oflags: 'fciq',
});

/** @param {string} theirs @returns {Proof} */
export const krakenProof = (theirs) => ({
  exchange: 'kraken', kind: 'spot', symbol: 'BTC/USDT', steps: ['0.1', '0.00000001'],
  routes: {
    'GET /0/public/AssetPairs': kraken({
      XBTUSDT: {
        altname: 'XBTUSDT', wsname: 'XBT/USDT', aclass_base: 'currency', base: 'XXBT', aclass_quote: 'currency', quote: 'USDT', lot: 'unit', cost_decimals: 5, pair_decimals: 1, lot_decimals: 8, lot_multiplier: 1,
        leverage_buy: [], leverage_sell: [], fees: [[0, 0.4]], fees_maker: [[0, 0.25]], fee_volume_currency: 'ZUSD', margin_call: 80, margin_stop: 40, ordermin: '0.0001', costmin: '0.5', tick_size: '0.1', status: 'online',
      },
    }),
    'GET /0/public/Ticker': kraken({ XBTUSDT: { a: ['64800.60000', '1', '1.000'], b: ['64800.40000', '1', '1.000'], c: ['64800.50000', '0.01'], v: ['1', '2'], p: ['64800', '64800'], t: [1, 2], l: ['64700', '64700'], h: ['64900', '64900'], o: '64800.0' } }),
    'GET /0/public/OHLC': kraken({ XBTUSDT: [[NOW / 1000, '64800.5', '64900.0', '64700.0', '64850.0', '64800.0', '12.345', 10]], last: NOW / 1000 }),
    'POST /0/private/BalanceEx': kraken({ USDT: { balance: '1000.12345678', hold_trade: '0.12345678' } }),
    'POST /0/private/AddOrder': kraken({ descr: { order: 'buy 0.01000000 XBTUSDT @ limit 64800.5' }, txid: ['OUF4EM-FRGI2-MQMWZD'], cl_ord_id: theirs }),
    'POST /0/private/CancelOrder': kraken({ count: 1 }),
    'POST /0/private/OpenOrders': (/** @type {any} */ asked) => ({ json: kraken({ open: asked.parameters.cl_ord_id === theirs ? { 'OUF4EM-FRGI2-MQMWZD': krakenOrder(theirs) } : {} }) }),
    'POST /0/private/ClosedOrders': kraken({ closed: {}, count: 0 }),
    'POST /0/private/GetApiKeyInfo': kraken({ permissions: ['query-funds', 'modify-trades'], ip_allowlist: [] }),
  },
  placeRoute: 'POST /0/private/AddOrder',
  sent: { pair: 'XBTUSDT', type: 'buy', ordertype: 'limit', volume: '0.01', price: '64800.5', cl_ord_id: theirs },
  theirId: theirs, balance: ['USDT', '1000.12345678'], quote: ['64800.4', '64800.6', '64800.5'], candle: ['64800.5', '64900', '64700', '64850', '12.345'],
  refusal: { answer: { error: ['EOrder:Insufficient funds'] }, kind: 'insufficientFunds', code: 'EOrder:Insufficient funds' },
});

const coinbaseOrder = {
  order_id: '0b71853b-2e41-4ee5-b9f9-8f8a7b4f3c11', product_id: 'BTC-USDT', user_id: '1', order_configuration: { limit_limit_gtc: { base_size: '0.01', limit_price: '64800.5', post_only: false } }, side: 'BUY', client_order_id: ID,
  status: 'OPEN', time_in_force: 'GOOD_UNTIL_CANCELLED', created_time: '2023-11-14T22:13:20Z', completion_percentage: '40', filled_size: '0.004', average_filled_price: '64800', fee: '', number_of_fills: '1', filled_value: '259.2',
  pending_cancel: false, size_in_quote: false, total_fees: '0.1', total_value_after_fees: '259.3', trigger_status: 'INVALID_ORDER_TYPE', order_type: 'LIMIT', reject_reason: '', settled: false, product_type: 'SPOT',
};

/** @type {Proof} */
const COINBASE = {
  exchange: 'coinbase', kind: 'spot', symbol: 'BTC/USDT', steps: ['0.01', '0.00000001'],
  routes: {
    'GET /v2/currencies': { data: [] },
    'GET /v2/currencies/crypto': { data: [] },
    'GET /v2/exchange-rates': { data: { currency: 'USD', rates: {} } },
    'GET /api/v3/brokerage/market/products': {
      num_products: 1, products: [{
        product_id: 'BTC-USDT', price: '64800.5', price_percentage_change_24h: '0', volume_24h: '1', base_increment: '0.00000001', quote_increment: '0.01', quote_min_size: '1', quote_max_size: '50000000', base_min_size: '0.00000001', base_max_size: '3400',
        base_name: 'Bitcoin', quote_name: 'Tether', status: 'online', cancel_only: false, limit_only: false, post_only: false, trading_disabled: false, product_type: 'SPOT', quote_currency_id: 'USDT', base_currency_id: 'BTC', price_increment: '0.01', is_disabled: false,
      }],
    },
    'GET /api/v3/brokerage/products': { num_products: 0, products: [] },
    'GET /api/v3/brokerage/transaction_summary': { fee_tier: { maker_fee_rate: '0.006', taker_fee_rate: '0.012' } },
    'GET /api/v3/brokerage/market/products/BTC-USDT/ticker': { trades: [{ trade_id: '1', product_id: 'BTC-USDT', price: '64800.5', size: '0.01', time: '2023-11-14T22:13:20Z', side: 'BUY' }], best_bid: '64800.4', best_ask: '64800.6' },
    'GET /api/v3/brokerage/market/products/BTC-USDT/candles': { candles: [{ start: String(NOW / 1000), open: '64800.5', high: '64900', low: '64700', close: '64850', volume: '12.345' }] },
    'GET /api/v3/brokerage/accounts': { accounts: [{ uuid: '1', name: 'USDT Wallet', currency: 'USDT', available_balance: { value: '1000', currency: 'USDT' }, hold: { value: '0.123456789', currency: 'USDT' }, type: 'ACCOUNT_TYPE_CRYPTO', active: true, ready: true }], has_next: false, cursor: '', size: 1 },
    'GET /v2/accounts': { pagination: {}, data: [{ id: 'USDT', name: 'USDT Wallet', primary: false, type: 'wallet', currency: { code: 'USDT' }, balance: { amount: '1000.123456789', currency: 'USDT' } }] },
    'POST /api/v3/brokerage/orders': { success: true, failure_reason: 'UNKNOWN_FAILURE_REASON', order_id: coinbaseOrder.order_id, success_response: { order_id: coinbaseOrder.order_id, product_id: 'BTC-USDT', side: 'BUY', client_order_id: ID }, order_configuration: coinbaseOrder.order_configuration },
    'POST /api/v3/brokerage/orders/batch_cancel': { results: [{ success: true, failure_reason: 'UNKNOWN_CANCEL_FAILURE_REASON', order_id: coinbaseOrder.order_id }] },
    'GET /api/v3/brokerage/orders/historical/batch': (/** @type {any} */ asked) => ({ json: { orders: (asked.parameters.order_status ?? 'OPEN') === 'OPEN' ? [coinbaseOrder] : [], sequence: '0', has_next: false, cursor: '' } }),
    'GET /api/v3/brokerage/orders/historical/0b71853b-2e41-4ee5-b9f9-8f8a7b4f3c11': { order: coinbaseOrder },
    'GET /api/v3/brokerage/key_permissions': { can_view: true, can_trade: true, can_transfer: false, portfolio_uuid: '1' },
  },
  placeRoute: 'POST /api/v3/brokerage/orders',
  sent: { product_id: 'BTC-USDT', side: 'BUY', client_order_id: ID },
  theirId: ID, balance: ['USDT', '1000.123456789'], quote: ['64800.4', '64800.6', '64800.5'], candle: ['64800.5', '64900', '64700', '64850', '12.345'],
  refusal: { answer: { success: false, failure_reason: 'UNKNOWN_FAILURE_REASON', order_id: '', error_response: { error: 'INSUFFICIENT_FUND', message: 'Insufficient balance in source account', error_details: '', preview_failure_reason: 'PREVIEW_INSUFFICIENT_FUND' }, order_configuration: {} }, kind: 'insufficientFunds', code: 'PREVIEW_INSUFFICIENT_FUND' },
};

export const PROOFS = [BYBIT, OKX, OKX_SPOT, KUCOIN, MEXC, COINBASE];

/** @param {string} filterType @param {Record<string, string>} values */
const filter = (filterType, values) => ({ filterType, ...values });

export const SPOT_INFO = {
  timezone: 'UTC', serverTime: 1_700_000_000_000, rateLimits: [], exchangeFilters: [],
  symbols: [{
    symbol: 'BTCUSDT', status: 'TRADING', baseAsset: 'BTC', baseAssetPrecision: 8, quoteAsset: 'USDT', quotePrecision: 8, quoteAssetPrecision: 8,
    orderTypes: ['LIMIT', 'LIMIT_MAKER', 'MARKET', 'STOP_LOSS', 'STOP_LOSS_LIMIT', 'TAKE_PROFIT', 'TAKE_PROFIT_LIMIT'],
    icebergAllowed: true, ocoAllowed: true, isSpotTradingAllowed: true, isMarginTradingAllowed: true, permissions: ['SPOT'], permissionSets: [['SPOT']],
    filters: [
      filter('PRICE_FILTER', { minPrice: '0.01000000', maxPrice: '1000000.00000000', tickSize: '0.01000000' }),
      filter('LOT_SIZE', { minQty: '0.00001000', maxQty: '9000.00000000', stepSize: '0.00001000' }),
      filter('NOTIONAL', { minNotional: '5.00000000', maxNotional: '9000000.00000000' }),
    ],
  }],
};

export const SWAP_INFO = {
  timezone: 'UTC', serverTime: 1_700_000_000_000, rateLimits: [], exchangeFilters: [], assets: [],
  symbols: [{
    symbol: 'BTCUSDT', pair: 'BTCUSDT', contractType: 'PERPETUAL', deliveryDate: 4_133_404_800_000, onboardDate: 1_569_398_400_000, status: 'TRADING',
    baseAsset: 'BTC', quoteAsset: 'USDT', marginAsset: 'USDT', pricePrecision: 2, quantityPrecision: 3, baseAssetPrecision: 8, quotePrecision: 8, underlyingType: 'COIN',
    orderTypes: ['LIMIT', 'MARKET', 'STOP', 'STOP_MARKET', 'TAKE_PROFIT', 'TAKE_PROFIT_MARKET', 'TRAILING_STOP_MARKET'], timeInForce: ['GTC', 'IOC', 'FOK', 'GTX'],
    filters: [
      filter('PRICE_FILTER', { minPrice: '556.80', maxPrice: '4529764', tickSize: '0.10' }),
      filter('LOT_SIZE', { minQty: '0.001', maxQty: '1000', stepSize: '0.001' }),
      filter('MARKET_LOT_SIZE', { minQty: '0.001', maxQty: '120', stepSize: '0.001' }),
      filter('MIN_NOTIONAL', { notional: '100' }),
    ],
  }],
};

/** @param {Record<string, any>} asked @param {object} [more] */
export const spotOrder = (asked, more = {}) => ({
  symbol: 'BTCUSDT', orderId: 28_457_123_456, orderListId: -1, clientOrderId: asked.newClientOrderId ?? asked.origClientOrderId, transactTime: 1_700_000_001_000,
  price: asked.price ?? '0.00000000', origQty: asked.quantity ?? '0.01000000', executedQty: '0.00000000', cummulativeQuoteQty: '0.00000000', status: 'NEW', timeInForce: 'GTC',
  type: asked.type ?? 'LIMIT', side: asked.side ?? 'BUY', fills: [], ...more,
});

/** @param {Record<string, any>} asked @param {object} [more] */
export const swapOrder = (asked, more = {}) => ({
  orderId: 8_886_774, symbol: 'BTCUSDT', status: 'NEW', clientOrderId: asked.newClientOrderId ?? asked.origClientOrderId, price: asked.price ?? '0', avgPrice: '0.00',
  origQty: asked.quantity ?? '0.010', executedQty: '0', cumQty: '0', cumQuote: '0', timeInForce: 'GTC', type: asked.type ?? 'LIMIT', reduceOnly: asked.reduceOnly === 'true',
  closePosition: false, side: asked.side ?? 'BUY', positionSide: 'BOTH', stopPrice: '0', workingType: 'CONTRACT_PRICE', origType: asked.type ?? 'LIMIT', updateTime: 1_700_000_001_000, ...more,
});

/** @param {Record<string, any>} asked @param {object} [more] */
export const algoOrder = (asked, more = {}) => ({
  algoId: 3_358_999, clientAlgoId: asked.clientAlgoId, algoType: 'CONDITIONAL', orderType: asked.type ?? 'STOP_MARKET', symbol: 'BTCUSDT', side: asked.side ?? 'SELL', positionSide: 'BOTH',
  timeInForce: 'GTC', quantity: asked.quantity ?? '0.010', algoStatus: 'NEW', triggerPrice: asked.triggerPrice ?? '61000.00', price: '0.00', workingType: 'CONTRACT_PRICE',
  closePosition: false, priceProtect: false, reduceOnly: asked.reduceOnly === 'true', createTime: 1_700_000_001_000, updateTime: 1_700_000_001_000, triggerTime: 0, goodTillDate: 0, ...more,
});

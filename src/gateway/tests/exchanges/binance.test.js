import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { afterEach, beforeEach, test } from 'node:test';
import { SPOT_INFO, SWAP_INFO, algoOrder, spotOrder, swapOrder } from './binanceAnswers.js';
import { ExchangeStage, ID, KEY, PASSWORD, SECRET } from './stage.js';

const SPOT = 'BTC/USDT';
const SWAP = 'BTC/USDT:USDT';
const BUY = { symbol: SPOT, side: 'buy', type: 'limit', quantity: '0.01', price: '64800.5', clientOrderId: ID };

/** @type {ExchangeStage} */
let stage;

beforeEach(async () => {
  stage = await new ExchangeStage().start();
  stage.exchange.teach({ 'GET /api/v3/exchangeInfo': SPOT_INFO, 'GET /fapi/v1/exchangeInfo': SWAP_INFO });
});
afterEach(async () => {
  for (const said of [...stage.lines, ...stage.logged]) for (const secret of [KEY, SECRET, PASSWORD, 'signature=']) assert.ok(!said.includes(secret), said);
  await stage.end();
});

/** @param {number} status @param {number} code @param {string} msg */
const refusal = (status, code, msg) => () => ({ status, json: { code, msg } });

test('markets carry steps and minimums exactly', async () => {
  await stage.open('binance', 'spot');
  const [spot] = await stage.call('markets');
  assert.deepEqual(
    [spot.symbol, spot.kind, spot.tick, spot.step, spot.minQuantity, spot.minNotional, spot.settle, spot.contractSize],
    [SPOT, 'spot', '0.01', '0.00001', '0.00001', '5', null, null],
  );
  await stage.open('binance', 'swap');
  const [swap] = await stage.call('markets');
  assert.deepEqual(
    [swap.symbol, swap.kind, swap.linear, swap.tick, swap.step, swap.minNotional, swap.settle, swap.contractSize, swap.maxQuantity],
    // The lower of those for orders with a price and at the market.
    [SWAP, 'swap', true, '0.1', '0.001', '100', 'USDT', '1', '120'],
  );
  assert.deepEqual(stage.exchange.unknown, []);
});

test('an order goes out once, with our id and the amounts as they were written', async () => {
  stage.exchange.teach({ 'POST /api/v3/order': (/** @type {any} */ asked) => ({ json: spotOrder(asked.parameters, { status: 'PARTIALLY_FILLED', executedQty: '0.00400000', cummulativeQuoteQty: '259.20000000' }) }) });
  await stage.open('binance', 'spot');

  const order = await stage.call('place', BUY);

  const [{ parameters }] = stage.exchange.of('POST /api/v3/order');
  assert.deepEqual([parameters.symbol, parameters.side, parameters.type, parameters.quantity, parameters.price, parameters.newClientOrderId], ['BTCUSDT', 'BUY', 'LIMIT', '0.01', '64800.5', ID]);
  // The bot counts on it before it sends a lost order again.
  assert.equal(parameters.recvWindow, '5000');
  assert.deepEqual(order, {
    id: '28457123456', clientOrderId: ID, symbol: SPOT, side: 'buy', type: 'limit', status: 'open', quantity: '0.01', filled: '0.004', remaining: '0.006', average: '64800',
    price: '64800.5', trigger: null, reduceOnly: order.reduceOnly, at: 1_700_000_001_000, childId: null,
  });
});

test('a stop of a future goes to the book of conditional orders, reduce-only, and is found and cancelled there', async () => {
  stage.exchange.teach({
    'POST /fapi/v1/algoOrder': (/** @type {any} */ asked) => ({ json: algoOrder(asked.parameters) }),
    'GET /fapi/v1/algoOrder': (/** @type {any} */ asked) => ({ json: algoOrder(asked.parameters) }),
    'DELETE /fapi/v1/algoOrder': { algoId: 3_358_999, clientAlgoId: ID, code: '200', msg: 'success' },
  });
  await stage.open('binance', 'swap');
  const stop = { symbol: SWAP, side: 'sell', type: 'stopMarket', quantity: '0.01', trigger: '61000.1', reduceOnly: true, clientOrderId: ID };

  const placed = await stage.call('place', stop);
  const found = await stage.call('order', { symbol: SWAP, clientOrderId: ID, isTrigger: true });
  const cancelled = await stage.call('cancel', { symbol: SWAP, clientOrderId: ID, isTrigger: true });

  const [{ parameters }] = stage.exchange.of('POST /fapi/v1/algoOrder');
  assert.deepEqual([parameters.type, parameters.triggerPrice, parameters.reduceOnly, parameters.clientAlgoId, parameters.quantity], ['STOP_MARKET', '61000.1', 'true', ID, '0.01']);
  assert.deepEqual([placed.id, placed.clientOrderId, placed.type, placed.trigger, placed.status, placed.reduceOnly], ['3358999', ID, 'stopMarket', '61000.1', 'open', true]);
  assert.deepEqual([found.id, found.clientOrderId, found.type], ['3358999', ID, 'stopMarket']);
  assert.equal(stage.exchange.of('DELETE /fapi/v1/algoOrder')[0].parameters.clientAlgoId, ID);
  assert.equal(cancelled.clientOrderId, ID);
});

test('an order that would leave too late is refused and nothing is sent; one in time goes', async () => {
  stage.exchange.teach({ 'POST /api/v3/order': (/** @type {any} */ asked) => ({ json: spotOrder(asked.parameters) }) });
  await stage.open('binance', 'spot');
  const late = await stage.call('place', { ...BUY, notAfter: Date.now() - 1 });
  assert.deepEqual([late.data.kind, late.data.mayHaveHappened], ['tooLate', false]);
  assert.deepEqual(stage.exchange.of('POST /api/v3/order'), []);
  await stage.call('place', { ...BUY, notAfter: Date.now() + 60_000 });
  assert.equal(stage.exchange.of('POST /api/v3/order').length, 1);
});

test('what does not fit the steps is refused and nothing is sent', async () => {
  await stage.open('binance', 'spot');
  for (const wrong of [{ quantity: '0.010000001' }, { price: '64800.555' }]) {
    const refused = await stage.call('place', { ...BUY, ...wrong });
    assert.deepEqual([refused.data.kind, refused.data.mayHaveHappened], ['wrongPrecision', false]);
  }
  assert.equal((await stage.call('place', { ...BUY, quantity: 0.01 })).data.kind, 'parameters');
  assert.equal((await stage.call('place', { ...BUY, symbol: 'DOGE/USDT' })).data.kind, 'unknownSymbol');
  assert.deepEqual(stage.exchange.of('POST /api/v3/order'), []);
});

/** What the exchange says, and what it comes to. @type {[string, number, number, string, string, boolean][]} */
const REFUSALS = [
  ['insufficient balance', 400, -2010, 'Account has insufficient balance for requested action.', 'insufficientFunds', false],
  ['duplicate order', 400, -2010, 'Duplicate order sent.', 'duplicateClientOrderId', false],
  ['would trigger (spot)', 400, -2010, 'Stop price would trigger immediately.', 'wouldTriggerAtOnce', false],
  ['another -2010', 400, -2010, 'Something new.', 'invalidOrder', false],
  ['notional', 400, -1013, 'Filter failure: NOTIONAL', 'belowMinimum', false],
  ['lot size', 400, -1013, 'Filter failure: LOT_SIZE', 'wrongPrecision', false],
  ['percent price', 400, -1013, 'Filter failure: PERCENT_PRICE_BY_SIDE', 'invalidOrder', false],
  ['precision', 400, -1111, 'Precision is over the maximum defined for this asset.', 'wrongPrecision', false],
  ['would trigger', 400, -2021, 'Order would immediately trigger.', 'wouldTriggerAtOnce', false],
  ['reduce only', 400, -2022, 'ReduceOnly Order is rejected.', 'reduceOnlyRefused', false],
  ['margin', 400, -2019, 'Margin is insufficient.', 'insufficientFunds', false],
  ['minimum', 400, -4164, "Order's notional must be no smaller than 100.", 'belowMinimum', false],
  ['duplicate (futures)', 400, -4116, 'ClientOrderId is duplicated.', 'duplicateClientOrderId', false],
  ['id too long', 400, -4015, 'Client order id is not valid.', 'invalidOrder', false],
  ['timestamp', 400, -1021, 'Timestamp for this request is outside of the recvWindow.', 'timestamp', false],
  ['signature', 400, -1022, 'Signature for this request is not valid.', 'authentication', false],
  ['key or address', 401, -2015, 'Invalid API-key, IP, or permissions for action.', 'authentication', false],
  ['symbol', 400, -1121, 'Invalid symbol.', 'unknownSymbol', false],
  ['too many', 429, -1003, 'Too many requests.', 'rateLimited', false],
  ['banned', 418, -1003, 'Way too many requests; IP banned until 1700000000000.', 'bannedAddress', false],
  ['too many orders', 400, -1015, 'Too many new orders.', 'rateLimited', false],
  ['status unknown', 408, -1007, 'Timeout waiting for response from backend server. Send status unknown; execution status unknown.', 'network', true],
  ['unlisted code', 400, -9999, 'Something new.', 'unrecognised', true],
  ['server trouble', 503, -1008, 'Server is currently overloaded.', 'network', true],
];

for (const [name, status, code, words, kind, mayHaveHappened] of REFUSALS) {
  test(`refused: ${name}`, async () => {
    const futures = { symbol: SWAP, side: 'buy', type: 'limit', quantity: '0.01', price: '64800.5', clientOrderId: ID };
    stage.exchange.teach({ 'POST /api/v3/order': refusal(status, code, words), 'POST /fapi/v1/order': refusal(status, code, words) });
    for (const [market, order] of /** @type {const} */ ([['spot', BUY], ['swap', futures]])) {
      await stage.open('binance', market);
      const refused = await stage.call('place', order);
      assert.deepEqual([refused.code, refused.data.kind, refused.data.exchangeCode, refused.data.mayHaveHappened], [-32000, kind, String(code), mayHaveHappened], `${market}: ${refused.message}`);
    }
    assert.deepEqual([stage.exchange.of('POST /api/v3/order').length, stage.exchange.of('POST /fapi/v1/order').length], [1, 1]);
  });
}

test('a key that worked before and does not now is no rate limit', async () => {
  stage.exchange.teach({ 'POST /api/v3/order': (/** @type {any} */ asked) => ({ json: spotOrder(asked.parameters) }) });
  await stage.open('binance', 'spot');
  await stage.call('place', BUY);
  stage.exchange.teach({ 'POST /api/v3/order': refusal(401, -2015, 'Invalid API-key, IP, or permissions for action.') });
  assert.equal((await stage.call('place', BUY)).data.kind, 'authentication');
});

/** How the way there can fail. @type {[string, any, string][]} */
const CUTS = [
  ['no answer', () => ({ then: 'silence' }), 'network'],
  ['cut connection', () => ({ then: 'cut' }), 'network'],
  ['half an answer', (/** @type {any} */ asked) => ({ json: spotOrder(asked.parameters), then: 'halfAnswer' }), 'network'],
  ['no JSON', () => ({ text: '<html>ok</html>' }), 'unrecognised'],
  ['empty answer', () => ({ text: '' }), 'unrecognised'],
  ['bad gateway', () => ({ status: 502, text: '<html>Bad gateway</html>' }), 'network'],
  ['gateway time-out', () => ({ status: 504, text: '' }), 'network'],
];

for (const [name, answer] of CUTS) {
  test(`the outcome is unknown: ${name}`, async () => {
    stage.exchange.teach({ 'POST /api/v3/order': answer, 'DELETE /api/v3/order': answer });
    await stage.open('binance', 'spot', { requestTimeout: 300 });
    const refused = await stage.call('place', BUY);
    assert.equal(refused.data?.mayHaveHappened, true, JSON.stringify(refused));
    assert.ok(['network', 'unrecognised'].includes(refused.data.kind), refused.data.kind);
    assert.equal((await stage.call('cancel', { symbol: SPOT, clientOrderId: ID })).data.mayHaveHappened, true, JSON.stringify(stage.exchange.unknown));
    assert.deepEqual(stage.exchange.asked.filter((each) => each.path === '/api/v3/order').map((each) => each.method), ['POST', 'DELETE']);
  });
}

test('a connection that is refused sent nothing', async () => {
  const closed = createServer().listen(0, '127.0.0.1');
  await once(closed, 'listening');
  const { port } = /** @type {import('node:net').AddressInfo} */ (closed.address());
  closed.close();
  await once(closed, 'close');
  await stage.open('binance', 'spot', { baseUrl: `http://127.0.0.1:${port}` });
  const unread = await stage.call('markets');
  assert.deepEqual([unread.data.kind, unread.data.mayHaveHappened], ['network', false]);
  const unsent = await stage.call('place', BUY);
  assert.deepEqual([unsent.data.kind, unsent.data.mayHaveHappened], ['network', false]);
});

test('a server that goes away between two calls is unreachable, and nothing happened', async () => {
  await stage.open('binance', 'spot');
  await stage.call('markets');
  const { url } = stage.exchange;
  await stage.exchange.stop();
  const refused = await stage.call('place', BUY);
  stage.exchange = await new (/** @type {any} */ (stage.exchange.constructor))().start();
  assert.notEqual(stage.exchange.url, url);
  assert.deepEqual([refused.data.kind, refused.data.mayHaveHappened], ['network', false]);
});

test('markets that could not be read are read with the next call', async () => {
  stage.exchange.teach({ 'GET /api/v3/exchangeInfo': () => ({ status: 503, text: '' }), 'POST /api/v3/order': (/** @type {any} */ asked) => ({ json: spotOrder(asked.parameters) }) });
  await stage.open('binance', 'spot');
  assert.deepEqual((await stage.call('place', BUY)).data.mayHaveHappened, false);
  stage.exchange.teach({ 'GET /api/v3/exchangeInfo': SPOT_INFO });
  assert.equal((await stage.call('place', BUY)).status, 'open');
});

test('an unknown order is told as such, and only then', async () => {
  stage.exchange.teach({ 'GET /api/v3/order': refusal(400, -2013, 'Order does not exist.'), 'DELETE /api/v3/order': refusal(400, -2011, 'Unknown order sent.') });
  await stage.open('binance', 'spot');
  const missing = await stage.call('order', { symbol: SPOT, clientOrderId: ID });
  assert.deepEqual([missing.data.kind, missing.data.mayHaveHappened], ['orderNotFound', false]);
  assert.equal((await stage.call('cancel', { symbol: SPOT, clientOrderId: ID })).data.kind, 'orderNotFound');
  stage.exchange.teach({ 'GET /api/v3/order': () => ({ status: 500, text: '' }) });
  assert.equal((await stage.call('order', { symbol: SPOT, clientOrderId: ID })).data.kind, 'network');
});

test('every digit of a balance is kept', async () => {
  stage.exchange.teach({
    'GET /api/v3/account': {
      makerCommission: 10, takerCommission: 10, updateTime: 1_700_000_000_000, accountType: 'SPOT', permissions: ['SPOT'],
      balances: [{ asset: 'BTC', free: '0.12345678', locked: '0.00000001' }, { asset: 'SHIB', free: '123456789012345678.12345678', locked: '0.00' }, { asset: 'ETH', free: '0.00', locked: '0.00' }],
    },
  });
  await stage.open('binance', 'spot');
  assert.deepEqual((await stage.call('balance')).assets, [
    { asset: 'BTC', free: '0.12345678', used: '0.00000001', total: '0.12345679', wallet: '0.12345679' },
    { asset: 'SHIB', free: '123456789012345678.12345678', used: '0', total: '123456789012345678.12345678', wallet: '123456789012345678.12345678' },
  ]);
});

test('open orders of both books, fills and positions', async () => {
  const at = Date.now() - 3_600_000;
  stage.exchange.teach({
    'GET /fapi/v1/openOrders': [swapOrder({ newClientOrderId: 'ttabcdefghijklmnop-t1-1', price: '70000' })],
    'GET /fapi/v1/openAlgoOrders': [algoOrder({ clientAlgoId: 'ttabcdefghijklmnop-s-1' })],
    'GET /fapi/v1/userTrades': [{
      buyer: true, commission: '0.07819010', commissionAsset: 'USDT', id: 698_759, maker: false, orderId: 25_851_813, price: '64800.50', qty: '0.010', quoteQty: '648.00', realizedPnl: '0', side: 'BUY',
      positionSide: 'BOTH', symbol: 'BTCUSDT', time: at,
    }],
    'GET /fapi/v3/positionRisk': [{
      symbol: 'BTCUSDT', positionSide: 'BOTH', positionAmt: '-0.010', entryPrice: '64800.50', breakEvenPrice: '64790.1', markPrice: '64000.10', unRealizedProfit: '8.0', liquidationPrice: '90000.5',
      isolatedMargin: '0', notional: '-640.001', marginAsset: 'USDT', isolatedWallet: '0', initialMargin: '64', maintMargin: '2.56', positionInitialMargin: '64', openOrderInitialMargin: '0', adl: 2, bidNotional: '0', askNotional: '0', updateTime: 1_700_000_002_000,
    }],
    'GET /fapi/v1/leverageBracket': [{ symbol: 'BTCUSDT', brackets: [{ bracket: 1, initialLeverage: 125, notionalCap: 50_000, notionalFloor: 0, maintMarginRatio: 0.004, cum: 0 }] }],
  });
  await stage.open('binance', 'swap');
  const orders = await stage.call('openOrders', { symbol: SWAP });
  assert.deepEqual(orders.map((/** @type {any} */ each) => [each.clientOrderId, each.type, each.trigger]), [['ttabcdefghijklmnop-t1-1', 'limit', null], ['ttabcdefghijklmnop-s-1', 'stopMarket', '61000']]);
  const [fill] = await stage.call('fills', { symbol: SWAP, since: at - 60_000 });
  assert.deepEqual([fill.id, fill.orderId, fill.price, fill.quantity, fill.fee, fill.maker, fill.at], ['698759', '25851813', '64800.5', '0.01', { cost: '0.0781901', asset: 'USDT' }, false, at]);
  const [position] = await stage.call('positions', { symbols: [SWAP] });
  assert.deepEqual([position.symbol, position.side, position.quantity, position.entry, position.liquidation], [SWAP, 'short', '0.01', '64800.5', '90000.5']);
});

test('preparing sets what is not so, reads it back, and takes "no need to change" for done', async () => {
  let leverage = 20;
  stage.exchange.teach({
    'GET /fapi/v1/positionSide/dual': { dualSidePosition: false },
    'GET /fapi/v1/symbolConfig': () => ({ json: [{ symbol: 'BTCUSDT', marginType: 'ISOLATED', isAutoAddMargin: 'false', leverage, maxNotionalValue: '1000000' }] }),
    'POST /fapi/v1/marginType': refusal(400, -4046, 'No need to change margin type.'),
    'POST /fapi/v1/leverage': (/** @type {any} */ asked) => ({ json: { leverage: leverage = Number(asked.parameters.leverage), maxNotionalValue: '1000000', symbol: 'BTCUSDT' } }),
  });
  await stage.open('binance', 'swap');
  const prepared = await stage.call('prepare', { symbol: SWAP, leverage: 5, marginMode: 'isolated', oneWay: true });
  assert.deepEqual(prepared, { leverage: '5', marginMode: 'isolated', positionMode: 'oneWay', verified: true, notes: [] });
  assert.deepEqual([stage.exchange.of('POST /fapi/v1/leverage').length, stage.exchange.of('POST /fapi/v1/marginType').length], [1, 0]);
});

test('the clock is measured and used for signing', async () => {
  stage.exchange.teach({ 'GET /api/v3/time': () => ({ json: { serverTime: Date.now() + 60_000 } }), 'GET /api/v3/account': { balances: [], permissions: ['SPOT'] } });
  await stage.open('binance', 'spot');
  const clock = await stage.call('clock');
  assert.ok(Math.abs(clock.offset - 60_000) < 5_000, String(clock.offset));
  await stage.call('balance');
  assert.ok(Number(stage.exchange.of('GET /api/v3/account')[0].parameters.timestamp) - Date.now() > 50_000);
});

test('permissions are told as the exchange tells them', async () => {
  stage.exchange.teach({ 'GET /sapi/v1/account/apiRestrictions': { ipRestrict: true, createTime: 1_700_000_000_000, enableReading: true, enableWithdrawals: true, enableFutures: false, enableSpotAndMarginTrading: true } });
  await stage.open('binance', 'spot');
  assert.deepEqual(await stage.call('permissions'), { trade: true, withdraw: true, ipBound: true, readOnly: false });
  await stage.open('binance', 'swap');
  assert.equal((await stage.call('permissions')).trade, false);
});

test('candles and quotes are text', async () => {
  stage.exchange.teach({
    'GET /api/v3/klines': [[1_700_000_000_000, '64800.50', '64900.00', '64700.01', '64850.00', '12.34567890', 1_700_000_059_999, '0', 10, '0', '0', '0']],
    'GET /api/v3/ticker/24hr': [{ symbol: 'BTCUSDT', lastPrice: '64800.50', bidPrice: '64800.49', bidQty: '1', askPrice: '64800.51', askQty: '1', openTime: 1, closeTime: 1_700_000_000_000 }],
    'GET /api/v3/ticker/bookTicker': [{ symbol: 'BTCUSDT', bidPrice: '64800.40', bidQty: '1', askPrice: '64800.60', askQty: '1' }],
  });
  await stage.open('binance', 'spot');
  assert.deepEqual(await stage.call('candles', { symbol: SPOT, timeframe: '1m', since: 1_700_000_000_000, limit: 1 }), [[1_700_000_000_000, '64800.5', '64900', '64700.01', '64850', '12.3456789']]);
  const [quote] = await stage.call('quotes', { symbols: [SPOT] });
  assert.deepEqual([quote.bid, quote.ask, quote.last], ['64800.4', '64800.6', '64800.5']);
  assert.equal((await stage.call('candles', { symbol: SPOT, timeframe: '7m' })).data.kind, 'notSupported');
});

test('an order that is not ours is withdrawn from the book in which it lies, and only there', async () => {
  stage.exchange.teach({
    'GET /fapi/v1/openOrders': [swapOrder({ newClientOrderId: 'web_by-hand_with_a_long_name', price: '70000' }, { orderId: 77 })],
    'GET /fapi/v1/openAlgoOrders': [algoOrder({ clientAlgoId: 'by hand' }, { algoId: 78 })],
    'DELETE /fapi/v1/order': swapOrder({ newClientOrderId: 'web_by-hand_with_a_long_name', price: '70000' }, { orderId: 77, status: 'CANCELED' }),
    'DELETE /fapi/v1/algoOrder': { algoId: 78, clientAlgoId: 'by hand', code: '200', msg: 'success' },
  });
  await stage.open('binance', 'swap');
  assert.deepEqual((await stage.call('openOrders')).map((/** @type {any} */ each) => [each.id, each.clientOrderId, each.side, each.symbol]), [['77', 'web_by-hand_with_a_long_name', 'buy', SWAP], ['78', 'by hand', 'sell', SWAP]]);
  await stage.call('withdraw', { symbol: SWAP, exchangeOrderId: '77' });
  await stage.call('withdraw', { symbol: SWAP, exchangeOrderId: '78' });
  assert.deepEqual(stage.exchange.of('DELETE /fapi/v1/order').map((/** @type {any} */ each) => each.parameters.orderId), ['77']);
  assert.deepEqual(stage.exchange.of('DELETE /fapi/v1/algoOrder').map((/** @type {any} */ each) => each.parameters.algoId), ['78']);
  const refused = await stage.call('withdraw', { symbol: SWAP, exchangeOrderId: '79' });
  assert.deepEqual([refused.data.kind, refused.data.mayHaveHappened], ['orderNotFound', false]);
  assert.equal(stage.exchange.asked.filter((/** @type {any} */ each) => each.method === 'DELETE').length, 2);
});

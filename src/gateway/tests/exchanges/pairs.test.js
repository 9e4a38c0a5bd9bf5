import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { setTimeout as after } from 'node:timers/promises';
import { SPOT_INFO, SWAP_INFO, spotOrder } from './binanceAnswers.js';
import { ExchangeStage, ID } from './stage.js';

// Pairs of stop and target on Binance spot, in the shapes that its documents give.

const SPOT = 'BTC/USDT';
const PAIR = { symbol: SPOT, side: 'sell', type: 'oneCancelsOther', quantity: '0.01', price: '66000.5', trigger: '63000.25', clientOrderId: ID };
const WHICH = { symbol: SPOT, clientOrderId: ID, isPair: true };
const LIST = 1_929;
const [LIMIT, STOP] = [101, 102];

/** @param {object} [more] */
const limitLeg = (more = {}) => spotOrder(
  { newClientOrderId: `${ID}_L`, type: 'LIMIT_MAKER', side: 'SELL', price: '66000.50000000' }, { orderId: LIMIT, orderListId: LIST, stopPrice: '0.00000000', ...more },
);
/** @param {object} [more] */
const stopLeg = (more = {}) => spotOrder(
  { newClientOrderId: `${ID}_S`, type: 'STOP_LOSS', side: 'SELL' }, { orderId: STOP, orderListId: LIST, stopPrice: '63000.25000000', ...more },
);
/** @param {string} status @param {any[]} [orderReports] */
const list = (status, orderReports) => ({
  orderListId: LIST, contingencyType: 'OCO', listStatusType: status === 'EXECUTING' ? 'EXEC_STARTED' : 'ALL_DONE', listOrderStatus: status, listClientOrderId: ID, transactionTime: 1_700_000_001_000,
  symbol: 'BTCUSDT', orders: [{ symbol: 'BTCUSDT', orderId: STOP, clientOrderId: `${ID}_S` }, { symbol: 'BTCUSDT', orderId: LIMIT, clientOrderId: `${ID}_L` }], ...(orderReports === undefined ? {} : { orderReports }),
});
/** @param {number} code @param {string} msg */
const refusal = (code, msg) => () => ({ status: 400, json: { code, msg } });
const NO_ORDER = { status: 400, json: { code: -2013, msg: 'Order does not exist.' } };
const NO_LIST = { status: 400, json: { code: -2018, msg: 'Order list does not exist.' } };
/** In the answer to a withdrawal the order's own id stands apart. @param {any} leg @param {object} [more] */
const withdrawn = (leg, more = {}) => ({ ...leg, origClientOrderId: leg.clientOrderId, clientOrderId: 'pXLV6Hz6mprAcVYpVMTGgx', status: 'CANCELED', ...more });

/** Orders by their own ids as well as by their numbers. @param {any[]} legs @param {{ byNumberOnly?: boolean }} [how] */
const orders = (legs, { byNumberOnly = false } = {}) => (/** @type {any} */ asked) => {
  const { orderId, origClientOrderId } = asked.parameters;
  const found = legs.find((leg) => (orderId === undefined ? !byNumberOnly && leg.clientOrderId === origClientOrderId : String(leg.orderId) === orderId));
  return found === undefined ? NO_ORDER : { json: found };
};

/** @type {ExchangeStage} */
let stage;

beforeEach(async () => {
  stage = await new ExchangeStage().start();
  stage.exchange.teach({ 'GET /api/v3/exchangeInfo': SPOT_INFO, 'GET /fapi/v1/exchangeInfo': SWAP_INFO, 'GET /api/v3/order': () => NO_ORDER, 'GET /api/v3/orderList': () => NO_LIST });
});
afterEach(() => stage.end());

test('a pair that could not leave in time does not leave at all', async (context) => {
  let later = 0;
  const now = performance.now.bind(performance);
  context.mock.method(performance, 'now', () => now() + later);
  stage.exchange.teach({ 'GET /api/v3/exchangeInfo': () => { later = 4_100; return { json: SPOT_INFO }; } });
  await stage.open('binance', 'spot');

  const refused = await stage.call('place', PAIR);
  assert.deepEqual([refused.data?.kind, refused.data?.mayHaveHappened], ['network', false], JSON.stringify(refused));
  assert.deepEqual(stage.exchange.of('POST /api/v3/orderList/oco'), []);
});

test('a market says whether it takes pairs: those of them that also take both of their orders', async () => {
  const [symbol] = SPOT_INFO.symbols;
  const listed = async (/** @type {object} */ more) => {
    stage.exchange.teach({ 'GET /api/v3/exchangeInfo': { ...SPOT_INFO, symbols: [{ ...symbol, ...more }] } });
    return (await stage.call('markets'))[0].holdsPairs;
  };
  assert.equal((await stage.open('binance', 'spot')).can.oco, true);
  assert.equal(await listed({}), true);
  for (const missing of [{ ocoAllowed: false }, { ocoAllowed: undefined }, { orderTypes: ['LIMIT', 'LIMIT_MAKER', 'MARKET'] }, { orderTypes: ['LIMIT', 'MARKET', 'STOP_LOSS'] }]) assert.equal(await listed(missing), false);
  assert.equal((await stage.call('place', PAIR)).data.kind, 'notSupported');
  assert.equal((await stage.open('binance', 'swap')).can.oco, false);
  assert.equal((await stage.call('markets'))[0].holdsPairs, null);
  assert.equal((await stage.call('place', { ...PAIR, symbol: 'BTC/USDT:USDT', quantity: '0.01', price: '66000.5', trigger: '63000.2' })).data.kind, 'notSupported');
  assert.deepEqual(stage.exchange.asked.filter((each) => each.method === 'POST'), []);
});

test('a pair goes out as one request, with the amounts as they were written, and comes back as one order', async () => {
  stage.exchange.teach({ 'POST /api/v3/orderList/oco': list('EXECUTING', [stopLeg(), limitLeg()]) });
  await stage.open('binance', 'spot');
  const order = await stage.call('place', PAIR);

  const [{ parameters }] = stage.exchange.of('POST /api/v3/orderList/oco');
  const { timestamp: _, signature: __, recvWindow: ___, ...sent } = parameters;
  assert.deepEqual(sent, {
    symbol: 'BTCUSDT', side: 'SELL', quantity: '0.01', listClientOrderId: ID, aboveType: 'LIMIT_MAKER', abovePrice: '66000.5', aboveClientOrderId: `${ID}_L`,
    belowType: 'STOP_LOSS', belowStopPrice: '63000.25', belowClientOrderId: `${ID}_S`, newOrderRespType: 'RESULT',
  });
  assert.deepEqual(order, {
    id: '101', childId: '102', clientOrderId: ID, symbol: SPOT, side: 'sell', type: 'oneCancelsOther', status: 'open', quantity: '0.01', filled: '0', remaining: '0.01', average: null,
    price: '66000.5', trigger: '63000.25', reduceOnly: false, at: 1_700_000_001_000,
  });
  assert.deepEqual(stage.exchange.asked.filter((each) => each.method === 'POST').length, 1);
});

test('a purchase has its limit below and its stop above', async () => {
  stage.exchange.teach({ 'POST /api/v3/orderList/oco': list('EXECUTING', [stopLeg({ side: 'BUY' }), limitLeg({ side: 'BUY' })]) });
  await stage.open('binance', 'spot');
  await stage.call('place', { ...PAIR, side: 'buy', price: '63000.25', trigger: '66000.5' });
  const [{ parameters }] = stage.exchange.of('POST /api/v3/orderList/oco');
  assert.deepEqual(
    [parameters.aboveType, parameters.aboveStopPrice, parameters.belowType, parameters.belowPrice, parameters.belowClientOrderId],
    ['STOP_LOSS', '66000.5', 'LIMIT_MAKER', '63000.25', `${ID}_L`],
  );
});

test('what is missing or does not fit the steps is refused and nothing is sent', async () => {
  await stage.open('binance', 'spot');
  for (const wrong of [{ quantity: '0.010000001' }, { price: '66000.555' }, { trigger: '63000.255' }]) assert.equal((await stage.call('place', { ...PAIR, ...wrong })).data.kind, 'wrongPrecision');
  for (const missing of [{ price: null }, { trigger: null }]) assert.equal((await stage.call('place', { ...PAIR, ...missing })).data.kind, 'invalidOrder');
  assert.deepEqual(stage.exchange.asked.filter((each) => each.method === 'POST'), []);
});

/** What the exchange says, and what it comes to. @type {[number, string, string][]} */
const REFUSALS = [
  [-2010, 'The relationship of the prices for the orders is not correct.', 'wouldTriggerAtOnce'],
  [-2011, 'The relationship of the prices for the orders is not correct.', 'wouldTriggerAtOnce'],
  [-2010, 'Order would immediately match and take.', 'wouldTriggerAtOnce'],
  [-2010, 'Order would trigger immediately.', 'wouldTriggerAtOnce'],
  [-2010, 'OCO orders are not supported for this symbol', 'notSupported'],
  [-2010, 'Stop loss orders are not supported for this symbol.', 'notSupported'],
  [-2010, 'Account has insufficient balance for requested action.', 'insufficientFunds'],
  [-2010, 'Duplicate order sent.', 'duplicateClientOrderId'],
  [-1013, 'Filter failure: NOTIONAL', 'belowMinimum'],
  [-1013, 'Filter failure: PERCENT_PRICE_BY_SIDE', 'invalidOrder'],
  [-1106, "Parameter 'aboveTimeInForce' sent when not required.", 'invalidOrder'],
  [-1158, 'Order type not supported in OCO.', 'invalidOrder'],
  [-1165, 'A limit order in a buy OCO must be below.', 'invalidOrder'],
  [-1166, 'A limit order in a sell OCO must be above.', 'invalidOrder'],
  [-1197, 'A stop loss order in a sell OCO must be below.', 'invalidOrder'],
];

for (const [code, words, kind] of REFUSALS) {
  test(`refused: ${code} ${words}`, async () => {
    stage.exchange.teach({ 'POST /api/v3/orderList/oco': refusal(code, words) });
    await stage.open('binance', 'spot');
    const refused = await stage.call('place', PAIR);
    assert.deepEqual([refused.data.kind, refused.data.exchangeCode, refused.data.mayHaveHappened], [kind, String(code), false], refused.message);
    assert.equal(stage.exchange.of('POST /api/v3/orderList/oco').length, 1);
  });
}

/** How the way there can fail. @type {[string, () => object][]} */
const CUTS = [
  ['no answer', () => ({ then: 'silence' })],
  ['cut connection', () => ({ then: 'cut' })],
  ['half an answer', () => ({ json: list('EXECUTING', [stopLeg(), limitLeg()]), then: 'halfAnswer' })],
  ['no JSON', () => ({ text: '<html>ok</html>' })],
  ['bad gateway', () => ({ status: 502, text: '' })],
  ['status unknown', () => ({ status: 408, json: { code: -1007, msg: 'Timeout waiting for response from backend server. Send status unknown; execution status unknown.' } })],
  ['an unlisted code', () => ({ status: 400, json: { code: -9999, msg: 'Something new.' } })],
];

for (const [name, answer] of CUTS) {
  test(`the outcome of a pair is unknown: ${name}`, async () => {
    stage.exchange.teach({ 'POST /api/v3/orderList/oco': answer, 'DELETE /api/v3/orderList': answer });
    await stage.open('binance', 'spot', { requestTimeout: 300 });
    assert.equal((await stage.call('place', PAIR)).data.mayHaveHappened, true);
    assert.equal((await stage.call('cancel', WHICH)).data.mayHaveHappened, true);
    assert.deepEqual(stage.exchange.asked.filter((each) => each.method !== 'GET').map((each) => `${each.method} ${each.path}`), ['POST /api/v3/orderList/oco', 'DELETE /api/v3/orderList']);
  });
}

for (const answer of [list('EXECUTING', [limitLeg()]), list('EXECUTING', [stopLeg()]), list('EXECUTING', []), list('EXECUTING'), {}]) {
  test(`an answer without the ids of both is no success: ${JSON.stringify(answer).length}`, async () => {
    stage.exchange.teach({ 'POST /api/v3/orderList/oco': answer });
    await stage.open('binance', 'spot');
    const refused = await stage.call('place', PAIR);
    assert.deepEqual([refused.data?.kind, refused.data?.mayHaveHappened], ['unrecognised', true], JSON.stringify(refused));
  });
}

/** @type {[string, any[], string, string, string, string | null][]} */
const STATES = [
  ['both open', [limitLeg(), stopLeg()], 'open', '0', '0.01', null],
  ['executed at the limit', [limitLeg({ status: 'FILLED', executedQty: '0.01000000', cummulativeQuoteQty: '660.00500000' }), stopLeg({ status: 'EXPIRED' })], 'closed', '0.01', '0', '66000.5'],
  ['executed by the stop', [limitLeg({ status: 'EXPIRED' }), stopLeg({ status: 'FILLED', executedQty: '0.01000000', cummulativeQuoteQty: '629.00000000' })], 'closed', '0.01', '0', '62900'],
  ['executed at the limit in part', [limitLeg({ status: 'PARTIALLY_FILLED', executedQty: '0.00400000', cummulativeQuoteQty: '264.00200000' }), stopLeg({ status: 'EXPIRED' })], 'open', '0.004', '0.006', '66000.5'],
  ['withdrawn', [limitLeg({ status: 'CANCELED' }), stopLeg({ status: 'CANCELED' })], 'canceled', '0', '0.01', null],
  ['withdrawn after a part', [limitLeg({ status: 'CANCELED', executedQty: '0.00400000', cummulativeQuoteQty: '264.00200000' }), stopLeg({ status: 'EXPIRED' })], 'canceled', '0.004', '0.006', '66000.5'],
  ['ended by the exchange', [limitLeg({ status: 'EXPIRED' }), stopLeg({ status: 'EXPIRED' })], 'expired', '0', '0.01', null],
];

for (const [name, legs, status, filled, remaining, average] of STATES) {
  test(`a pair is asked about by our id: ${name}`, async () => {
    stage.exchange.teach({ 'GET /api/v3/order': orders(legs) });
    await stage.open('binance', 'spot');
    const order = await stage.call('order', WHICH);
    assert.deepEqual(
      [order.id, order.childId, order.clientOrderId, order.type, order.status, order.quantity, order.filled, order.remaining, order.average, order.price, order.trigger],
      ['101', '102', ID, 'oneCancelsOther', status, '0.01', filled, remaining, average, '66000.5', '63000.25'],
    );
    assert.deepEqual(stage.exchange.of('GET /api/v3/order').map((each) => each.parameters.origClientOrderId), [`${ID}_L`, `${ID}_S`]);
  });
}

test('orders that lost their own ids by a withdrawal are found over the list, which keeps ours', async () => {
  const legs = [limitLeg({ clientOrderId: 'a', status: 'CANCELED' }), stopLeg({ clientOrderId: 'b', status: 'CANCELED' })];
  stage.exchange.teach({ 'GET /api/v3/order': orders(legs, { byNumberOnly: true }), 'GET /api/v3/orderList': list('ALL_DONE') });
  await stage.open('binance', 'spot');
  const order = await stage.call('order', WHICH);
  assert.deepEqual([order.id, order.childId, order.clientOrderId, order.status], ['101', '102', ID, 'canceled']);
  assert.deepEqual(stage.exchange.of('GET /api/v3/orderList').map((each) => [each.parameters.origClientOrderId, each.parameters.symbol]), [[ID, undefined]]);
});

test('that there is no pair is said when the orders and the list were asked for, and only when all of them answered', async () => {
  await stage.open('binance', 'spot');
  const missing = await stage.call('order', WHICH);
  assert.deepEqual([missing.data.kind, missing.data.mayHaveHappened], ['orderNotFound', false]);
  assert.deepEqual([stage.exchange.of('GET /api/v3/order').length, stage.exchange.of('GET /api/v3/orderList').length], [2, 1]);
  // The list is there, and its orders are not told yet; one of them alone does not say what became of the pair.
  stage.exchange.teach({ 'GET /api/v3/orderList': list('EXECUTING') });
  assert.equal((await stage.call('order', WHICH)).data.kind, 'network');
  stage.exchange.teach({ 'GET /api/v3/order': orders([limitLeg({ status: 'CANCELED' })]) });
  assert.equal((await stage.call('order', WHICH)).data.kind, 'network');
  stage.exchange.teach({ 'GET /api/v3/order': (/** @type {any} */ asked) => (asked.parameters.origClientOrderId === `${ID}_S` ? { then: 'cut' } : NO_ORDER), 'GET /api/v3/orderList': () => NO_LIST });
  assert.equal((await stage.call('order', WHICH)).data.kind, 'network');
});

test('a pair is withdrawn as a whole, by our id', async () => {
  stage.exchange.teach({ 'DELETE /api/v3/orderList': list('ALL_DONE', [withdrawn(limitLeg()), withdrawn(stopLeg())]) });
  await stage.open('binance', 'spot');
  const cancelled = await stage.call('cancel', { ...WHICH, exchangeOrderId: '101' });
  assert.deepEqual([cancelled.id, cancelled.childId, cancelled.clientOrderId, cancelled.status, cancelled.filled], ['101', '102', ID, 'canceled', '0']);
  const [{ parameters }] = stage.exchange.of('DELETE /api/v3/orderList');
  assert.deepEqual([parameters.symbol, parameters.listClientOrderId, parameters.orderId], ['BTCUSDT', ID, undefined]);
  assert.equal(stage.exchange.of('DELETE /api/v3/order').length, 0);
});

test('of a list that counts as done the limit that is left is withdrawn; what was executed is not guessed', async () => {
  stage.exchange.teach({
    'DELETE /api/v3/orderList': refusal(-2011, 'Unknown order list sent.'),
    'DELETE /api/v3/order': withdrawn(limitLeg({ status: 'PARTIALLY_FILLED', executedQty: '0.00400000' })),
  });
  await stage.open('binance', 'spot');
  const cancelled = await stage.call('cancel', WHICH);
  assert.deepEqual([cancelled.id, cancelled.clientOrderId, cancelled.status, cancelled.filled], ['101', ID, null, null]);
  assert.equal(stage.exchange.of('DELETE /api/v3/order')[0].parameters.origClientOrderId, `${ID}_L`);
  await stage.call('cancel', { ...WHICH, exchangeOrderId: '101' });
  assert.equal(stage.exchange.of('DELETE /api/v3/order')[1].parameters.orderId, '101');
  stage.exchange.teach({ 'DELETE /api/v3/order': refusal(-2011, 'Unknown order sent.') });
  const missing = await stage.call('cancel', WHICH);
  assert.deepEqual([missing.data.kind, missing.data.mayHaveHappened], ['orderNotFound', false]);
  stage.exchange.teach({ 'DELETE /api/v3/order': () => ({ then: 'cut' }) });
  assert.equal((await stage.call('cancel', WHICH)).data.mayHaveHappened, true);
});

test('open orders list a pair once under our id, a limit that is left as well, and pairs of others as the two orders that they are', async () => {
  const other = (/** @type {string} */ end, /** @type {number} */ orderId, /** @type {object} */ more) => spotOrder({ newClientOrderId: `web_${end}` }, { orderId, orderListId: 7, ...more });
  const leftId = 'ttabcdefghijklmnop-t2-1';
  stage.exchange.teach({
    'GET /api/v3/openOrders': [
      other('one', 201, { type: 'LIMIT_MAKER', price: '70000.00' }), stopLeg(), spotOrder({ newClientOrderId: 'ttabcdefghijklmnop-s-1', type: 'STOP_LOSS', side: 'SELL' }, { orderId: 301, stopPrice: '62000.00' }), limitLeg(),
      other('two', 202, { type: 'STOP_LOSS_LIMIT', price: '61000.00', stopPrice: '61500.00' }),
      limitLeg({ clientOrderId: `${leftId}_L`, orderId: 401, orderListId: 8, status: 'PARTIALLY_FILLED', executedQty: '0.00400000' }),
    ],
  });
  await stage.open('binance', 'spot');
  const open = await stage.call('openOrders', { symbol: SPOT });
  assert.deepEqual(open.map((/** @type {any} */ each) => [each.id, each.childId, each.clientOrderId, each.type, each.filled, each.price, each.trigger, each.status]), [
    ['201', null, 'web_one', 'limit', '0', '70000', null, 'open'],
    ['101', '102', ID, 'oneCancelsOther', '0', '66000.5', '63000.25', 'open'],
    ['301', null, 'ttabcdefghijklmnop-s-1', 'stopMarket', '0', null, '62000', 'open'],
    ['202', null, 'web_two', 'stopMarket', '0', '61000', '61500', 'open'],
    ['401', null, leftId, 'oneCancelsOther', '0.004', '66000.5', null, 'open'],
  ]);
});

test('pushes of either order and of its executions carry our id, and say no more than is known', async () => {
  /** @param {object} more */
  const report = (more) => ({
    e: 'executionReport', E: 1_700_000_002_000, s: 'BTCUSDT', S: 'SELL', f: 'GTC', q: '0.01000000', F: '0.00000000', g: LIST, C: '', x: 'NEW', X: 'NEW', r: 'NONE', l: '0.00000000', z: '0.00000000', L: '0.00000000', n: '0',
    N: null, T: 1_700_000_002_000, t: -1, w: true, m: false, O: 1_700_000_001_000, Z: '0.00000000', Y: '0.00000000', Q: '0.00000000', ...more,
  });
  const limit = { i: LIMIT, c: `${ID}_L`, o: 'LIMIT_MAKER', p: '66000.50000000', P: '0.00000000' };
  const stop = { i: STOP, c: `${ID}_S`, o: 'STOP_LOSS', p: '0.00000000', P: '63000.25000000' };
  /** @type {(answer: unknown) => void} */
  let push = () => undefined;
  stage.exchange.onMessage = (message, say) => {
    if (message.method !== 'userDataStream.subscribe.signature') return;
    say({ id: message.id, status: 200, result: { subscriptionId: 0 } });
    push = say;
  };
  /** What is pushed before somebody listens is heard by nobody. @param {object} event @param {string} method @param {(told: any) => boolean} isIt */
  const heard = async (event, method, isIt) => {
    for (let time = 0; time < 1_000; time++) {
      push({ subscriptionId: 0, event });
      await after(5);
      const told = stage.of(method).find(isIt);
      if (told !== undefined) return told;
    }
    throw new Error(`${JSON.stringify(event)} is not heard: ${JSON.stringify(stage.notices)}`);
  };
  await stage.open('binance', 'spot');
  await stage.call('watchAccount');
  push({ subscriptionId: 0, event: { e: 'listStatus', E: 1, s: 'BTCUSDT', g: LIST, c: 'OCO', l: 'EXEC_STARTED', L: 'EXECUTING', r: 'NONE', C: ID, T: 1, O: [] } });
  const told = (/** @type {any} */ { order }) => [order.clientOrderId, order.id, order.childId, order.type, order.status, order.filled];
  // Of the first that is heard the other is not known: that it has ended says nothing of the pair.
  assert.deepEqual(told(await heard(report({ ...stop, x: 'EXPIRED', X: 'EXPIRED' }), 'order', () => true)), [ID, null, '102', 'oneCancelsOther', null, null]);
  const traded = report({ ...limit, x: 'TRADE', X: 'PARTIALLY_FILLED', l: '0.00400000', z: '0.00400000', L: '66000.50000000', n: '0.26400200', N: 'USDT', t: 77, m: true, Z: '264.00200000' });
  const { fill } = await heard(traded, 'fill', () => true);
  assert.deepEqual([fill.clientOrderId, fill.orderId, fill.id, fill.quantity], [ID, '101', '77', '0.004']);
  assert.deepEqual(told(await heard(traded, 'order', ({ order }) => order.status === 'open')), [ID, '101', '102', 'oneCancelsOther', 'open', '0.004']);
  const withdrawal = report({ ...limit, c: 'pXLV6Hz6mprAcVYpVMTGgx', C: `${ID}_L`, x: 'CANCELED', X: 'CANCELED', z: '0.00400000', Z: '264.00200000' });
  assert.deepEqual(told(await heard(withdrawal, 'order', ({ order }) => order.status === 'canceled')), [ID, '101', '102', 'oneCancelsOther', 'canceled', '0.004']);
});

test('a stranger that is named as one of ours but in no list stays what it is', async () => {
  stage.exchange.teach({ 'GET /api/v3/openOrders': [spotOrder({ newClientOrderId: `${ID}_L`, price: '66000.50' }, { orderId: 501 })] });
  await stage.open('binance', 'spot');
  const [order] = await stage.call('openOrders', { symbol: SPOT });
  assert.deepEqual([order.id, order.clientOrderId, order.type], ['501', `${ID}_L`, 'limit']);
});

import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { AS_UUID } from '../../exchanges/clientIds.js';
import { FUTURES } from './futuresAnswers.js';
import { PROOFS, krakenProof } from './provenAnswers.js';
import { ExchangeStage, ID } from './stage.js';

/** @type {ExchangeStage} */
let stage;

beforeEach(async () => {
  stage = await new ExchangeStage().start();
});
afterEach(() => stage.end());

const ofExchange = (/** @type {string} */ exchange) => /** @type {import('./provenAnswers.js').Proof} */ ([...PROOFS, krakenProof(AS_UUID.write(ID))].find((proof) => proof.exchange === exchange)).routes;

/** @typedef {{ exchange: string, kind: 'spot' | 'swap', symbol: string, routes: Record<string, any>, order?: object, route: string, sent: Record<string, unknown> }} Waiting */

/** A stop that closes, where it waits at the exchange, and what the exchange must be sent for it. @type {Record<string, Waiting>} */
const STOPS = {
  'OKX perpetual': {
    exchange: 'okx', kind: 'swap', symbol: 'BTC/USDT:USDT', routes: { ...ofExchange('okx'), 'GET /api/v5/account/positions': { code: '0', msg: '', data: [] } }, route: 'POST /api/v5/trade/order-algo',
    sent: { ordType: 'conditional', slTriggerPx: '61000', slOrdPx: '-1', sz: '0.01', side: 'sell', reduceOnly: true, algoClOrdId: 'ttabcdefghijklmnopZe0Z1', clOrdId: undefined, tdMode: 'isolated' },
  },
  'Bybit perpetual': {
    exchange: 'bybit', kind: 'swap', symbol: 'BTC/USDT:USDT', routes: ofExchange('bybit'), route: 'POST /v5/order/create',
    sent: { orderType: 'Market', triggerPrice: '61000', triggerDirection: 2, reduceOnly: true, qty: '0.01', side: 'Sell', orderLinkId: ID },
  },
  'Kraken spot': {
    exchange: 'kraken', kind: 'spot', symbol: 'BTC/USDT', routes: ofExchange('kraken'), route: 'POST /0/private/AddOrder',
    sent: { ordertype: 'stop-loss', price: '61000', volume: '0.01', type: 'sell', cl_ord_id: AS_UUID.write(ID), reduce_only: undefined },
  },
  'KuCoin spot': {
    exchange: 'kucoin', kind: 'spot', symbol: 'BTC/USDT', routes: { ...ofExchange('kucoin'), 'POST /api/v1/stop-order': { code: '200000', data: { orderId: 'vs8hoo8q2ceshiue003b67c0', clientOid: ID } } }, route: 'POST /api/v1/stop-order',
    sent: { type: 'market', stop: 'loss', stopPrice: '61000', size: '0.01', side: 'sell', clientOid: ID },
  },
  'KuCoin perpetual': {
    ...FUTURES.kucoin, routes: { ...FUTURES.kucoin.routes, 'GET /api/v1/positions': { code: '200000', data: [] } }, route: 'POST /api/v1/orders', order: { quantity: '10' },
    sent: { type: 'market', stop: 'down', stopPrice: '61000', stopPriceType: 'TP', size: 10, side: 'sell', reduceOnly: true, clientOid: ID },
  },
  'Kraken perpetual': {
    ...FUTURES.kraken, route: 'POST /derivatives/api/v3/sendorder',
    sent: { orderType: 'stp', stopPrice: '61000', size: '0.01', side: 'sell', reduceOnly: 'true', cliOrdId: ID },
  },
};

for (const [name, { exchange, kind, symbol, routes, order, route, sent }] of Object.entries(STOPS)) {
  test(`${name}: a stop that closes is sent as one`, async () => {
    stage.exchange.teach(routes);
    await stage.open(exchange, kind, exchange === 'kraken' ? { secret: Buffer.from('secret-that-nobody-may-see-2').toString('base64') } : {});
    const placed = await stage.call('place', { symbol, side: 'sell', type: 'stopMarket', quantity: '0.01', trigger: '61000', reduceOnly: kind === 'swap', clientOrderId: ID, ...order });
    const [asked] = stage.exchange.of(route);
    assert.ok(asked !== undefined, JSON.stringify([placed, stage.exchange.unknown]));
    for (const [parameter, value] of Object.entries(sent)) assert.equal(asked.parameters[parameter] ?? asked.parameters.list?.[0]?.[parameter], value, `${parameter}: ${asked.body}`);
    assert.deepEqual([placed.clientOrderId, placed.type, placed.trigger, typeof placed.id], [ID, 'stopMarket', '61000', 'string'], JSON.stringify(placed));
  });
}

test('an exchange that holds no such order says so and is sent nothing', async () => {
  stage.exchange.teach(ofExchange('mexc'));
  await stage.open('mexc', 'spot');
  const refused = await stage.call('place', { symbol: 'BTC/USDT', side: 'sell', type: 'stopMarket', quantity: '0.01', trigger: '61000', clientOrderId: ID });
  assert.deepEqual([refused.data?.kind, refused.data?.mayHaveHappened], ['notSupported', false]);
  assert.deepEqual(stage.exchange.of('POST /api/v3/order'), []);
});

test('OKX perpetual: an opening order needs its margin mode', async () => {
  stage.exchange.teach(ofExchange('okx'));
  await stage.open('okx', 'swap');
  const order = { symbol: 'BTC/USDT:USDT', side: 'buy', type: 'limit', quantity: '0.01', price: '64800.5', clientOrderId: ID };
  assert.deepEqual([(await stage.call('place', order)).data?.kind, stage.exchange.of('POST /api/v5/trade/order')], ['invalidOrder', []]);
});

test('KuCoin perpetual: an opening order needs its leverage, and carries what was prepared', async () => {
  stage.exchange.teach(FUTURES.kucoin.routes);
  await stage.open('kucoin', 'swap');
  const order = { symbol: FUTURES.kucoin.symbol, side: 'buy', type: 'limit', quantity: '10', price: '64800', clientOrderId: ID };
  assert.equal((await stage.call('place', order)).data?.kind, 'invalidOrder');
  assert.equal((await stage.call('place', { ...order, leverage: 5, marginMode: 'isolated' })).data, undefined);
  const [{ parameters }] = stage.exchange.of('POST /api/v1/orders');
  assert.deepEqual([parameters.leverage, parameters.marginMode, parameters.size, parameters.price], [5, 'ISOLATED', 10, '64800']);
});

test('Kraken perpetual: a stop is found by our id and cancelled by it', async () => {
  stage.exchange.teach(FUTURES.kraken.routes);
  await stage.open('kraken', 'swap', { secret: Buffer.from('secret-that-nobody-may-see-2').toString('base64') });
  const found = await stage.call('order', { symbol: FUTURES.kraken.symbol, clientOrderId: ID, isTrigger: true });
  assert.deepEqual([found.clientOrderId, found.status], [ID, 'open'], JSON.stringify([found, stage.exchange.unknown]));
  const cancelled = await stage.call('cancel', { symbol: FUTURES.kraken.symbol, clientOrderId: ID, isTrigger: true });
  assert.equal(cancelled.clientOrderId, ID, JSON.stringify([cancelled, stage.exchange.unknown]));
  const [{ parameters }] = stage.exchange.of('POST /derivatives/api/v3/cancelorder');
  assert.deepEqual([parameters.cliOrdId, parameters.order_id], [ID, undefined]);
});

test('the volume of candles is told in the base asset where the exchange counts contracts', async () => {
  stage.exchange.teach(FUTURES.kucoin.routes);
  await stage.open('kucoin', 'swap');
  // 12,345 contracts of 0.001 BTC.
  assert.deepEqual(await stage.call('candles', { symbol: FUTURES.kucoin.symbol, timeframe: '1m', since: 1_700_000_000_000, limit: 1 }), [[1_700_000_000_000, '64800.5', '64900', '64700', '64850', '12.345']], JSON.stringify(stage.exchange.unknown));
});

test('MEXC spot: a pair that takes no orders at the market is told as one that nothing can protect', async () => {
  const routes = ofExchange('mexc');
  const listed = routes['GET /api/v3/exchangeInfo'];
  const [pair] = listed.symbols;
  stage.exchange.teach({ ...routes, 'GET /api/v3/exchangeInfo': { ...listed, symbols: [pair, { ...pair, symbol: 'OGNUSDT', baseAsset: 'OGN', orderTypes: ['LIMIT', 'LIMIT_MAKER'] }] } });
  await stage.open('mexc', 'spot');
  const markets = await stage.call('markets');
  assert.deepEqual(markets.map((/** @type {any} */ market) => [market.symbol, market.holdsStops]), [['BTC/USDT', null], ['OGN/USDT', false]]);
});

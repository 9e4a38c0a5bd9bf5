import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { SWAP_INFO, algoOrder } from './binanceAnswers.js';
import { ExchangeStage, ID } from './stage.js';

const STOP = { symbol: 'BTC/USDT:USDT', side: 'sell', type: 'stopMarket', quantity: '0.01', trigger: '61000', reduceOnly: true, clientOrderId: ID };

/** @type {ExchangeStage} */
let stage;

beforeEach(async () => {
  stage = await new ExchangeStage().start();
  stage.exchange.teach({ 'GET /fapi/v1/exchangeInfo': SWAP_INFO, 'POST /fapi/v1/algoOrder': (/** @type {any} */ asked) => ({ json: algoOrder(asked.parameters) }) });
});
afterEach(() => stage.end());

test('a stop goes out when the list of markets could not be read again', async () => {
  await stage.open('binance', 'swap');
  assert.equal((await stage.call('markets')).length, 1);
  stage.exchange.teach({ 'GET /fapi/v1/exchangeInfo': () => ({ status: 503, text: 'maintenance' }) });
  assert.equal((await stage.call('markets')).data?.mayHaveHappened, false);

  const before = stage.exchange.of('GET /fapi/v1/exchangeInfo').length;
  const placed = await stage.call('place', STOP);
  assert.equal(placed.clientOrderId, ID, JSON.stringify(placed));
  assert.equal(stage.exchange.of('GET /fapi/v1/exchangeInfo').length, before);
});

test('a stop does not wait for the list of markets that is being read again', async () => {
  await stage.open('binance', 'swap', { requestTimeout: 1_000 });
  await stage.call('markets');
  stage.exchange.teach({ 'GET /fapi/v1/exchangeInfo': () => ({ then: 'silence' }) });
  const reading = stage.call('markets');

  const first = await Promise.race([stage.call('place', STOP), reading]);
  assert.equal(first.clientOrderId, ID, JSON.stringify(first));
  await reading;
});

test('what is listed anew is known after the markets were read again', async () => {
  await stage.open('binance', 'swap');
  await stage.call('markets');
  const eth = { ...SWAP_INFO.symbols[0], symbol: 'ETHUSDT', pair: 'ETHUSDT', baseAsset: 'ETH' };
  stage.exchange.teach({ 'GET /fapi/v1/exchangeInfo': { ...SWAP_INFO, symbols: [eth] } });
  assert.deepEqual((await stage.call('markets')).map((/** @type {any} */ each) => each.symbol), ['ETH/USDT:USDT']);
  assert.equal((await stage.call('place', STOP)).data?.kind, 'unknownSymbol');
});

test('an order that could not leave in time does not leave at all', async (context) => {
  let later = 0;
  const now = performance.now.bind(performance);
  context.mock.method(performance, 'now', () => now() + later);
  stage.exchange.teach({ 'GET /fapi/v1/exchangeInfo': () => { later = 4_100; return { json: SWAP_INFO }; } });
  await stage.open('binance', 'swap');

  const refused = await stage.call('place', STOP);
  assert.deepEqual([refused.data?.kind, refused.data?.mayHaveHappened], ['network', false], JSON.stringify(refused));
  assert.deepEqual(stage.exchange.of('POST /fapi/v1/algoOrder'), []);
  assert.equal((await stage.call('place', STOP)).clientOrderId, ID);
});

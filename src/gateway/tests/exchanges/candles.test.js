import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { profileOf } from '../../exchanges/profiles/index.js';
import { SWAP_INFO } from './binanceAnswers.js';
import { PROOFS } from './provenAnswers.js';
import { ExchangeStage } from './stage.js';

const SWAP = 'BTC/USDT:USDT';
const NOON = 1_700_049_600_000;
const MINUTE = 60_000;

/** @type {ExchangeStage} */
let stage;
/** @type {string[]} the streams that were asked for, in order */
let streams;
/** @type {(message: unknown) => void} */
let push;

beforeEach(async () => {
  stage = await new ExchangeStage().start();
  streams = [];
  stage.exchange.teach({ 'GET /fapi/v1/exchangeInfo': SWAP_INFO });
  stage.exchange.onMessage = (message, say) => {
    if (message.method !== 'SUBSCRIBE') return;
    say({ result: null, id: message.id });
    push = say;
    streams.push(...message.params);
    // What a connection hears first is the candle that is still open.
    for (const stream of message.params) say(kline(NOON, '64800.10', false, stream.split('_')[1]));
  };
});
afterEach(() => stage.end());

/** @param {number} time @param {string} close @param {boolean} hasClosed @param {string} [interval] */
function kline(time, close, hasClosed, interval = '1m') {
  return {
    e: 'kline', E: time + 1, s: 'BTCUSDT',
    k: { t: time, T: time + MINUTE - 1, s: 'BTCUSDT', i: interval, f: 1, L: 2, o: '64800.00', c: close, h: '64900.00', l: '64700.00', v: '12.50', n: 2, x: hasClosed, q: '1', V: '1', Q: '1', B: '0' },
  };
}

/** @param {number} count how many streams in all */
async function subscribed(count) {
  for (let looks = 0; streams.length < count; looks++) {
    assert.ok(looks < 2_000, `${streams.length} of ${count} streams were asked for`);
    await new Promise((resolve) => { setTimeout(resolve, 5); });
  }
}

test('a candle is pushed once the exchange says that it has closed, and not before', async () => {
  await stage.open('binance', 'swap');
  assert.deepEqual(await stage.call('watchCandles', { series: [{ symbol: SWAP, timeframe: '1m' }] }), { pushed: true });
  await subscribed(1);
  assert.deepEqual(streams, ['btcusdt@kline_1m']);

  push(kline(NOON, '64810.10', false));
  push(kline(NOON, '64820.10', true));
  push(kline(NOON + MINUTE, '64830.10', false));
  push(kline(NOON + MINUTE, '64840.10', true));

  await stage.notified('candle', ({ candle }) => candle[0] === NOON + MINUTE);
  assert.deepEqual(stage.of('candle'), [
    { account: 'main', symbol: SWAP, timeframe: '1m', candle: [NOON, '64800', '64900', '64700', '64820.1', '12.5'] },
    { account: 'main', symbol: SWAP, timeframe: '1m', candle: [NOON + MINUTE, '64800', '64900', '64700', '64840.1', '12.5'] },
  ]);
});

test('a cut connection is made anew, and a candle whose end was not heard is not told', async () => {
  await stage.open('binance', 'swap');
  await stage.call('watchCandles', { series: [{ symbol: SWAP, timeframe: '1m' }] });
  await subscribed(1);
  push(kline(NOON, '64810.10', false));
  stage.exchange.hangUp();
  await subscribed(2);
  push(kline(NOON + MINUTE, '64830.10', false));
  push(kline(NOON + MINUTE, '64840.10', true));

  await stage.notified('candle', ({ candle }) => candle[0] === NOON + MINUTE);
  assert.equal(stage.of('candle').length, 1);
});

test('other series replace the former, and none ends it', async () => {
  await stage.open('binance', 'swap');
  await stage.call('watchCandles', { series: [{ symbol: SWAP, timeframe: '1m' }] });
  await subscribed(1);
  assert.deepEqual(await stage.call('watchCandles', { series: [{ symbol: SWAP, timeframe: '4h' }] }), { pushed: true });
  await subscribed(2);
  assert.deepEqual(streams, ['btcusdt@kline_1m', 'btcusdt@kline_4h']);
  push(kline(NOON, '64810.10', true));
  push(kline(NOON, '64820.10', true, '4h'));
  const told = await stage.notified('candle', () => true);
  assert.deepEqual([told.timeframe, told.candle[4]], ['4h', '64820.1']);
  assert.deepEqual(await stage.call('watchCandles', { series: [] }), { pushed: false });
});

test('what is not listed is left out; no timeframe of the exchange or no series is refused', async () => {
  await stage.open('binance', 'swap');
  assert.deepEqual(await stage.call('watchCandles', { series: [{ symbol: 'DOGE/USDT:USDT', timeframe: '1m' }] }), { pushed: false });
  assert.equal((await stage.call('watchCandles', { series: [{ symbol: SWAP, timeframe: '7m' }] })).data.kind, 'notSupported');
  assert.equal((await stage.call('watchCandles', { series: [SWAP] })).data.kind, 'parameters');
  assert.equal((await stage.call('watchCandles', { series: [{ symbol: SWAP }] })).data.kind, 'parameters');
});

test('where an exchange does not say that a candle has closed, that is said and nothing is pushed', async () => {
  const kucoin = /** @type {import('./provenAnswers.js').Proof} */ (PROOFS.find((proof) => proof.exchange === 'kucoin' && proof.kind === 'spot'));
  stage.exchange.teach(kucoin.routes);
  const { can } = await stage.open('kucoin', 'spot');
  assert.equal(can.watchCandles, false);
  assert.deepEqual(await stage.call('watchCandles', { series: [{ symbol: kucoin.symbol, timeframe: '1m' }] }), { pushed: false });
});

test('Bybit and OKX say in their own words what has closed', () => {
  const bybit = (/** @type {boolean} */ confirm) => ({ start: NOON, end: NOON + MINUTE - 1, interval: '1', open: '1', close: '2', high: '3', low: '0.5', volume: '7', turnover: '1', confirm, timestamp: NOON });
  assert.deepEqual(profileOf('bybit', 'swap').closedCandles?.({ topic: 'kline.1.BTCUSDT', data: [bybit(true), bybit(false)] }, 'swap'), { marketId: 'BTCUSDT', interval: '1', candles: [[NOON, '1', '3', '0.5', '2', '7']] });

  const okx = (/** @type {string} */ confirm) => [String(NOON), '1', '3', '0.5', '2', '700', '7', '14', confirm];
  const message = { arg: { channel: 'candle1m', instId: 'BTC-USDT-SWAP' }, data: [okx('0'), okx('1')] };
  assert.deepEqual(profileOf('okx', 'swap').closedCandles?.(message, 'swap'), { marketId: 'BTC-USDT-SWAP', interval: '1m', candles: [[String(NOON), '1', '3', '0.5', '2', '7']] });
  assert.deepEqual(profileOf('okx', 'spot').closedCandles?.(message, 'spot')?.candles, [[String(NOON), '1', '3', '0.5', '2', '700']]);
});

import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { SWAP_INFO } from './binanceAnswers.js';
import { PROOFS } from './provenAnswers.js';
import { ExchangeStage } from './stage.js';

const SWAP = 'BTC/USDT:USDT';

/** @type {ExchangeStage} */
let stage;
/** Whether the exchange pushes. */
let pushes = true;
let bid = 64_800;

beforeEach(async () => {
  stage = await new ExchangeStage().start();
  pushes = true;
  bid = 64_800;
  stage.exchange.teach({
    'GET /fapi/v1/exchangeInfo': SWAP_INFO,
    'GET /fapi/v1/ticker/24hr': [{ symbol: 'BTCUSDT', lastPrice: '60000.50', openTime: 1, closeTime: 1_700_000_000_000 }],
    'GET /fapi/v1/ticker/bookTicker': [{ symbol: 'BTCUSDT', bidPrice: '60000.10', bidQty: '1', askPrice: '60000.20', askQty: '1', time: 1_700_000_000_000 }],
  });
  stage.exchange.onMessage = (message, say) => {
    if (message.method !== 'SUBSCRIBE' || !pushes) return;
    say({ result: null, id: message.id });
    const stream = message.params[0];
    if (stream.includes('bookTicker')) say({ stream, data: { e: 'bookTicker', u: 1, E: 1_700_000_001_000, T: 1_700_000_001_000, s: 'BTCUSDT', b: `${bid++}.10`, B: '1', a: '64900.20', A: '1' } });
    else say({ stream, data: { e: '24hrMiniTicker', E: 1_700_000_001_000, s: 'BTCUSDT', c: '64850.50', Q: '1', o: '1', h: '1', l: '1', v: '1', q: '1', O: 0, C: 1_700_000_001_000, F: 0, L: 1, n: 1 } });
  };
});
afterEach(() => stage.end());

test('quotes are pushed, and asked for when nothing is pushed any more, and pushed again when it is', async () => {
  await stage.open('binance', 'swap');
  assert.equal(await stage.call('watchQuotes', { symbols: [SWAP] }), null);

  const pushed = await stage.notified('quote', (quote) => quote.via === 'push' && quote.bid !== null && quote.last !== null);
  assert.deepEqual([pushed.account, pushed.symbol, pushed.ask, pushed.last], ['main', SWAP, '64900.2', '64850.5']);
  assert.match(pushed.bid, /^648\d\d\.1$/);
  await stage.notified('feed', (feed) => feed.state === 'push');

  pushes = false;
  stage.exchange.hangUp();
  const asked = await stage.notified('quote', (quote) => quote.via === 'poll');
  assert.deepEqual([asked.bid, asked.ask, asked.last], ['60000.1', '60000.2', '60000.5']);
  await stage.notified('feed', (feed) => feed.state === 'poll');

  const before = stage.of('feed').length;
  pushes = true;
  stage.exchange.hangUp();
  await stage.notified('feed', (feed) => feed.state === 'push' && stage.of('feed').indexOf(feed) >= before);
});

test('when neither way works that is told, and other symbols replace the former', async () => {
  pushes = false;
  stage.exchange.teach({ 'GET /fapi/v1/ticker/24hr': () => ({ status: 503, text: '' }) });
  await stage.open('binance', 'swap');
  await stage.call('watchQuotes', { symbols: [SWAP] });
  const lost = await stage.notified('feed', (feed) => feed.state === 'lost');
  assert.match(lost.reason, /Binance/);
  assert.equal(await stage.call('watchQuotes', { symbols: [] }), null);
});

test('a symbol that is not listed any more does not cost the others their prices', async () => {
  await stage.open('binance', 'swap');
  assert.equal(await stage.call('watchQuotes', { symbols: ['GONE/USDT:USDT', SWAP] }), null);
  await stage.notified('quote', (quote) => quote.symbol === SWAP);
  assert.deepEqual((await stage.call('quotes', { symbols: ['GONE/USDT:USDT', SWAP] })).map((/** @type {any} */ each) => each.symbol), [SWAP]);
  assert.deepEqual(await stage.call('quotes', { symbols: ['GONE/USDT:USDT'] }), []);
});

test('an exchange whose push cannot be reached is asked', async () => {
  const okx = /** @type {import('./provenAnswers.js').Proof} */ (PROOFS.find((proof) => proof.exchange === 'okx'));
  stage.exchange.teach(okx.routes);
  await stage.open('okx', 'swap');
  await stage.call('watchQuotes', { symbols: [okx.symbol] });
  const quote = await stage.notified('quote', () => true);
  assert.deepEqual([quote.via, quote.bid, quote.ask, quote.last], ['poll', ...okx.quote]);
});

test('orders and fills of the account are pushed', async () => {
  stage.exchange.teach({ 'POST /fapi/v1/listenKey': { listenKey: 'listen-key-1' }, 'GET /fapi/v3/balance': [], 'GET /fapi/v3/account': { assets: [], positions: [] } });
  await stage.open('binance', 'swap');
  assert.deepEqual(await stage.call('watchAccount'), { orders: true, fills: true });
  const update = {
    e: 'ORDER_TRADE_UPDATE', T: 1_700_000_001_000, E: 1_700_000_001_000,
    o: { s: 'BTCUSDT', c: 'ttabcdefghijklmnop-e0-1', S: 'BUY', o: 'LIMIT', f: 'GTC', q: '0.010', p: '64800.50', ap: '64800.50', sp: '0', x: 'TRADE', X: 'FILLED', i: 8_886_774, l: '0.010', z: '0.010', L: '64800.50', N: 'USDT', n: '0.25920200', T: 1_700_000_001_000, t: 77, b: '0', a: '0', m: true, R: false, wt: 'CONTRACT_PRICE', ot: 'LIMIT', ps: 'BOTH', cp: false, rp: '0', pP: false, si: 0, ss: 0 },
  };
  // The socket of the account's own stream has no subscription: whoever is connected is told.
  const telling = setInterval(() => { for (const socket of stage.exchange.sockets.clients) socket.send(JSON.stringify(update)); }, 20);
  try {
    const { order } = await stage.notified('order', () => true);
    assert.deepEqual([order.id, order.clientOrderId, order.status, order.filled, order.average], ['8886774', 'ttabcdefghijklmnop-e0-1', 'closed', '0.01', '64800.5']);
    const { fill } = await stage.notified('fill', () => true);
    assert.deepEqual([fill.id, fill.orderId, fill.clientOrderId, fill.quantity, fill.price, fill.fee, fill.maker], ['77', '8886774', 'ttabcdefghijklmnop-e0-1', '0.01', '64800.5', { cost: '0.259202', asset: 'USDT' }, true]);
  } finally {
    clearInterval(telling);
  }
});

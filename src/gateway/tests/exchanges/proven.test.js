import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { AS_UUID } from '../../exchanges/clientIds.js';
import { FUTURES_PROOFS } from './futuresAnswers.js';
import { PROOFS, krakenProof } from './provenAnswers.js';
import { ExchangeStage, ID, KEY, PASSWORD, SECRET } from './stage.js';

const OTHER = 'ttabcdefghijklmnop-e9-9';

/** @type {ExchangeStage} */
let stage;

beforeEach(async () => {
  stage = await new ExchangeStage().start();
});
afterEach(async () => {
  for (const said of [...stage.lines, ...stage.logged]) for (const secret of [KEY, SECRET, PASSWORD]) assert.ok(!said.includes(secret), said);
  await stage.end();
});

for (const proof of [...PROOFS, krakenProof(AS_UUID.write(ID)), ...FUTURES_PROOFS]) {
  const { exchange, kind, symbol } = proof;
  const name = `${exchange} ${kind}`;
  const order = { symbol, side: 'buy', type: 'limit', quantity: '0.01', price: '64800.5', clientOrderId: ID, ...proof.order };
  const filled = proof.filled ?? '0.004';
  // Kraken wants its secret in base 64.
  const start = async () => {
    stage.exchange.teach(proof.routes);
    await stage.open(exchange, kind, exchange === 'kraken' ? { secret: Buffer.from(SECRET).toString('base64') } : {});
  };

  test(`${name}: markets, quotes, candles, balance`, async () => {
    await start();
    const [market] = await stage.call('markets');
    assert.deepEqual([market?.symbol, market?.tick, market?.step], [symbol, ...proof.steps], JSON.stringify(stage.exchange.unknown));
    const [quote] = await stage.call('quotes', { symbols: [symbol] });
    assert.deepEqual([quote?.bid, quote?.ask, quote?.last], proof.quote, JSON.stringify(stage.exchange.unknown));
    const candles = await stage.call('candles', { symbol, timeframe: '1m', since: 1_700_000_000_000, limit: 1 });
    assert.deepEqual(candles, [[1_700_000_000_000, .../** @type {string[]} */ (proof.candle)]]);
    const { assets } = await stage.call('balance');
    assert.deepEqual(assets?.map((/** @type {any} */ each) => [each.asset, each.total]), [proof.balance], JSON.stringify(stage.exchange.unknown));
    // Without the open profit, which is counted from the positions.
    assert.equal(assets[0].wallet, proof.wallet ?? proof.balance[1]);
    assert.deepEqual(stage.exchange.unknown, []);
  });

  test(`${name}: an order is placed with our id, found by it and cancelled by it`, async () => {
    await start();
    const placed = await stage.call('place', order);
    assert.equal(placed.clientOrderId, ID, JSON.stringify([placed, stage.exchange.unknown, stage.logged]));
    const [{ parameters }] = stage.exchange.of(proof.placeRoute);
    for (const [parameter, value] of Object.entries(proof.sent)) assert.equal(parameters[parameter], value, parameter);
    assert.ok(typeof placed.id === 'string' && placed.id.length > 3);
    assert.deepEqual([placed.symbol, placed.side, placed.quantity, placed.price], [symbol, 'buy', order.quantity, order.price]);

    const found = await stage.call('order', { symbol, clientOrderId: ID });
    assert.deepEqual([found.id, found.clientOrderId, found.status, found.quantity, found.filled, found.price], [placed.id, ID, 'open', order.quantity, filled, proof.foundPrice === undefined ? order.price : proof.foundPrice], JSON.stringify([found, stage.exchange.unknown]));

    const missing = await stage.call('order', { symbol, clientOrderId: OTHER });
    assert.equal(missing.data?.kind, 'orderNotFound', JSON.stringify([missing, stage.exchange.unknown]));

    const cancelled = await stage.call('cancel', { symbol, clientOrderId: ID });
    assert.equal(cancelled.clientOrderId, ID, JSON.stringify([cancelled, stage.exchange.unknown]));
    assert.equal(stage.exchange.of(proof.placeRoute).length, 1);
  });

  test(`${name}: a refusal is one, trouble on the way is not`, async () => {
    await start();
    const { answer, kind: refusalKind, code, status = 200 } = proof.refusal;
    stage.exchange.teach({ [proof.placeRoute]: () => ({ status, json: answer }) });
    const refused = await stage.call('place', order);
    assert.deepEqual([refused.data?.kind, refused.data?.exchangeCode, refused.data?.mayHaveHappened], [refusalKind, code, false], JSON.stringify(refused));
    for (const trouble of [{ status: 500, json: answer }, { status: 502, text: '' }, { text: 'no JSON' }, { then: 'cut' }]) {
      stage.exchange.teach({ [proof.placeRoute]: () => trouble });
      const unknown = await stage.call('place', order);
      assert.equal(unknown.data?.mayHaveHappened, true, JSON.stringify([trouble, unknown]));
    }
  });
}

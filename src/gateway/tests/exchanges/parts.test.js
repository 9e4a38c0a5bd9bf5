import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import ccxt from 'ccxt';
import { AS_IT_IS, AS_UUID, ClientIds, WITHOUT_DASHES } from '../../exchanges/clientIds.js';
import { isZero, plain } from '../../exchanges/decimals.js';
import { CODES, meaningOf, readCode } from '../../exchanges/errorCodes.js';
import { CLASSES, classMeaning, translate } from '../../exchanges/errors.js';
import { parseExactly } from '../../exchanges/exactJson.js';
import { merge } from '../../exchanges/quotes.js';
import { table } from '../../exchanges/table.js';
import { placing } from '../../exchanges/transport.js';

test('the table of capabilities is the one in the documents', async () => {
  assert.equal(readFileSync(new URL('../../../../docs/exchanges/capabilities.md', import.meta.url), 'utf8'), await table());
});

test('CCXT is not loaded before an exchange is asked for', () => {
  const loader = "export async function resolve(name, context, next) { if (name === 'ccxt') throw new Error('CCXT was asked for'); return next(name, context); }";
  const program = `
    import { register } from 'node:module';
    register('data:text/javascript,' + encodeURIComponent(${JSON.stringify(loader)}));
    const { exchangeMethods } = await import(${JSON.stringify(new URL('../../exchanges/methods.js', import.meta.url).href)});
    console.log('started');
    await exchangeMethods({ log: null, notify: null })['exchange.known']().catch((error) => console.log(error.message));`;
  const run = spawnSync(process.execPath, ['--input-type=module', '-e', program], { encoding: 'utf8', timeout: 30_000 });
  assert.deepEqual(run.stdout.trim().split('\n'), ['started', 'CCXT was asked for'], run.stderr);
});

test('our ids come back from every exchange, and the same id gives the same', () => {
  const ids = ['ttabcdefghijklmnop-e0-1', 'ttzzzzzzzzzzzzzzzz-s-99999', 'tt2345672345672345-t12-345', 'ttaaaaaaaaaaaaaaaa-x-1'];
  for (const code of [AS_IT_IS, WITHOUT_DASHES, AS_UUID]) {
    const theirs = ids.map((id) => code.write(id));
    assert.deepEqual(theirs.map((id) => code.read(id)), ids);
    assert.deepEqual(ids.map((id) => code.write(id)), theirs);
    assert.equal(new Set(theirs).size, ids.length);
  }
});

test('ids keep what an exchange allows', () => {
  for (let number = 0; number < 500; number++) {
    const id = `tt${'abcdefghijklmnopqrstuvwxyz234567'.slice(number % 16, (number % 16) + 16)}-t${number % 9}-${number}`;
    assert.match(WITHOUT_DASHES.write(id), /^[A-Za-z0-9]{1,32}$/);
    assert.match(AS_UUID.write(id), /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    assert.equal(AS_UUID.read(AS_UUID.write(id)), id);
  }
});

test('an id of another form is known again as long as the gateway runs, and a stranger stays a stranger', () => {
  for (const code of [WITHOUT_DASHES, AS_UUID]) {
    const ids = new ClientIds(code);
    assert.equal(ids.fromExchange(ids.toExchange('Some-Other-Id-32')), 'Some-Other-Id-32');
  }
  const stranger = '6d1b345e-2821-40e2-ad83-4ecb18a06876';
  assert.equal(new ClientIds(AS_UUID).fromExchange(stranger), stranger);
  assert.equal(new ClientIds(AS_UUID).fromExchange(''), null);
});

test('JSON keeps digits that a double would lose, and nothing else changes', () => {
  assert.deepEqual(parseExactly('{"a":0.1234567890123456789,"b":[9007199254740993,1e-8,-0.00000001],"c":"1234567890.1234567890","d":"say \\"12345678901234567\\"","e":null}'), {
    a: '0.1234567890123456789', b: ['9007199254740993', 1e-8, -0.00000001], c: '1234567890.1234567890', d: 'say "12345678901234567"', e: null,
  });
  assert.equal(parseExactly('<html>'), undefined);
  assert.equal(parseExactly('{"a":1'), undefined);
});

test('numbers are written plainly', () => {
  assert.deepEqual(['0.0100', '100', '007.50', '-0.0', '0', '12e5'].map(plain), ['0.01', '100', '7.5', '0', '0', '12e5']);
  assert.deepEqual(['0', '0.000', '-0.0', '0.0001', '10'].map(isZero), [true, true, true, false, false]);
});

test('another server takes the place of every host, and the path is kept', () => {
  const place = placing('http://127.0.0.1:1234');
  assert.equal(place('https://fapi.binance.com/fapi/v1/order?a=b'), 'http://127.0.0.1:1234/fapi/v1/order?a=b');
  assert.equal(place('wss://fstream.binance.com/ws/1'), 'ws://127.0.0.1:1234/ws/1');
  assert.equal(placing('wss://proxy.example/x/')('https://api.bybit.com/v5/order'), 'https://proxy.example/x/v5/order');
  assert.equal(placing(null)('https://api.bybit.com/v5'), 'https://api.bybit.com/v5');
});

test('every class of CCXT has a meaning, and none is more certain than its place among the classes allows', () => {
  const errors = Object.entries(/** @type {Record<string, any>} */ (ccxt)).filter(([, type]) => typeof type === 'function' && (type === ccxt.BaseError || type.prototype instanceof ccxt.BaseError));
  assert.ok(errors.length > 40, String(errors.length));
  const refusedForSure = new Set(['DDoSProtection', 'RateLimitExceeded', 'InvalidNonce', 'ChecksumError']);
  for (const [name, type] of errors) {
    const { outcomeUnknown } = classMeaning(new type('x'));
    if (type.prototype instanceof ccxt.OperationFailed) assert.equal(outcomeUnknown, !refusedForSure.has(name), name);
  }
  for (const name of Object.keys(CLASSES)) assert.ok(errors.some(([each]) => each === name), `${name} is no class of CCXT`);
  assert.deepEqual(classMeaning(new TypeError('x')), { kind: 'unrecognised', outcomeUnknown: true });
});

test('every list of words ends with one that takes what is left', () => {
  for (const [exchange, codes] of Object.entries(CODES)) {
    for (const [code, meaning] of Object.entries(codes)) {
      if (Array.isArray(meaning)) assert.notEqual(meaningOf(exchange, code, 'words that nobody uses'), null, `${exchange} ${code}`);
    }
  }
  assert.equal(meaningOf('kraken', 'EOrder:Reduce only:No position exists', '')?.kind, 'reduceOnlyRefused');
  assert.equal(meaningOf('binance', '-99999', ''), null);
});

test('codes are read in every exchange\'s shape', () => {
  /** @type {[any, string | null][]} */
  const answers = [
    [{ code: -2010, msg: 'x' }, '-2010'],
    [{ retCode: 110007, retMsg: 'x' }, '110007'],
    [{ retCode: 0, retMsg: 'OK' }, null],
    [{ code: '1', data: [{ sCode: '51008', sMsg: 'x' }] }, '51008'],
    [{ code: '0', data: [{ sCode: '0' }] }, null],
    [{ code: '200000', data: {} }, null],
    [{ error: ['EOrder:Unknown order'] }, 'EOrder:Unknown order'],
    [{ result: 'success', sendStatus: { status: 'wouldNotReducePosition' } }, 'wouldNotReducePosition'],
    [{ result: 'success', sendStatus: { status: 'placed' } }, null],
    [{ result: 'error', error: 'apiLimitExceeded' }, 'apiLimitExceeded'],
    [{ error_response: { error: 'INSUFFICIENT_FUND', preview_failure_reason: 'UNKNOWN_PREVIEW_FAILURE_REASON' } }, 'INSUFFICIENT_FUND'],
    [{ success: true, code: 0 }, null],
    [[], null], [null, null], ['text', null],
  ];
  for (const [answer, code] of answers) assert.equal(readCode(answer).code, code, JSON.stringify(answer));
});

test('a write that was cut is unknown whatever CCXT makes of it', () => {
  const call = { exchange: 'kraken', name: 'Kraken', isWrite: true, requestTimeout: 1_000, clean: (/** @type {string} */ text) => text };
  // CCXT looks into the last answer of any call here, and may find "unknown order" in another one's.
  const cut = translate(new ccxt.OrderNotFound('x'), { ...call, requests: [{ method: 'POST', state: 'cut', isTimedOut: true, status: null, body: null }] });
  assert.deepEqual([cut.kind, cut.details.mayHaveHappened], ['network', true]);
  const unsent = translate(new ccxt.ArgumentsRequired('x'), { ...call, requests: [{ method: 'GET', state: 'answered', isTimedOut: false, status: 200, body: '{}' }] });
  assert.deepEqual([unsent.kind, unsent.details.mayHaveHappened], ['notSupported', false]);
  const leaving = translate(new TypeError('x'), { ...call, requests: [{ method: 'POST', state: 'leaving', isTimedOut: false, status: null, body: null }] });
  assert.equal(leaving.details.mayHaveHappened, true);
});

test('bid and ask that come no more do not pass for fresh with the time of later trades', () => {
  const book = { symbol: 'BTC/USDT', bid: '100', ask: '101', last: null, mark: null, at: 1_000 };
  const trade = (/** @type {number} */ at) => ({ symbol: 'BTC/USDT', bid: null, ask: null, last: '90', mark: null, at });
  const soon = merge(book, trade(6_000));
  assert.deepEqual([soon.bid, soon.ask, soon.last, soon.at], ['100', '101', '90', 6_000]);
  const late = merge(soon, trade(11_001));
  assert.deepEqual([late.bid, late.ask, late.last, late.at], [null, null, '90', 11_001]);
  assert.deepEqual([merge(late, { ...book, at: 11_002 }).bid, merge(merge(late, { ...book, at: 11_002 }), trade(12_000)).bid], ['100', '100']);
});

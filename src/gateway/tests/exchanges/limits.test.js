import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { secondsToWait } from '../../exchanges/rateLimits.js';
import { SPOT_INFO } from './binanceAnswers.js';
import { ExchangeStage, ID } from './stage.js';

const NOW = 1_700_000_010_000;
const DATE = new Date(NOW).toUTCString();

/** @type {[string, string, number, Record<string, string>, string, number | undefined][]} the exchange, status, headers, body, and the seconds that it asks for */
const SAID = [
  ['seconds', 'binance', 429, { 'retry-after': '30' }, '', 30],
  ['a date', 'coinbase', 429, { 'retry-after': new Date(NOW + 45_000).toUTCString(), date: DATE }, '', 45],
  ['a date by the exchange\'s own clock', 'coinbase', 429, { 'retry-after': new Date(NOW - 90_000 + 45_000).toUTCString(), date: new Date(NOW - 90_000).toUTCString() }, '', 45],
  ['the end of a ban', 'binance', 418, { date: DATE }, `{"code":-1003,"msg":"Way too many requests; IP banned until ${NOW + 120_000}."}`, 120],
  ['Binance: the minute', 'binance', 429, { date: DATE, 'x-mbx-used-weight-1m': '2401' }, '', 30],
  ['Bybit: when there is room again', 'bybit', 200, { date: DATE, 'x-bapi-limit-status': '0', 'x-bapi-limit-reset-timestamp': String(NOW + 1_500) }, '', 2],
  ['Bybit: room already', 'bybit', 200, { date: DATE, 'x-bapi-limit-status': '3', 'x-bapi-limit-reset-timestamp': String(NOW) }, '', undefined],
  ['Bybit: the address is barred', 'bybit', 403, {}, '403, access too frequent', 600],
  ['KuCoin: so many milliseconds', 'kucoin', 429, { 'gw-ratelimit-remaining': '0', 'gw-ratelimit-reset': '14500' }, '', 15],
  ['nothing', 'kraken', 200, {}, '{"error":["EAPI:Rate limit exceeded"]}', undefined],
  ['nonsense', 'binance', 429, { 'retry-after': 'soon' }, '', undefined],
  ['a moment that has passed', 'binance', 429, { 'retry-after': '0' }, '', 1],
];

for (const [name, exchange, status, headers, body, seconds] of SAID) {
  test(`time to wait: ${name}`, () => {
    assert.equal(secondsToWait(exchange, { method: 'GET', state: 'answered', isTimedOut: false, status, headers, body }, NOW), seconds);
  });
}

/** @type {ExchangeStage} */
let stage;

beforeEach(async () => {
  stage = await new ExchangeStage().start();
});
afterEach(() => stage.end());

test('what an exchange asks for travels in the refusal, and is said of no other refusal', async () => {
  stage.exchange.teach({ 'GET /api/v3/exchangeInfo': SPOT_INFO });
  await stage.open('binance', 'spot');
  const order = { symbol: 'BTC/USDT', side: 'buy', type: 'limit', quantity: '0.01', price: '64800.5', clientOrderId: ID };
  stage.exchange.teach({ 'POST /api/v3/order': () => ({ status: 429, headers: { 'Retry-After': '77' }, json: { code: -1003, msg: 'Too many requests.' } }) });
  const limited = await stage.call('place', order);
  assert.deepEqual([limited.data.kind, limited.data.seconds, limited.data.mayHaveHappened], ['rateLimited', 77, false]);
  stage.exchange.teach({ 'POST /api/v3/order': () => ({ status: 418, headers: { 'Retry-After': '259200' }, json: { code: -1003, msg: 'Way too many requests.' } }) });
  const banned = await stage.call('place', order);
  assert.deepEqual([banned.data.kind, banned.data.seconds], ['bannedAddress', 259_200]);
  stage.exchange.teach({ 'POST /api/v3/order': () => ({ status: 400, headers: { 'Retry-After': '77' }, json: { code: -1121, msg: 'Invalid symbol.' } }) });
  assert.equal((await stage.call('place', order)).data.seconds, undefined);
});

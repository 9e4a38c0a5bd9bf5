import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { AS_UUID } from '../../exchanges/clientIds.js';
import { PROOFS, krakenProof } from './provenAnswers.js';
import { ExchangeStage, ID } from './stage.js';

// What a trader does something about, in the bodies that each exchange documents. Binance's are in its own file.

/** @typedef {'authentication' | 'permissionDenied' | 'bannedAddress' | 'rateLimited' | 'unknownSymbol' | 'belowMinimum' | 'insufficientFunds'} Kind */

/** @param {number | string} code @param {string} msg */
const bybit = (code, msg) => ({ retCode: code, retMsg: msg, result: {}, retExtInfo: {}, time: 1_700_000_000_000 });
/** @param {string} code @param {string} msg */
const okxOrder = (code, msg) => ({ code: '1', msg: 'All operations failed', data: [{ clOrdId: '', ordId: '', sCode: code, sMsg: msg, tag: '' }] });
/** @param {string} preview */
const coinbase = (preview) => ({ success: false, failure_reason: 'UNKNOWN_FAILURE_REASON', order_id: '', error_response: { error: 'UNKNOWN_FAILURE_REASON', message: '', error_details: '', preview_failure_reason: preview }, order_configuration: {} });

/** @type {[string, number, object, Kind][]} the exchange, status, body, and what it comes to */
const SAID = [
  ['bybit', 200, bybit(10003, 'API key is invalid.'), 'authentication'],
  ['bybit', 200, bybit(10004, 'error sign! origin_string[…]'), 'authentication'],
  ['bybit', 200, bybit(33004, 'Your api key has expired.'), 'authentication'],
  ['bybit', 200, bybit(10005, 'Permission denied, please check your API key permissions.'), 'permissionDenied'],
  ['bybit', 200, bybit(10010, "Unmatched IP, please check your API key's bound IP addresses."), 'permissionDenied'],
  ['bybit', 200, bybit(10018, 'Exceeded the IP Rate Limit.'), 'bannedAddress'],
  ['bybit', 403, { message: 'access too frequent' }, 'bannedAddress'],
  ['bybit', 200, bybit(10006, 'Too many visits!'), 'rateLimited'],
  ['bybit', 200, bybit(10001, 'params error: symbol invalid'), 'unknownSymbol'],
  ['bybit', 200, bybit(10001, 'The number of contracts exceeds minimum limit allowed'), 'belowMinimum'],
  ['bybit', 200, bybit(110094, 'Order does not meet minimum order value 5USDT'), 'belowMinimum'],
  ['bybit', 200, bybit(110007, 'CheckMarginRatio fail! InsufficientAB'), 'insufficientFunds'],
  ['okx', 401, { code: '50111', msg: 'Invalid OK-ACCESS-KEY', data: [] }, 'authentication'],
  ['okx', 401, { code: '50113', msg: 'Invalid Sign', data: [] }, 'authentication'],
  ['okx', 401, { code: '50105', msg: 'Request header OK-ACCESS-PASSPHRASE incorrect.', data: [] }, 'authentication'],
  ['okx', 401, { code: '50110', msg: "Your IP 203.0.113.9 is not included in your API key's IP whitelist.", data: [] }, 'permissionDenied'],
  ['okx', 401, { code: '50120', msg: "This API key doesn't have permission to use this function.", data: [] }, 'permissionDenied'],
  ['okx', 429, { code: '50011', msg: 'Too Many Requests', data: [] }, 'rateLimited'],
  ['okx', 200, okxOrder('51001', "Instrument ID, Instrument ID code, or Spread ID doesn't exist."), 'unknownSymbol'],
  ['okx', 200, okxOrder('51020', 'Your order should meet or exceed the minimum order amount.'), 'belowMinimum'],
  ['okx', 200, okxOrder('51008', 'Order failed. Insufficient USDT balance in account'), 'insufficientFunds'],
  ['kucoin', 401, { code: '400003', msg: 'KC-API-KEY not exists' }, 'authentication'],
  ['kucoin', 401, { code: '400005', msg: 'Invalid KC-API-SIGN' }, 'authentication'],
  ['kucoin', 401, { code: '400006', msg: 'The requested ip address is not in the api whitelist' }, 'permissionDenied'],
  ['kucoin', 403, { code: '400007', msg: 'Access denied --> Require more permission.' }, 'permissionDenied'],
  ['kucoin', 429, { code: '429000', msg: 'Too Many Requests' }, 'rateLimited'],
  ['kucoin', 200, { code: '900001', msg: 'symbol not exists' }, 'unknownSymbol'],
  ['kucoin', 200, { code: '400100', msg: 'This symbol does not exist.' }, 'unknownSymbol'],
  ['kucoin', 200, { code: '400100', msg: 'Order size below the minimum requirement.' }, 'belowMinimum'],
  ['kucoin', 200, { code: '200004', msg: 'Balance insufficient!' }, 'insufficientFunds'],
  ['mexc', 400, { code: 10072, msg: 'Api key info invalid' }, 'authentication'],
  ['mexc', 400, { code: 700002, msg: 'Signature for this request is not valid.' }, 'authentication'],
  ['mexc', 403, { code: 700006, msg: 'IP [203.0.113.9] not in the ip white list' }, 'permissionDenied'],
  ['mexc', 403, { code: 700007, msg: 'No permission to access the endpoint.' }, 'permissionDenied'],
  ['mexc', 429, { code: 429, msg: 'Too Many Requests' }, 'rateLimited'],
  ['mexc', 400, { code: -1121, msg: 'Invalid symbol.' }, 'unknownSymbol'],
  ['mexc', 400, { code: 10007, msg: 'bad symbol' }, 'unknownSymbol'],
  ['mexc', 400, { code: 30002, msg: 'The minimum transaction volume cannot be less than 1USDT' }, 'belowMinimum'],
  ['mexc', 400, { code: 30004, msg: 'Insufficient position' }, 'insufficientFunds'],
  ['kraken', 200, { error: ['EAPI:Invalid key'] }, 'authentication'],
  ['kraken', 200, { error: ['EAPI:Invalid signature'] }, 'authentication'],
  ['kraken', 200, { error: ['EGeneral:Permission denied'] }, 'permissionDenied'],
  ['kraken', 200, { error: ['EGeneral:Temporary lockout'] }, 'bannedAddress'],
  ['kraken', 200, { error: ['EAPI:Rate limit exceeded'] }, 'rateLimited'],
  ['kraken', 200, { error: ['EQuery:Unknown asset pair'] }, 'unknownSymbol'],
  ['kraken', 200, { error: ['EGeneral:Invalid arguments:volume minimum not met'] }, 'belowMinimum'],
  ['kraken', 200, { error: ['EOrder:Insufficient funds'] }, 'insufficientFunds'],
  ['coinbase', 401, { error: 'unauthorized', message: 'Unauthorized' }, 'authentication'],
  ['coinbase', 403, { error: 'PERMISSION_DENIED', error_details: 'Missing required scopes', message: 'Missing required scopes' }, 'permissionDenied'],
  ['coinbase', 429, { error: 'rate_limit_exceeded', message: 'Too many requests' }, 'rateLimited'],
  ['coinbase', 200, coinbase('UNKNOWN_PRODUCT_ID'), 'unknownSymbol'],
  ['coinbase', 200, coinbase('PREVIEW_INVALID_BASE_SIZE_TOO_SMALL'), 'belowMinimum'],
  ['coinbase', 200, coinbase('PREVIEW_INSUFFICIENT_FUND'), 'insufficientFunds'],
];

/** @type {ExchangeStage} */
let stage;

beforeEach(async () => {
  stage = await new ExchangeStage().start();
});
afterEach(() => stage.end());

for (const proof of [...PROOFS, krakenProof(AS_UUID.write(ID))]) {
  const said = SAID.filter(([exchange]) => exchange === proof.exchange);
  if (said.length === 0) continue;
  test(`${proof.exchange} ${proof.kind}: what a trader does something about has its kind, and surely nothing happened`, async () => {
    stage.exchange.teach(proof.routes);
    await stage.open(proof.exchange, proof.kind, proof.exchange === 'kraken' ? { secret: Buffer.from('secret').toString('base64') } : {});
    const order = { symbol: proof.symbol, side: 'buy', type: 'limit', quantity: '0.01', price: '64800.5', clientOrderId: ID, ...proof.order };
    for (const [, status, body, kind] of said) {
      stage.exchange.teach({ [proof.placeRoute]: () => ({ status, json: body }) });
      const refused = await stage.call('place', order);
      assert.deepEqual([refused.data?.kind, refused.data?.mayHaveHappened], [kind, false], JSON.stringify([body, refused]));
    }
  });
}

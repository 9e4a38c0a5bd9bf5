import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { AS_UUID } from '../../exchanges/clientIds.js';
import { FUTURES_PROOFS } from './futuresAnswers.js';
import { PROOFS, krakenProof } from './provenAnswers.js';
import { ExchangeStage, ID } from './stage.js';

const NOW = 1_700_000_000_000;

/** @param {string} exchange @param {'spot' | 'swap'} kind */
const proofOf = (exchange, kind) => /** @type {import('./provenAnswers.js').Proof} */ ([...PROOFS, ...FUTURES_PROOFS, krakenProof(AS_UUID.write(ID))].find((proof) => proof.exchange === exchange && proof.kind === kind));

/** @type {ExchangeStage} */
let stage;

beforeEach(async () => {
  stage = await new ExchangeStage().start();
});
afterEach(() => stage.end());

/** @param {string} exchange @param {'spot' | 'swap'} kind @param {Record<string, any>} routes */
async function open(exchange, kind, routes) {
  stage.exchange.teach({ ...proofOf(exchange, kind).routes, ...routes });
  await stage.open(exchange, kind, exchange === 'kraken' ? { secret: Buffer.from('secret').toString('base64') } : {});
  return proofOf(exchange, kind).symbol;
}

/** @param {object[]} data */
const okx = (...data) => ({ code: '0', msg: '', data });

/** The exchange, what it is asked, and the rate and the moment that must come of it. @type {[string, Record<string, any>, string, number | null][]} */
const RATES = [
  ['okx', { 'GET /api/v5/public/funding-rate': okx({ instType: 'SWAP', instId: 'BTC-USDT-SWAP', method: 'current_period', fundingRate: '0.0001', nextFundingRate: '', fundingTime: String(NOW), nextFundingTime: String(NOW + 28_800_000), ts: String(NOW) }) }, '0.0001', NOW],
  ['kucoin', { 'GET /api/ua/v2/market/funding-rate': { code: '200000', data: [{ symbol: 'XBTUSDTM', nextFundingRate: 0.0001, fundingTime: NOW, fundingRateCap: 0.003, fundingRateFloor: -0.003 }] } }, '0.0001', NOW],
  ['mexc', { 'GET /api/v1/contract/funding_rate/BTC_USDT': { success: true, code: 0, data: { symbol: 'BTC_USDT', fundingRate: 0.0001, maxFundingRate: 0.003, minFundingRate: -0.003, collectCycle: 8, nextSettleTime: NOW, timestamp: NOW } } }, '0.0001', NOW],
];

for (const [exchange, routes, rate, nextAt] of RATES) {
  test(`${exchange}: the funding rate`, async () => {
    const symbol = await open(exchange, 'swap', routes);
    const answer = await stage.call('fundingRates', { symbols: [symbol] });
    assert.ok(Array.isArray(answer), JSON.stringify([answer, stage.exchange.unknown]));
    const [told] = answer;
    assert.deepEqual([told?.symbol, told?.rate, told?.nextAt], [symbol, rate, nextAt], JSON.stringify([told, stage.exchange.unknown]));
  });
}

test('Kraken: the funding rate is told as a share, not as money', async () => {
  const symbol = await open('kraken', 'swap', {});
  const [told] = await stage.call('fundingRates', { symbols: [symbol] });
  // 0.65 dollars for a bitcoin of 64,801.
  assert.equal(told?.symbol, symbol, JSON.stringify(stage.exchange.unknown));
  assert.ok(told.rate === null || Math.abs(Number(told.rate)) < 0.001, told.rate);
});

test('OKX: what was paid for funding is negative', async () => {
  const symbol = await open('okx', 'swap', {
    'GET /api/v5/account/bills-archive': okx({ billId: '623950854533513219', type: '8', subType: '173', instId: 'BTC-USDT-SWAP', instType: 'SWAP', ccy: 'USDT', balChg: '-0.6', bal: '999', pnl: '-0.6', fee: '0', sz: '1', ts: String(NOW), mgnMode: 'isolated' }),
  });
  const payments = await stage.call('fundingPayments', { since: NOW - 1 });
  assert.ok(Array.isArray(payments), JSON.stringify([payments, stage.exchange.unknown]));
  assert.deepEqual(payments.map((/** @type {any} */ each) => [each.id, each.symbol, each.amount, each.asset, each.at]), [['623950854533513219', symbol, '-0.6', 'USDT', NOW]], JSON.stringify([payments, stage.exchange.unknown]));
});

test('MEXC: a funding payment has its market and asset, which CCXT leaves out', async () => {
  const symbol = await open('mexc', 'swap', {
    'GET /api/v1/private/position/funding_records': { success: true, code: 0, data: { pageSize: 20, totalCount: 1, totalPage: 1, currentPage: 1, resultList: [{ id: 7423910, symbol: 'BTC_USDT', positionType: 1, positionValue: 29.3, funding: -0.01, rate: 0.0001, settleTime: NOW }] } },
  });
  const payments = await stage.call('fundingPayments', {});
  assert.deepEqual(payments.map((/** @type {any} */ each) => [each.id, each.symbol, each.amount, each.asset]), [['7423910', symbol, '-0.01', 'USDT']], JSON.stringify([payments, stage.exchange.unknown]));
});

test('a payment of a market that is not listed any more does not keep the others from being read', async () => {
  const records = [{ id: 1, symbol: 'GONE_USDT', positionType: 1, positionValue: 1, funding: -0.5, rate: 0.1, settleTime: NOW }, { id: 2, symbol: 'BTC_USDT', positionType: 1, positionValue: 29.3, funding: -0.01, rate: 0.0001, settleTime: NOW }];
  await open('mexc', 'swap', { 'GET /api/v1/private/position/funding_records': { success: true, code: 0, data: { pageSize: 20, totalCount: 2, totalPage: 1, currentPage: 1, resultList: records } } });
  assert.deepEqual((await stage.call('fundingPayments', {})).map((/** @type {any} */ each) => each.id), ['2']);
});

/** What an exchange says before and after it is asked to hold positions as the program wants. @type {Record<string, () => Record<string, any>>} */
const PREPARED = {
  okx: () => {
    let leverage = '3';
    return {
      'GET /api/v5/account/leverage-info': () => ({ json: okx({ instId: 'BTC-USDT-SWAP', mgnMode: 'isolated', posSide: 'net', lever: leverage }) }),
      'POST /api/v5/account/set-leverage': (/** @type {any} */ asked) => {
        leverage = asked.parameters.lever;
        return { json: okx({ lever: leverage, mgnMode: asked.parameters.mgnMode, instId: 'BTC-USDT-SWAP', posSide: '' }) };
      },
    };
  },
  mexc: () => {
    const leverage = { 1: 3, 2: 3 };
    return {
      'GET /api/v1/private/position/position_mode': { success: true, code: 0, data: 2 },
      'GET /api/v1/private/position/leverage': () => ({ json: { success: true, code: 0, data: [1, 2].map((positionType) => ({ level: 1, maxVol: 1, mmr: 0.004, imr: 0.005, positionType, openType: 1, leverage: leverage[/** @type {1 | 2} */ (positionType)], limitBySys: false, currentMmr: 0.004 })) } }),
      'POST /api/v1/private/position/change_leverage': (/** @type {any} */ asked) => {
        leverage[/** @type {1 | 2} */ (asked.parameters.positionType)] = asked.parameters.leverage;
        return { json: { success: true, code: 0 } };
      },
    };
  },
  kucoin: () => ({
    'GET /api/v2/position/getPositionMode': { code: '200000', data: { positionMode: 0 } },
    'GET /api/v2/position/getMarginMode': { code: '200000', data: { symbol: 'XBTUSDTM', marginMode: 'ISOLATED' } },
    'GET /api/v2/getCrossUserLeverage': { code: '200000', data: { symbol: 'XBTUSDTM', leverage: '5' } },
  }),
  kraken: () => {
    /** @type {any[]} */
    let preferences = [];
    return {
      'GET /derivatives/api/v3/leveragepreferences': () => ({ json: { result: 'success', serverTime: '2023-11-14T22:13:20Z', leveragePreferences: preferences } }),
      'PUT /derivatives/api/v3/leveragepreferences': (/** @type {any} */ asked) => {
        preferences = [{ symbol: 'PF_XBTUSD', maxLeverage: Number(new URLSearchParams(asked.body).get('maxLeverage') ?? asked.parameters.maxLeverage) }];
        return { json: { result: 'success', serverTime: '2023-11-14T22:13:20Z' } };
      },
    };
  },
};

for (const [exchange, answers] of Object.entries(PREPARED)) {
  test(`${exchange}: leverage, isolated margin and one-way positions are set and read back`, async () => {
    const symbol = await open(exchange, 'swap', answers());
    const prepared = await stage.call('prepare', { symbol, leverage: 5, marginMode: 'isolated', oneWay: true });
    assert.deepEqual([prepared.leverage, prepared.marginMode, prepared.positionMode, prepared.verified], ['5', 'isolated', 'oneWay', true], JSON.stringify([prepared, stage.exchange.unknown]));
  });
}

test('a limit order is changed in place, in one request', async () => {
  const symbol = await open('okx', 'swap', { 'POST /api/v5/trade/amend-order': okx({ clOrdId: 'x', ordId: '2510789768709120001', reqId: '', sCode: '0', sMsg: '' }) });
  const changed = await stage.call('amend', { symbol, clientOrderId: ID, price: '64700.5' });
  const asked = stage.exchange.of('POST /api/v5/trade/amend-order');
  assert.deepEqual([changed.clientOrderId, changed.price, changed.quantity], [ID, '64700.5', '0.01'], JSON.stringify([changed, stage.exchange.unknown]));
  assert.deepEqual([asked.length, asked[0]?.parameters.newPx ?? asked[0]?.parameters.list?.[0]?.newPx], [1, '64700.5'], asked[0]?.body);
});

const mexcPosition = { positionId: 1, symbol: 'BTC_USDT', positionType: 1, openType: 1, state: 1, holdVol: 10, frozenVol: 0, closeVol: 0, holdAvgPrice: 64_800, openAvgPrice: 64_800, liquidatePrice: 52_000, oim: 1, im: 1, leverage: 5, marginRatio: 0.01, realised: 0, autoAddIm: false };

/** A close of ten contracts at the market, by a gateway that has prepared nothing. @param {string} symbol */
const close = (symbol) => stage.call('place', { symbol, side: 'sell', type: 'market', quantity: '10', reduceOnly: true, clientOrderId: 'ttabcdefghijklmnop-x-1' });

test('MEXC: a position that was opened before the gateway started is closed as it is held', async () => {
  const symbol = await open('mexc', 'swap', { 'GET /api/v1/private/position/open_positions': { success: true, code: 0, data: [mexcPosition] } });
  const closed = await close(symbol);
  const [asked] = stage.exchange.of('POST /api/v1/private/order/create');
  const sent = JSON.parse(asked?.body ?? 'null');
  assert.deepEqual([sent?.side, sent?.type, sent?.vol, sent?.openType, sent?.leverage, sent?.positionMode], [4, 6, 10, 1, 5, 2], JSON.stringify([closed, asked, stage.exchange.unknown]));
  assert.equal((await stage.call('positions', {}))[0]?.marginMode, 'isolated');
});

test('OKX: a close of a position that was opened before the gateway started has its margin mode', async () => {
  const symbol = await open('okx', 'swap', {
    'GET /api/v5/account/positions': okx({ instType: 'SWAP', instId: 'BTC-USDT-SWAP', mgnMode: 'isolated', posSide: 'net', pos: '10', avgPx: '64800', lever: '5', margin: '130', upl: '0', uplRatio: '0', notionalUsd: '648', markPx: '64800', cTime: String(NOW), uTime: String(NOW) }),
    'POST /api/v5/trade/order': okx({ clOrdId: '', ordId: '2510789768709120001', tag: '', sCode: '0', sMsg: '' }),
  });
  const closed = await close(symbol);
  const [asked] = stage.exchange.of('POST /api/v5/trade/order');
  assert.equal(asked?.parameters.tdMode, 'isolated', JSON.stringify([closed, asked, stage.exchange.unknown]));
});

test('MEXC: where there is no position the exchange is left to say so', async () => {
  const symbol = await open('mexc', 'swap', {
    'GET /api/v1/private/position/open_positions': { success: true, code: 0, data: [] },
    'POST /api/v1/private/order/create': { success: false, code: 2009, message: 'Position is not exists or closed.' },
  });
  const refused = await close(symbol);
  assert.deepEqual([refused.data?.kind, refused.data?.mayHaveHappened], ['reduceOnlyRefused', false], JSON.stringify([refused, stage.exchange.unknown]));
});

test('MEXC: where the positions can not be read nothing is sent', async () => {
  const symbol = await open('mexc', 'swap', { 'GET /api/v1/private/position/open_positions': () => ({ status: 503, json: { success: false, code: 503, message: 'busy' } }) });
  const refused = await close(symbol);
  assert.equal(refused.data?.mayHaveHappened, false, JSON.stringify([refused, stage.exchange.unknown]));
  assert.equal(stage.exchange.of('POST /api/v1/private/order/create').length, 0);
});

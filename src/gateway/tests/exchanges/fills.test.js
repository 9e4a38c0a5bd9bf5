import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { AS_UUID } from '../../exchanges/clientIds.js';
import { FUTURES_PROOFS } from './futuresAnswers.js';
import { PROOFS, krakenProof } from './provenAnswers.js';
import { ExchangeStage, ID } from './stage.js';

const HOUR = 3_600_000;
const COUNT = 260;
/** One execution a minute, the last an hour ago. */
const LAST = Math.floor(Date.now() / 60_000) * 60_000 - HOUR;
const ALL = Array.from({ length: COUNT }, (_, index) => ({ id: index, at: LAST - (COUNT - 1 - index) * 60_000 }));

/** What an exchange tells that tells the newest first and at most so many. @param {number} most @param {number} from @param {number} until */
const newest = (most, from, until) => ALL.filter(({ at }) => at >= from && at <= until).reverse().slice(0, most);
const number = (/** @type {any} */ value, /** @type {number} */ otherwise) => (value === undefined ? otherwise : Number(value));

/** @type {[string, 'spot' | 'swap', string, (asked: any) => any][]} */
const LISTS = [
  ['okx', 'swap', 'GET /api/v5/trade/fills-history', ({ parameters }) => ({
    code: '0', msg: '', data: newest(100, number(parameters.begin, 0), number(parameters.end, Infinity)).map(({ id, at }) => ({
      instType: 'SWAP', instId: 'BTC-USDT-SWAP', tradeId: String(id), ordId: '1', clOrdId: '', billId: String(id), fillPx: '64800.5', fillSz: '1', side: 'buy', posSide: 'net', execType: 'T', feeCcy: 'USDT', fee: '-0.1', ts: String(at), fillTime: String(at),
    })),
  })],
  ['kucoin', 'swap', 'GET /api/v1/fills', ({ parameters }) => ({
    code: '200000', data: {
      currentPage: 1, pageSize: 100, totalNum: COUNT, totalPage: 3, items: newest(100, number(parameters.startAt, 0), number(parameters.endAt, Infinity)).map(({ id, at }) => ({
        symbol: 'XBTUSDTM', tradeId: String(id), orderId: '1', side: 'buy', liquidity: 'taker', forceTaker: false, price: '64800.5', size: '1', value: '64.8', feeRate: '0.0006', fixFee: '0', feeCurrency: 'USDT', stop: '', fee: '0.1', orderType: 'market',
        tradeType: 'trade', createdAt: at, settleCurrency: 'USDT', tradeTime: at * 1_000_000,
      })),
    },
  })],
  ['mexc', 'swap', 'GET /api/v1/private/order/list/order_deals', ({ parameters }) => ({
    success: true, code: 0, data: newest(100, number(parameters.start_time, 0), number(parameters.end_time, Infinity)).map(({ id, at }) => ({ id: String(id), symbol: 'BTC_USDT', side: 1, vol: '1', price: '64800.5', feeCurrency: 'USDT', fee: '0.1', timestamp: at, profit: '0', category: 1, orderId: '1', positionMode: '2', taker: true })),
  })],
  ['kraken', 'spot', 'POST /0/private/TradesHistory', ({ parameters }) => ({
    error: [], result: {
      count: COUNT,
      trades: Object.fromEntries(newest(50, number(parameters.start, 0) * 1_000 + 1, number(parameters.end, Infinity) * 1_000).map(({ id, at }) => [`T${id}`, {
        ordertxid: 'O1', postxid: 'P1', pair: 'XBTUSDT', time: at / 1_000, type: 'buy', ordertype: 'market', price: '64800.5', cost: '64.8', fee: '0.1', vol: '0.001', margin: '0', misc: '', trade_id: id, maker: false,
      }])),
    },
  })],
  ['kraken', 'swap', 'GET /derivatives/api/v3/fills', ({ parameters }) => ({
    result: 'success', serverTime: '2023-11-14T22:13:20Z',
    fills: newest(100, 0, parameters.lastFillTime === undefined ? Infinity : Date.parse(parameters.lastFillTime) - 1).map(({ id, at }) => ({ fill_id: String(id), symbol: 'PF_XBTUSD', side: 'buy', order_id: '1', size: 0.01, price: 64_800.5, fillTime: new Date(at).toISOString(), fillType: 'taker' })),
  })],
];

/** @type {ExchangeStage} */
let stage;

beforeEach(async () => {
  stage = await new ExchangeStage().start();
});
afterEach(() => stage.end());

for (const [exchange, kind, route, answer] of LISTS) {
  test(`${exchange} ${kind}: more executions than are told at once are read to the last, in their order`, async () => {
    const proof = /** @type {import('./provenAnswers.js').Proof} */ ([...PROOFS, ...FUTURES_PROOFS, krakenProof(AS_UUID.write(ID))].find((each) => each.exchange === exchange && each.kind === kind));
    stage.exchange.teach({ ...proof.routes, [route]: (/** @type {any} */ asked) => ({ json: answer(asked) }) });
    await stage.open(exchange, kind, exchange === 'kraken' ? { secret: Buffer.from('secret').toString('base64') } : {});
    const since = ALL[5].at;
    const fills = await stage.call('fills', { symbol: proof.symbol, since, limit: 500 });
    assert.ok(Array.isArray(fills), JSON.stringify([fills, stage.exchange.unknown]));
    assert.deepEqual(fills.map((each) => each.at), ALL.slice(5).map(({ at }) => at));
    assert.equal(new Set(fills.map((each) => each.id)).size, COUNT - 5);
    assert.ok(stage.exchange.of(route).length < 60, String(stage.exchange.of(route).length));
  });
}

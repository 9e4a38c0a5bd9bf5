import { classFor } from '../library.js';
import { binance } from './binance.js';
import { bybit } from './bybit.js';
import { coinbase } from './coinbase.js';
import { kraken, krakenfutures } from './kraken.js';
import { kucoin, kucoinfutures } from './kucoin.js';
import { mexc } from './mexc.js';
import { okx } from './okx.js';
import { STANDARD } from './standard.js';

/**
 * @typedef {'spot' | 'swap'} Kind
 * @typedef {'market' | 'limit' | 'stopMarket' | 'takeProfitMarket' | 'takeProfitLimit' | 'oneCancelsOther'} OrderType
 * @typedef {import('../library.js').CcxtExchange} CcxtExchange
 *
 * @typedef {object} PlannedOrder
 * @property {Kind} kind
 * @property {string} symbol
 * @property {'buy' | 'sell'} side
 * @property {OrderType} type
 * @property {string} quantity
 * @property {string | null} price
 * @property {string | null} trigger
 * @property {boolean} reduceOnly
 * @property {boolean} postOnly
 * @property {string} clientOrderId as the exchange wants it
 * @property {number | null} leverage
 * @property {'cross' | 'isolated' | null} marginMode
 *
 * @typedef {{ kind: Kind, symbol: string, marketId: string, clientOrderId: string, id: string | null, isTrigger: boolean }} WantedOrder
 * @typedef {{ marketId: string, interval: string, candles: unknown[][] }} ClosedCandles time, open, high, low, close, volume of each
 * @typedef {{ trade: boolean | null, withdraw: boolean | null, ipBound: boolean | null, readOnly: boolean | null }} Permissions
 * @typedef {{ limit: any | null, stop: any | null }} Legs the two orders of a pair, as CCXT gives orders; null: not known
 */

/**
 * How an exchange keeps a pair of stop and target: the limit or the stop at the market, of which the first that is executed, if only in part, ends the other.
 *
 * @typedef {object} Pairs
 * @property {(market: any) => boolean} holds whether the symbol takes them
 * @property {(each: any) => { pair: string, leg: 'limit' | 'stop' } | null} legOf of which pair of ours an order or a trade is, by the exchange's form of our id; null: of none
 * @property {(exchange: CcxtExchange, order: PlannedOrder) => Promise<Legs>} place with one request
 * @property {(exchange: CcxtExchange, wanted: WantedOrder, ask: <T>(action: () => Promise<T>) => Promise<T | null>) => Promise<Legs | null>} find null only when every place it could be in
 *   has answered and had none; `ask` gives null for an answer that there is none
 * @property {(exchange: CcxtExchange, wanted: WantedOrder, attempt: <T>(action: () => Promise<T>) => Promise<T | null>) => Promise<Legs | null>} cancel withdraws what is left; null: there is
 *   nothing; `attempt` as `ask`, for what is not only looked at
 */

/**
 * What differs from exchange to exchange.
 *
 * @typedef {object} Profile
 * @property {boolean} isProven whether this file's tests run CCXT against answers of the exchange's shape
 * @property {import('../clientIds.js').IdCode} clientIds
 * @property {(kind: Kind) => object} options CCXT's
 * @property {((exchange: CcxtExchange, kind: Kind) => void) | null} enterSandbox null: CCXT's own way
 * @property {((kind: Kind) => { stopMarket: boolean, takeProfitMarket: boolean, takeProfitLimit: boolean }) | null} stops what the exchange holds; null: CCXT's features say
 * @property {((market: any) => unknown[]) | null} marketMaxQuantities limits of orders at the market that CCXT does not tell
 * @property {((market: any) => boolean | null) | null} marketHoldsStops whether a position in a single symbol can be protected: by a stop at the market, or by one that is watched; null: what `stops` says holds for all
 * @property {(kind: Kind) => Pairs | null} pairs null: it has none
 * @property {((kind: Kind) => boolean) | null} marketBuyNeedsPrice whether a market buy is given by what it may cost; null: CCXT's features say
 * @property {((kind: Kind) => 'limit' | 'limitAndTrigger' | null) | null} amend what can be changed in place without a moment in which no order stands
 * @property {boolean} marginModePerOrder the margin mode travels with each order
 * @property {boolean} leveragePerOrder the leverage travels with each order
 * @property {boolean} hasPermissions whether the exchange says what a key may do
 * @property {string[]} quoteSources CCXT's methods that together give bid, ask and last
 * @property {Record<string, unknown>} marketParameters for reading the markets
 * @property {number | null} mostOpenOrders the exchange gives at most so many open orders at once
 * @property {(kind: Kind) => Record<string, unknown>[]} triggerLists parameters under which it lists waiting trigger orders apart
 * @property {(order: PlannedOrder) => Record<string, unknown>} placeParameters
 * @property {(theirs: string) => Record<string, unknown>} clientParameter how an order is named by our id
 * @property {(wanted: { kind: Kind, isTrigger: boolean }) => Record<string, unknown>} triggerParameter how it is said that an order waits for its trigger
 * @property {(exchange: CcxtExchange, wanted: WantedOrder, profile: Profile) => Promise<any | null>} findDirectly null: cannot be asked that way
 * @property {boolean} findInLists whether the lists of orders are searched when asking directly found nothing
 * @property {((exchange: CcxtExchange, wanted: WantedOrder, profile: Profile) => Promise<any>) | null} cancelDirectly null: CCXT's cancelOrder
 * @property {(marginMode: 'cross' | 'isolated' | null) => Record<string, unknown>[]} leverageParameters one call for each
 * @property {((exchange: CcxtExchange, marketId: string) => Promise<unknown>) | null} readLeverage null: CCXT's fetchLeverage
 * @property {((exchange: CcxtExchange, symbol: string) => Promise<'oneWay' | 'hedged' | null>) | null} readPositionMode null: CCXT's fetchPositionMode
 * @property {((exchange: CcxtExchange, symbol: string) => Promise<'cross' | 'isolated'>) | null} readMarginMode null: CCXT's fetchMarginMode
 * @property {boolean} isolatesByLeverage a contract whose leverage was set has isolated margin, and no other has
 * @property {(marginMode: 'cross' | 'isolated' | null) => boolean} leverageOnlyWithOrder there is no leverage to set or to read: each order brings its own
 * @property {boolean} readsOneTickerApart CCXT's fetchTickers can't read the answer about a single market
 * @property {(order: any) => string | null | undefined} clientIdOf of an order as CCXT gives it
 * @property {(order: any) => string | null | undefined} childIdOf of a trigger order that fired: the order that it made
 * @property {(position: any) => 'cross' | 'isolated' | null} marginModeOf of a position as CCXT gives it
 * @property {(balance: any, asset: string) => unknown} walletOf of a swap account: what it holds without the open profit of its positions; nothing where that is not told
 * @property {(kind: Kind) => import('../fills.js').FillList | null} fillList how it lists executions; null: one question is all
 * @property {((exchange: CcxtExchange, symbol: string, from: number, until: number | null) => Promise<{ trades: any[], count: number }>) | null} fillPage null: CCXT's fetchMyTrades
 * @property {((exchange: CcxtExchange, symbol: string | null, since: number | null) => Promise<any[]>) | null} fundingPayments null: CCXT's fetchFundingHistory
 * @property {((message: any, kind: Kind) => ClosedCandles | null) | null} closedCandles what of a pushed message of candles has closed as the exchange says, volumes as CCXT reads them; null: it does not say
 * @property {((exchange: CcxtExchange, order: PlannedOrder) => Promise<boolean>) | null} triggerWaits whether the price has still to come to the trigger, for exchanges that would take the order for its opposite; null: they refuse it
 * @property {(exchange: CcxtExchange, kind: Kind) => Promise<Permissions | null>} permissions
 */

/** @type {Record<string, Profile>} by CCXT's id of the class */
const PROFILES = { binance, bybit, coinbase, kraken, krakenfutures, kucoin, kucoinfutures, mexc, okx };

/**
 * @param {string} exchange
 * @param {Kind} kind
 * @returns {Profile}
 */
export function profileOf(exchange, kind) {
  return PROFILES[classFor(exchange, kind)] ?? STANDARD;
}

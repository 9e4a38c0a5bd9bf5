import { balance, fills, fundingPayments, permissions, positions } from './account.js';
import { capabilities } from './capabilities.js';
import { clock } from './clock.js';
import { knownExchanges } from './library.js';
import { candles, fundingRates, markets } from './markets.js';
import { amend, cancel, openOrders, order, place, withdraw } from './orders.js';
import { prepare } from './preparation.js';
import { quotes } from './quotes.js';
import { Sessions } from './sessions.js';

/** The most symbols that are asked about or watched at once. */
const MOST_SYMBOLS = 500;
const MOST_CANDLES = 5_000;
const MOST_FILLS = 1_000;
const LATEST_INSTANT = 8_640_000_000_000_000;
const HIGHEST_LEVERAGE = 1_000;
const LONGEST_REQUEST = 120_000;
const SIDES = /** @type {const} */ (['buy', 'sell']);
const TYPES = /** @type {const} */ (['market', 'limit', 'stopMarket', 'takeProfitMarket', 'takeProfitLimit', 'oneCancelsOther']);
const MARGIN_MODES = /** @type {const} */ (['cross', 'isolated']);

/**
 * What can be called about exchanges.
 *
 * @param {{ log: import('../log.js').Log, notify: (method: string, parameters: object) => void, pace?: import('./pushing.js').Pace }} options
 * @returns {Record<string, import('../rpc/server.js').Method>}
 */
export function exchangeMethods(options) {
  const sessions = new Sessions(options);
  const opened = (/** @type {import('../rpc/parameters.js').Parameters} */ given) => sessions.get(given.text('account'));
  const session = (/** @type {import('../rpc/parameters.js').Parameters} */ given) => opened(given).session;
  return {
    'exchange.known': () => knownExchanges(),
    'exchange.open': async (given) => ({ can: capabilities(await sessions.open(given.text('account'), settings(given))) }),
    'exchange.close': (given) => sessions.close(given.text('account')),
    'exchange.clock': (given) => clock(session(given)),
    'exchange.markets': (given) => markets(session(given)),
    'exchange.quotes': (given) => quotes(session(given), given.texts('symbols', MOST_SYMBOLS)),
    'exchange.watchQuotes': (given) => opened(given).quotes.watch(given.texts('symbols', MOST_SYMBOLS)),
    'exchange.watchCandles': (given) => opened(given).candles.watch(series(given)),
    'exchange.candles': (given) => candles(session(given), given.text('symbol'), given.text('timeframe'), instant(given, 'since'), given.optionalWhole('limit', 1, MOST_CANDLES)),
    'exchange.fundingRates': (given) => fundingRates(session(given), given.texts('symbols', MOST_SYMBOLS)),
    'exchange.balance': (given) => balance(session(given)),
    'exchange.positions': (given) => positions(session(given), given.given.symbols === undefined || given.given.symbols === null ? null : given.texts('symbols', MOST_SYMBOLS)),
    'exchange.prepare': (given) => prepare(session(given), given.text('symbol'), {
      leverage: given.optionalWhole('leverage', 1, HIGHEST_LEVERAGE), marginMode: given.optionalOneOf('marginMode', MARGIN_MODES), oneWay: given.flag('oneWay'),
    }),
    'exchange.place': (given) => place(session(given), {
      symbol: given.text('symbol'),
      side: given.oneOf('side', SIDES),
      type: given.oneOf('type', TYPES),
      quantity: given.decimal('quantity'),
      price: given.optionalDecimal('price'),
      trigger: given.optionalDecimal('trigger'),
      reduceOnly: given.flag('reduceOnly'),
      postOnly: given.flag('postOnly'),
      clientOrderId: given.clientOrderId('clientOrderId'),
      leverage: given.optionalWhole('leverage', 1, HIGHEST_LEVERAGE),
      marginMode: given.optionalOneOf('marginMode', MARGIN_MODES),
      notAfter: instant(given, 'notAfter'),
    }),
    'exchange.amend': (given) => amend(session(given), {
      symbol: given.text('symbol'),
      clientOrderId: given.clientOrderId('clientOrderId'),
      exchangeOrderId: given.optionalText('exchangeOrderId'),
      type: given.optionalOneOf('type', TYPES),
      quantity: given.optionalDecimal('quantity'),
      price: given.optionalDecimal('price'),
      trigger: given.optionalDecimal('trigger'),
    }),
    'exchange.cancel': (given) => cancel(session(given), which(given)),
    'exchange.order': (given) => order(session(given), which(given)),
    'exchange.openOrders': (given) => openOrders(session(given), given.optionalText('symbol')),
    'exchange.withdraw': (given) => withdraw(session(given), given.text('symbol'), given.text('exchangeOrderId')),
    'exchange.fills': (given) => fills(session(given), given.text('symbol'), instant(given, 'since'), given.optionalWhole('limit', 1, MOST_FILLS)),
    'exchange.fundingPayments': (given) => fundingPayments(session(given), given.optionalText('symbol'), instant(given, 'since')),
    'exchange.watchAccount': (given) => opened(given).orders.watch(),
    'exchange.permissions': (given) => permissions(session(given)),
  };
}

/** @param {import('../rpc/parameters.js').Parameters} given */
function settings(given) {
  return {
    exchange: given.text('exchange'),
    kind: given.oneOf('kind', /** @type {const} */ (['spot', 'swap'])),
    apiKey: given.optionalText('apiKey'),
    secret: given.optionalText('secret'),
    password: given.given.password === undefined || given.given.password === null ? null : given.exactText('password'),
    sandbox: given.flag('sandbox'),
    baseUrl: given.optionalWebAddress('baseUrl'),
    requestTimeout: given.optionalWhole('requestTimeout', 1, LONGEST_REQUEST) ?? 10_000,
  };
}

/** @param {import('../rpc/parameters.js').Parameters} given */
function which(given) {
  return {
    symbol: given.text('symbol'),
    clientOrderId: given.clientOrderId('clientOrderId'),
    exchangeOrderId: given.optionalText('exchangeOrderId'),
    isTrigger: given.flag('isTrigger'),
    isPair: given.flag('isPair'),
  };
}

/** @param {import('../rpc/parameters.js').Parameters} given */
function series(given) {
  return given.objects('series', MOST_SYMBOLS).map((each) => ({ symbol: each.text('symbol'), timeframe: each.text('timeframe') }));
}

/** @param {import('../rpc/parameters.js').Parameters} given @param {string} name */
function instant(given, name) {
  return given.optionalWhole(name, 0, LATEST_INSTANT);
}

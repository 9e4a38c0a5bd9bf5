// Prints the table of what each proven exchange can, as the gateway finds it out when an account is opened:
//   node src/gateway/exchanges/table.js > docs/exchanges/capabilities.md

import { pathToFileURL } from 'node:url';
import { Log } from '../log.js';
import { capabilities } from './capabilities.js';
import { Session } from './session.js';

/** @type {[string, ('spot' | 'swap')[]][]} */
const EXCHANGES = [
  ['binance', ['spot', 'swap']], ['bybit', ['spot', 'swap']], ['mexc', ['spot', 'swap']], ['okx', ['spot', 'swap']],
  ['kucoin', ['spot', 'swap']], ['kraken', ['spot', 'swap']], ['coinbase', ['spot']],
];

/** @type {[string, string][]} the capability and what it means */
const ROWS = [
  ['stopMarket', 'Holds a stop that sells or buys at the market'],
  ['takeProfitMarket', 'Holds a target at the market'],
  ['takeProfitLimit', 'Holds a target with a limit'],
  ['oco', 'Holds stop and target as a pair'],
  ['reduceOnly', 'Reduce-only orders'],
  ['postOnly', 'Post-only orders'],
  ['marketBuyNeedsPrice', 'A market buy needs a price'],
  ['clientOrderIdLookup', 'An order is found by our id'],
  ['amend', 'Orders are changed in place'],
  ['leverage', 'Leverage is set'],
  ['marginMode', 'Margin mode is set'],
  ['positionMode', 'Position mode is set'],
  ['leveragePerOrder', 'Leverage travels with the order'],
  ['marginModePerOrder', 'Margin mode travels with the order'],
  ['positions', 'Positions'],
  ['fundingRates', 'Funding rates'],
  ['fundingHistory', 'Funding payments'],
  ['fills', 'Fills'],
  ['candles', 'Candles'],
  ['clock', 'Clock'],
  ['permissions', 'Says what a key may do'],
  ['sandbox', 'Sandbox'],
  ['watchQuotes', 'Pushes quotes'],
  ['watchCandles', 'Pushes candles that have closed'],
  ['watchOrders', 'Pushes orders'],
  ['watchFills', 'Pushes fills'],
  ['mostOpenOrders', 'Open orders told at once, at most'],
];

/** @returns {Promise<string>} Markdown */
export async function table() {
  const columns = [];
  for (const [exchange, kinds] of EXCHANGES) {
    for (const kind of kinds) {
      const session = await Session.open('table', { exchange, kind, apiKey: null, secret: null, password: null, sandbox: false, baseUrl: null, requestTimeout: 1_000 }, new Log(() => undefined));
      columns.push({ title: `${session.name} ${kind === 'swap' ? 'perpetuals' : 'spot'}`, can: /** @type {Record<string, unknown>} */ (capabilities(session)) });
    }
  }
  return [
    '# What each exchange can',
    '',
    'Written by `node src/gateway/exchanges/table.js` from what the gateway asks CCXT and its own profiles (`src/gateway/exchanges/profiles`). Every other exchange of CCXT can be opened as well;',
    'for those CCXT alone is believed, and an order whose answer was lost cannot be asked about by our id.',
    '',
    `| | ${columns.map((column) => column.title).join(' | ')} |`,
    `|---|${columns.map(() => '---|').join('')}`,
    ...ROWS.map(([name, meaning]) => `| ${meaning} | ${columns.map((column) => cell(column.can[name])).join(' | ')} |`),
    '',
    '- MEXC holds no stops for us: spot has none, and those of futures end by themselves after 24 hours or 7 days and carry no id of ours. Coinbase holds only stops with a limit. There the program watches. The spot pushes of MEXC are binary and are not decoded here: its prices and executions are asked for.',
    '- Pairs: each symbol of Binance says whether it takes them. A pair is one order with one id of ours here and two there, the limit and the stop at the market, which lock their coins once.',
    '  Those of OKX (as CCXT places them) give up the stop when the target is touched, executed or not, and those of KuCoin have a stop with a limit: neither protects as a pair has to, and neither is offered.',
    '- Amounts of OKX, KuCoin and MEXC perpetuals are contracts; the market tells how much one is.',
    '- Leverage, margin and position mode are read back before the first entry. KuCoin takes the leverage of isolated positions with each order only. A Kraken contract is isolated as soon as its leverage was set, and is always one-way.',
    '- Bybit does not tell the position mode: it is read from the places that it has for positions. On spot it can be told no direction of a trigger, so that the price is looked at first; what it does in that moment is not seen.',
    '- Executions are read to the last one, in parts where an exchange tells only so many or so long a time at once. MEXC, OKX, KuCoin and Kraken perpetuals: the wallet is told without open profit, however the exchange counts it.',
    '- Coinbase perpetuals are not offered: CCXT can set no leverage or margin mode there and reads no funding, and no stop at the market can be held.',
    '- Our order ids: OKX takes no dashes (a `Z` stands for each), Kraken spot wants a UUID (ours is packed into one). The gateway writes and reads both.',
    '',
  ].join('\n');
}

/** @param {unknown} value */
function cell(value) {
  if (value === true) return 'yes';
  if (value === false || value === null || value === undefined) return '–';
  return value === 'limitAndTrigger' ? 'yes, waiting ones too' : value === 'limit' ? 'limit orders' : String(value);
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) process.stdout.write(await table());

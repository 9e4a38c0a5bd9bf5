import { RECEIVE_WINDOW, STANDARD, closes, standardParameters } from './standard.js';

/** @type {import('./index.js').Profile} */
export const bybit = {
  ...STANDARD,
  // CCXT's total is Bybit's walletBalance, which is without open profit.
  walletOf: (balance, asset) => balance.total?.[asset],
  isProven: true,
  marketMaxQuantities: (market) => [market.info?.lotSizeFilter?.maxMktOrderQty, market.info?.lotSizeFilter?.maxMarketOrderQty],
  options: (kind) => ({
    recvWindow: RECEIVE_WINDOW,
    // Funding is pushed as an execution of nobody's order.
    watchMyTrades: { filterExecTypes: ['Trade', 'AdlTrade', 'BustTrade', 'Settle'] },
    ...(kind === 'swap' ? { defaultSubType: 'linear' } : {}), fetchMarkets: { types: [kind === 'spot' ? 'spot' : 'linear'] },
  }),
  stops: () => ({ stopMarket: true, takeProfitMarket: true, takeProfitLimit: true }),
  marketBuyNeedsPrice: () => false,
  amend: () => 'limitAndTrigger',
  hasPermissions: true,
  mostOpenOrders: 50,
  // Futures list waiting orders with the others; spot lists each of three books apart.
  triggerLists: (kind) => (kind === 'spot' ? [{ orderFilter: 'tpslOrder' }, { orderFilter: 'StopOrder' }] : []),
  placeParameters: (order) => ({
    ...standardParameters(order),
    // A trigger that opens needs the side from which the price comes; one that closes says it by being a stop or a take profit.
    ...(order.kind === 'swap' && order.trigger !== null && !closes(order) ? { triggerDirection: rises(order) ? 'ascending' : 'descending' } : {}),
  }),
  clientParameter: (theirs) => ({ orderLinkId: theirs }),
  triggerParameter: (wanted) => (wanted.kind === 'spot' && wanted.isTrigger ? { orderFilter: 'tpslOrder' } : {}),
  findDirectly: async (exchange, wanted, profile) => {
    const by = { ...profile.clientParameter(wanted.clientOrderId), ...profile.triggerParameter(wanted) };
    const found = await inListsOf(exchange, wanted.symbol, by);
    // On spot an order whose trigger was reached lies with the others.
    return found !== null || by.orderFilter === undefined ? found : await inListsOf(exchange, wanted.symbol, profile.clientParameter(wanted.clientOrderId));
  },
  findInLists: false,
  fillList: () => ({ most: 100, days: 7, newestFirst: true }),
  // CCXT would leave out forced closes.
  fillPage: async (exchange, symbol, from, until) => {
    const trades = await exchange.fetchMyTrades(symbol, from, 100, { execType: undefined, ...(until === null ? {} : { until }) });
    return { trades: trades.filter((/** @type {any} */ each) => each.info?.execType !== 'Funding'), count: trades.length };
  },
  fundingPayments,
  closedCandles: ({ topic, data }) => {
    const [, interval, marketId] = String(topic).split('.');
    return !Array.isArray(data) || marketId === undefined ? null : {
      marketId, interval, candles: data.filter((each) => each.confirm === true).map((each) => [each.start, each.open, each.high, each.low, each.close, each.volume]),
    };
  },
  // On spot nobody says from which side the price must come: a stop that it has passed already would wait on the wrong side, as a target.
  triggerWaits: async (exchange, order) => {
    if (order.kind !== 'spot' || order.trigger === null) return true;
    const { last } = await exchange.fetchTicker(order.symbol);
    return rises(order) ? Number(last) < Number(order.trigger) : Number(last) > Number(order.trigger);
  },
  // Nothing tells the mode but the places that positions would have: one in one-way mode, one for each side otherwise.
  readPositionMode: async (exchange, symbol) => {
    const { result } = await exchange.privateGetV5PositionList({ category: 'linear', symbol: exchange.market(symbol).id });
    const places = (result?.list ?? []).map((/** @type {any} */ each) => Number(each.positionIdx));
    if (places.length === 0) return null;
    return places.every((/** @type {number} */ place) => place === 0) ? 'oneWay' : 'hedged';
  },
  permissions: async (exchange) => {
    const { result } = await exchange.privateGetV5UserQueryApi();
    const readOnly = Number(result.readOnly) === 1;
    const may = result.permissions ?? {};
    const has = (/** @type {string} */ group) => Array.isArray(may[group]) && may[group].length > 0;
    return {
      trade: !readOnly && (has('ContractTrade') || has('Spot')),
      withdraw: Array.isArray(may.Wallet) && may.Wallet.includes('Withdraw'),
      ipBound: Array.isArray(result.ips) && result.ips.length > 0 && !result.ips.includes('*'),
      readOnly,
    };
  },
};

/**
 * The live list keeps the last 500 ended ones as well; older ones are in the history.
 *
 * @param {import('./index.js').CcxtExchange} exchange
 * @param {string} symbol
 * @param {Record<string, unknown>} by
 */
async function inListsOf(exchange, symbol, by) {
  const [live] = await exchange.fetchOpenOrders(symbol, undefined, undefined, by);
  if (live !== undefined) return live;
  const [ended] = await exchange.fetchCanceledAndClosedOrders(symbol, undefined, undefined, by);
  return ended ?? null;
}

const WEEK = 7 * 24 * 60 * 60 * 1000;
const MOST_PAGES = 40;

/**
 * From the books of the account, where what was received is positive; CCXT reads them from the executions, where it is a fee and has the other sign.
 *
 * @type {NonNullable<import('./index.js').Profile['fundingPayments']>}
 */
async function fundingPayments(exchange, symbol, since) {
  const now = Date.now();
  const found = [];
  for (let from = since ?? now - WEEK; from <= now; from += WEEK) {
    for (let page = 0, cursor = ''; page < MOST_PAGES; page++) {
      const { result } = await exchange.privateGetV5AccountTransactionLog({
        accountType: 'UNIFIED', category: 'linear', type: 'SETTLEMENT', startTime: from, endTime: from + WEEK - 1, limit: 50, ...(cursor === '' ? {} : { cursor }),
      });
      found.push(...result.list);
      cursor = result.nextPageCursor ?? '';
      if (cursor === '') break;
    }
  }
  return found
    .map((each) => ({
      id: each.id, symbol: exchange.safeMarket(each.symbol, undefined, undefined, 'swap').symbol, code: each.currency, amount: each.funding, timestamp: each.transactionTime, rate: each.feeRate,
    }))
    .filter((each) => symbol === null || each.symbol === symbol)
    .sort((one, other) => Number(one.timestamp) - Number(other.timestamp));
}

/** @param {import('./index.js').PlannedOrder} order */
function rises(order) {
  return (order.side === 'buy') === (order.type === 'stopMarket');
}

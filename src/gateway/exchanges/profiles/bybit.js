import { STANDARD, closes, standardParameters } from './standard.js';

/** @type {import('./index.js').Profile} */
export const bybit = {
  ...STANDARD,
  // CCXT's total is Bybit's walletBalance, which is without open profit.
  walletOf: (balance, asset) => balance.total?.[asset],
  isProven: true,
  options: (kind) => ({ ...(kind === 'swap' ? { defaultSubType: 'linear' } : {}), fetchMarkets: { types: [kind === 'spot' ? 'spot' : 'linear'] } }),
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
    // The live list keeps the last 500 ended ones as well; older ones are in the history.
    const [live] = await exchange.fetchOpenOrders(wanted.symbol, undefined, undefined, by);
    if (live !== undefined) return live;
    const [ended] = await exchange.fetchCanceledAndClosedOrders(wanted.symbol, undefined, undefined, by);
    return ended ?? null;
  },
  findInLists: false,
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

/** @param {import('./index.js').PlannedOrder} order */
function rises(order) {
  return (order.side === 'buy') === (order.type === 'stopMarket');
}

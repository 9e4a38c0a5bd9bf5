import { isZero } from './decimals.js';
import { fillsSince } from './fills.js';
import { idText } from './orderText.js';
import { pairsOf } from './pairs.js';

/** @typedef {import('./session.js').Session} Session */

/** @param {Session} session */
export async function balance(session) {
  await session.withMarkets();
  const read = await session.read(() => session.exchange.fetchBalance());
  const assets = Object.keys(read.total ?? {})
    .map((asset) => ({
      asset,
      free: session.text(read.free?.[asset]),
      used: session.text(read.used?.[asset]),
      total: session.text(read.total[asset]),
      // On spot nothing is open but the coins themselves.
      wallet: session.text(session.kind === 'spot' ? read.total[asset] : session.profile.walletOf(read, asset)),
    }))
    .filter((each) => [each.free, each.used, each.total].some((amount) => amount !== null && !isZero(amount)));
  return { assets };
}

/**
 * The open ones.
 *
 * @param {Session} session
 * @param {string[] | null} symbols
 */
export async function positions(session, symbols) {
  if (session.kind !== 'swap' || !session.has('fetchPositions')) throw session.notSupported('positions');
  await session.withMarkets();
  const read = await session.read(() => session.exchange.fetchPositions(symbols ?? undefined));
  return read
    .filter((/** @type {any} */ each) => !isZero(session.text(each.contracts) ?? '0') && (symbols === null || symbols.includes(each.symbol)))
    .map((/** @type {any} */ each) => ({
      symbol: each.symbol,
      side: each.side,
      quantity: session.text(each.contracts),
      entry: session.text(each.entryPrice),
      mark: session.text(each.markPrice),
      liquidation: aboveZero(session.text(each.liquidationPrice)),
      leverage: session.text(each.leverage),
      marginMode: session.profile.marginModeOf(each),
      openProfit: session.text(each.unrealizedPnl),
    }));
}

/** @param {string | null} price */
function aboveZero(price) {
  return price === null || isZero(price) ? null : price;
}

/** Told at once where nothing else is said. */
const MOST_FILLS = 1_000;

/**
 * @param {Session} session
 * @param {string} symbol
 * @param {number | null} since Unix milliseconds
 * @param {number | null} limit
 */
export async function fills(session, symbol, since, limit) {
  if (!session.has('fetchMyTrades')) throw session.notSupported('list of fills');
  await session.market(symbol);
  const list = session.profile.fillList(session.kind);
  const trades = since === null || list === null
    ? await session.read(() => session.exchange.fetchMyTrades(symbol, since ?? undefined, limit ?? undefined))
    : await fillsSince(session, symbol, since, limit ?? MOST_FILLS, list);
  return trades.map((/** @type {any} */ trade) => toFill(session, trade));
}

/** The names under which exchanges tell our id of a fill's order. */
const CLIENT_ID_NAMES = ['clientOrderId', 'orderLinkId', 'clOrdId', 'clientOid', 'externalOid', 'client_order_id', 'cliOrdId', 'cl_ord_id', 'c'];

/**
 * @param {Session} session
 * @param {any} trade CCXT's
 */
export function toFill(session, trade) {
  const theirs = trade.clientOrderId ?? CLIENT_ID_NAMES.map((name) => trade.info?.[name]).find((id) => typeof id === 'string' && id !== '');
  const fee = trade.fee?.cost === undefined ? trade.fees?.[0] : trade.fee;
  return {
    id: idText(trade.id),
    orderId: idText(trade.order),
    // An execution of one order of a pair is one of the pair.
    clientOrderId: session.ids.fromExchange(pairsOf(session)?.legOf(trade)?.pair ?? theirs),
    symbol: trade.symbol,
    side: trade.side,
    price: session.text(trade.price),
    quantity: session.text(trade.amount),
    fee: fee?.cost === undefined || fee.cost === null ? null : { cost: session.text(fee.cost), asset: fee.currency ?? null },
    maker: trade.takerOrMaker === undefined || trade.takerOrMaker === null ? null : trade.takerOrMaker === 'maker',
    at: trade.timestamp === undefined || trade.timestamp === null ? null : Number(trade.timestamp),
  };
}

/**
 * @param {Session} session
 * @param {string | null} symbol
 * @param {number | null} since Unix milliseconds
 */
export async function fundingPayments(session, symbol, since) {
  if (session.kind !== 'swap' || !session.has('fetchFundingHistory')) throw session.notSupported('list of funding payments');
  if (symbol === null) await session.withMarkets();
  else await session.market(symbol);
  const { exchange, profile } = session;
  const read = await session.read(() => (profile.fundingPayments === null
    ? exchange.fetchFundingHistory(symbol ?? undefined, since ?? undefined)
    : /** @type {any} */ (profile).fundingPayments(exchange, symbol, since)));
  return read.map((/** @type {any} */ each) => ({ ...marketOf(session, each), payment: each })).map(({ symbol: ofSymbol, asset, payment: each }) => ({
    id: idText(each.id),
    symbol: ofSymbol,
    amount: session.text(each.amount),
    asset,
    at: each.timestamp === undefined || each.timestamp === null ? null : Number(each.timestamp),
    rate: session.text(each.rate ?? each.info?.fundingRate),
  // Of a market that is not listed any more the asset may not be known. It is in the wallet, and no position of ours can be in it.
  })).filter((payment) => [payment.id, payment.symbol, payment.amount, payment.asset, payment.at].every((told) => told !== null && told !== undefined));
}

/**
 * Some exchanges name the market of a payment by their own name only, and its asset not at all.
 *
 * @param {Session} session
 * @param {any} payment CCXT's
 */
function marketOf(session, payment) {
  const symbol = payment.symbol ?? (payment.info?.symbol === undefined ? null : session.exchange.safeMarket(payment.info.symbol, undefined, undefined, 'swap').symbol);
  return { symbol, asset: payment.code ?? session.exchange.markets?.[symbol]?.settle ?? null };
}

/**
 * What the key may do; null is what the exchange does not say.
 *
 * @param {Session} session
 */
export async function permissions(session) {
  const said = session.profile.hasPermissions ? await session.read(() => session.profile.permissions(session.exchange, session.kind)) : null;
  return said ?? { trade: null, withdraw: null, ipBound: null, readOnly: null };
}

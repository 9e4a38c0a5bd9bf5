import { isZero } from './decimals.js';

/**
 * How a position is held that an order is to make smaller, where the exchange wants to hear that with each order and this gateway has not prepared it: it was opened before the gateway was
 * started. Not kept, because somebody may close it and open another. Null where the order says so itself, and where there is none; then the exchange decides.
 *
 * @param {import('./session.js').Session} session
 * @param {import('./orders.js').Placing} placing
 * @returns {Promise<{ leverage: number | null, marginMode: 'cross' | 'isolated' | null } | null>}
 */
export async function heldAs(session, placing) {
  const { profile, exchange } = session;
  if (session.kind !== 'swap' || !placing.reduceOnly || placing.marginMode !== null || !profile.marginModePerOrder || !session.has('fetchPositions')) return null;
  const positions = await session.read(() => exchange.fetchPositions([placing.symbol]));
  const held = positions.find((/** @type {any} */ each) => each.symbol === placing.symbol && !isZero(session.text(each.contracts) ?? '0'));
  if (held === undefined) return null;
  const leverage = Math.floor(Number(held.leverage));
  return { leverage: leverage >= 1 ? leverage : null, marginMode: profile.marginModeOf(held) };
}

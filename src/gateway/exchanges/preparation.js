import { Refusal } from '../rpc/refusal.js';

/**
 * @typedef {import('./session.js').Session} Session
 * @typedef {{ leverage: number | null, marginMode: 'cross' | 'isolated' | null, oneWay: boolean }} Wish
 * @typedef {{ leverage: string | null, marginMode: string | null, positionMode: 'oneWay' | 'hedged' | null, verified: boolean, notes: string[] }} Prepared
 */

/**
 * Sets how positions of a symbol are held, as far as the exchange can, and reads it back. What is already so is left alone.
 *
 * @param {Session} session
 * @param {string} symbol
 * @param {Wish} wish
 * @returns {Promise<Prepared>} `verified`: all that was wished was read back and is so
 */
export async function prepare(session, symbol, wish) {
  if (session.kind !== 'swap') throw session.notSupported('leverage to prepare');
  await session.market(symbol);
  /** @type {string[]} */
  const notes = [];
  const positionMode = wish.oneWay ? await oneWay(session, symbol, notes) : null;
  const marginMode = wish.marginMode === null ? null : await setMarginMode(session, symbol, wish.marginMode, wish.leverage, notes);
  const leverage = wish.leverage === null ? null : await setLeverage(session, symbol, wish.leverage, wish.marginMode, notes);
  session.prepared.set(symbol, { leverage: wish.leverage, marginMode: wish.marginMode });
  return {
    leverage,
    marginMode,
    positionMode,
    verified: (!wish.oneWay || positionMode === 'oneWay') && (wish.marginMode === null || marginMode === wish.marginMode) && (wish.leverage === null || Number(leverage) === wish.leverage),
    notes,
  };
}

/** @param {Session} session @param {string} symbol @param {string[]} notes */
async function oneWay(session, symbol, notes) {
  const { readPositionMode } = session.profile;
  const readMode = async () => {
    if (readPositionMode !== null) return await session.read(() => readPositionMode(session.exchange, symbol));
    if (!session.has('fetchPositionMode')) return null;
    const { hedged } = await session.read(() => session.exchange.fetchPositionMode(symbol));
    return typeof hedged === 'boolean' ? (hedged ? 'hedged' : 'oneWay') : null;
  };
  const before = await readMode();
  if (before === 'oneWay') return before;
  if (!session.has('setPositionMode')) {
    notes.push(`${session.name} has no position mode to set.`);
    return before;
  }
  const wasSet = await set(session, () => session.exchange.setPositionMode(false, symbol));
  const after = await readMode();
  if (after === null) notes.push(`The position mode was ${wasSet ? 'set' : 'already one-way'}; ${session.name} does not let it be read back.`);
  return /** @type {Prepared['positionMode']} */ (after);
}

/**
 * @param {Session} session
 * @param {string} symbol
 * @param {'cross' | 'isolated'} marginMode
 * @param {number | null} leverage
 * @param {string[]} notes
 */
async function setMarginMode(session, symbol, marginMode, leverage, notes) {
  const { readMarginMode, isolatesByLeverage } = session.profile;
  const readMode = async () => (readMarginMode !== null ? await session.read(() => readMarginMode(session.exchange, symbol)) : session.has('fetchMarginMode') ? (await session.read(() => session.exchange.fetchMarginMode(symbol)))?.marginMode ?? null : null);
  const before = await readMode();
  if (before === marginMode) return before;
  if (session.profile.marginModePerOrder && !session.has('fetchMarginMode')) {
    notes.push(`${session.name} takes the margin mode with each order.`);
    return marginMode;
  }
  if (isolatesByLeverage && marginMode === 'isolated' && leverage !== null) {
    await set(session, () => session.exchange.setLeverage(leverage, symbol));
    return await readMode();
  }
  if (!session.has('setMarginMode')) {
    notes.push(`${session.name} has no margin mode to set.`);
    return before;
  }
  const wasSet = await set(session, () => session.exchange.setMarginMode(marginMode, symbol, leverage === null ? {} : marginModeParameters(session, leverage)));
  const after = await readMode();
  if (after === null) notes.push(`The margin mode was ${wasSet ? 'set' : 'already so'}; ${session.name} does not let it be read back.`);
  return after;
}

/** @param {Session} session @param {number} leverage */
function marginModeParameters(session, leverage) {
  return session.exchange.id === 'bybit' ? { leverage: String(leverage) } : {};
}

/**
 * @param {Session} session
 * @param {string} symbol
 * @param {number} leverage
 * @param {'cross' | 'isolated' | null} marginMode
 * @param {string[]} notes
 */
async function setLeverage(session, symbol, leverage, marginMode, notes) {
  if (session.profile.leverageOnlyWithOrder(marginMode)) {
    notes.push(`${session.name} takes the leverage with each order.`);
    return String(leverage);
  }
  const ofMode = marginMode === null || !session.profile.marginModePerOrder ? {} : { marginMode };
  const readLeverage = async () => {
    if (session.profile.readLeverage !== null) return session.text(await session.read(() => /** @type {any} */ (session.profile).readLeverage(session.exchange, session.exchange.market(symbol).id)));
    if (!session.has('fetchLeverage')) return null;
    const read = await session.read(() => session.exchange.fetchLeverage(symbol, ofMode));
    const [long, short] = [session.text(read?.longLeverage), session.text(read?.shortLeverage)];
    if (long !== null && short !== null && Number(long) !== Number(short)) notes.push(`${session.name} has leverage ${long} for long and ${short} for short positions.`);
    return long ?? short;
  };
  const before = await readLeverage();
  if (before !== null && Number(before) === leverage && notes.every((note) => !note.includes('for long and'))) return before;
  if (!session.has('setLeverage')) {
    notes.push(`${session.name} has no leverage to set.`);
    return before;
  }
  for (const parameters of session.profile.leverageParameters(session.profile.marginModePerOrder ? marginMode : null)) {
    await set(session, () => session.exchange.setLeverage(leverage, symbol, parameters));
  }
  const after = await readLeverage();
  if (after === null) notes.push(`The leverage was set; ${session.name} does not let it be read back.`);
  return after;
}

/**
 * @param {Session} session
 * @param {() => Promise<unknown>} action
 * @returns {Promise<boolean>} false when it was already so
 */
async function set(session, action) {
  try {
    await session.write(action);
    return true;
  } catch (error) {
    if (error instanceof Refusal && error.kind === 'unchanged') return false;
    throw error;
  }
}

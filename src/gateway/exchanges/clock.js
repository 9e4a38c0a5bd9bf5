/**
 * How far the exchange's clock is ahead of ours; requests are signed with it from now on.
 *
 * @param {import('./session.js').Session} session
 * @returns {Promise<{ serverTime: number, sentAt: number, receivedAt: number, offset: number }>} Unix milliseconds; `offset` is positive when theirs is ahead
 */
export async function clock(session) {
  if (!session.has('fetchTime')) throw session.notSupported('clock to ask');
  const sentAt = Date.now();
  const serverTime = Number(await session.read(() => session.exchange.fetchTime()));
  const receivedAt = Date.now();
  const offset = Math.round(serverTime - (sentAt + receivedAt) / 2);
  // CCXT takes this away from our time where it signs.
  session.exchange.options.timeDifference = -offset;
  return { serverTime, sentAt, receivedAt, offset };
}

/** Telegram gives at most this many messages at once. */
const LARGEST_PAGE = 100;

/**
 * What can be called about channels. Telegram's client takes half a second to load; it is loaded with the first call about channels, so that after a start nothing that
 * protects a position waits for it.
 *
 * @param {{ log: import('../log.js').Log, notify: (method: string, parameters: object) => void, clientMaker?: typeof import('./client.js').makeClient }} options
 * @returns {Record<string, import('../rpc/server.js').Method>}
 */
export function channelMethods(options) {
  /** @type {Promise<import('./account.js').Account> | null} */
  let loading = null;
  const loaded = () => (loading ??= import('./account.js').then(({ Account }) => new Account(options)));
  return {
    'channels.start': async (given) => (await loaded()).start(given.whole('apiId', 1, 2_147_483_647), given.text('apiHash'), given.optionalText('session')),
    'channels.stop': async () => (await loaded()).stop(),
    'channels.login.phone': async (given) => (await loaded()).login.phone(given.text('phone')),
    'channels.login.code': async (given) => (await loaded()).login.code(given.text('code')),
    'channels.login.password': async (given) => (await loaded()).login.password(given.exactText('password')),
    'channels.resolve': async (given) => (await loaded()).following.resolve(given.text('reference')),
    'channels.subscribe': async (given) => (await loaded()).following.subscribe(given.text('reference'), given.optionalText('channel')),
    'channels.unsubscribe': async (given) => (await loaded()).following.unsubscribe(given.text('channel')),
    'channels.history': async (given) =>
      (await loaded()).following.history(given.text('channel'), given.optionalWhole('afterId', 0, 2_147_483_646), given.whole('limit', 1, LARGEST_PAGE)),
    'channels.messages': async (given) => (await loaded()).following.messages(given.text('channel'), given.messageIds('ids', LARGEST_PAGE)),
  };
}

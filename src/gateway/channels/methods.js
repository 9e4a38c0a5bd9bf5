import { Account } from './account.js';
import { LARGEST_PAGE } from './following.js';

/**
 * What can be called about channels.
 *
 * @param {{ log: import('../log.js').Log, notify: (method: string, parameters: object) => void, clientMaker?: typeof import('./client.js').makeClient }} options
 * @returns {Record<string, import('../rpc/server.js').Method>}
 */
export function channelMethods(options) {
  const account = new Account(options);
  return {
    'channels.start': (given) => account.start(given.whole('apiId', 1, 2_147_483_647), given.text('apiHash'), given.optionalText('session')),
    'channels.stop': () => account.stop(),
    'channels.login.phone': (given) => account.login.phone(given.text('phone')),
    'channels.login.code': (given) => account.login.code(given.text('code')),
    'channels.login.password': (given) => account.login.password(given.exactText('password')),
    'channels.resolve': (given) => account.following.resolve(given.text('reference')),
    'channels.subscribe': (given) => account.following.subscribe(given.text('reference'), given.optionalText('channel')),
    'channels.unsubscribe': (given) => account.following.unsubscribe(given.text('channel')),
    'channels.history': (given) =>
      account.following.history(given.text('channel'), given.optionalWhole('afterId', 0, 2_147_483_646), given.whole('limit', 1, LARGEST_PAGE)),
    'channels.messages': (given) => account.following.messages(given.text('channel'), given.messageIds('ids', LARGEST_PAGE)),
  };
}

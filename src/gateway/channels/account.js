import { tl } from '@mtcute/node';
import { Refusal } from '../rpc/refusal.js';
import { makeClient } from './client.js';
import { isLostLogin, translated } from './errors.js';
import { Following } from './following.js';
import { Login } from './login.js';

/**
 * @typedef {import('@mtcute/node').TelegramClient} TelegramClient
 * @typedef {import('./watch.js').Watch} Watch
 * @typedef {{ state: 'ready', account: { id: number, name: string } } | { state: 'loginNeeded', reason: string }} StartAnswer
 */

/** The user's Telegram account: at most one client at a time. */
export class Account {
  /**
   * @param {object} options
   * @param {import('../log.js').Log} options.log
   * @param {(method: string, parameters: object) => void} options.notify
   * @param {typeof makeClient} [options.clientMaker]
   */
  constructor({ log, notify, clientMaker = makeClient }) {
    this.log = log;
    this.notify = notify;
    this.clientMaker = clientMaker;
    /** @type {{ client: TelegramClient, login: Login, following: Following, isReady: boolean, wasConnected: boolean } | null} */
    this.current = null;
  }

  /**
   * Replaces whatever client there was. With a session the account listens afterwards, unless Telegram ended that session.
   *
   * @param {number} apiId
   * @param {string} apiHash
   * @param {string | null} session
   * @returns {Promise<StartAnswer>}
   */
  async start(apiId, apiHash, session) {
    this.log.hide(apiHash, session);
    await this.stop();
    const client = this.clientMaker({ apiId, apiHash, watch: this.#watch(), log: this.log });
    const following = new Following(client, (post) => this.notify('channels.message', post));
    const current = { client, following, login: new Login(client, this.log, () => this.#ready()), isReady: false, wasConnected: false };
    this.current = current;
    client.onConnectionState.add((state) => this.#connection(current, state));
    if (session === null) return { state: 'loginNeeded', reason: 'There is no session yet.' };
    try {
      await client.importSession(session);
    } catch (error) {
      this.log.entry(`The session could not be read: ${error instanceof Error ? error.message : error}`);
      return { state: 'loginNeeded', reason: 'The stored session cannot be read. Log in again.' };
    }
    return await this.#resume(client);
  }

  async stop() {
    const previous = this.current;
    this.current = null;
    if (previous === null) return;
    await previous.client.destroy().catch((error) => this.log.entry(`The client did not end cleanly: ${error}`));
  }

  /** @returns {Login} */
  get login() {
    if (this.current === null) throw notStarted();
    return this.current.login;
  }

  /** @returns {Following} */
  get following() {
    if (this.current === null) throw notStarted();
    if (!this.current.isReady) throw new Refusal('loginNeeded', 'The account is not logged in.');
    return this.current.following;
  }

  /**
   * @param {TelegramClient} client
   * @returns {Promise<StartAnswer>}
   */
  async #resume(client) {
    try {
      const user = await client.getMe();
      await client.startUpdatesLoop();
      this.#ready();
      return { state: 'ready', account: { id: user.id, name: user.displayName } };
    } catch (error) {
      if (error instanceof tl.RpcError && isLostLogin(error.text)) {
        return { state: 'loginNeeded', reason: `Telegram ended the login: ${error.text}. Log in again.` };
      }
      return await translated(() => Promise.reject(error));
    }
  }

  #ready() {
    if (this.current !== null) this.current.isReady = true;
  }

  /**
   * @param {NonNullable<Account['current']>} current
   * @param {string} state
   */
  #connection(current, state) {
    if (this.current !== current) return;
    this.notify('channels.connection', { state });
    if (state !== 'connected') return;
    // What came in between is not certain to be brought by anybody.
    if (current.wasConnected && current.isReady) this.notify('channels.gap', { channel: null, reason: 'reconnected' });
    current.wasConnected = true;
  }

  /** @returns {Watch} */
  #watch() {
    return {
      onFlood: (method, seconds) => this.notify('channels.floodWait', { method, seconds }),
      onLostLogin: (telegramError) => this.notify('channels.loggedOut', { reason: telegramError }),
      onGap: (channelId, reason) => {
        const channel = channelId === null ? null : this.current?.following.followedChannel(channelId) ?? undefined;
        if (channel !== undefined) this.notify('channels.gap', { channel, reason });
      },
    };
  }
}

function notStarted() {
  return new Refusal('notStarted', 'channels.start was not called yet.');
}

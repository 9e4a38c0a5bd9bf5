import { EventEmitter, once } from 'node:events';
import { MemoryStorage, TelegramClient } from '@mtcute/node';
import { channelMethods } from '../channels/methods.js';
import { Log } from '../log.js';
import { RpcServer } from '../rpc/server.js';
import { FakeTelegram } from './telegram.js';

export const API_HASH = '0123456789abcdef0123456789abcdef';

/** The gateway's methods over a Telegram of our own, called as the program calls them: by lines. */
export class TestGateway {
  constructor() {
    this.telegram = new FakeTelegram();
    /** @type {string[]} */
    this.logged = [];
    /** @type {{ method: string, params: any }[]} */
    this.notices = [];
    this.lines = new EventEmitter();
    this.log = new Log((line) => this.logged.push(line));
    this.server = new RpcServer(
      channelMethods({ log: this.log, notify: (method, parameters) => this.server.notify(method, parameters), clientMaker: this.telegram.makeClient }),
      (line) => this.#read(JSON.parse(line)),
      (text) => this.log.entry(text),
    );
    this.lastId = 0;
    /** @type {Map<number, any>} */
    this.answers = new Map();
  }

  /**
   * @param {string} method
   * @param {object} [params]
   * @returns {Promise<any>} result or error
   */
  async call(method, params) {
    const id = ++this.lastId;
    await this.server.receive(JSON.stringify({ jsonrpc: '2.0', id, method, params }));
    const answer = this.answers.get(id);
    return answer.error ?? answer.result;
  }

  /** Logged in with a stored session, and the channel followed. */
  async follow() {
    await this.start();
    return await this.call('channels.subscribe', { reference: '@goodsignals' });
  }

  async start() {
    return await this.call('channels.start', { apiId: 1, apiHash: API_HASH, session: await sessionText() });
  }

  /** @param {string} method */
  of(method) {
    return this.notices.filter((notice) => notice.method === method).map((notice) => notice.params);
  }

  /**
   * Waits for so many notices of a kind; gives what there is when a while has passed.
   *
   * @param {string} method
   * @param {number} count
   */
  async notified(method, count) {
    const patience = AbortSignal.timeout(5_000);
    while (this.of(method).length < count) await once(this.lines, 'notice', { signal: patience });
    return this.of(method);
  }

  async end() {
    await this.call('channels.stop');
  }

  /** @param {any} message */
  #read(message) {
    if (message.method === undefined) {
      this.answers.set(message.id, message);
      return;
    }
    this.notices.push(message);
    this.lines.emit('notice');
  }
}

/** A session as an earlier login left it. */
export async function sessionText() {
  const client = new TelegramClient({ apiId: 1, apiHash: API_HASH, storage: new MemoryStorage() });
  const base = /** @type {any} */ (client)._client;
  await base.prepare();
  await base.mt.storage.provider.authKeys.set(2, new Uint8Array(256).fill(7));
  await base.storage.self.store({ userId: 42, isBot: false, isPremium: false, usernames: [] });
  const text = await client.exportSession();
  await client.destroy();
  return text;
}

import { EventEmitter, once } from 'node:events';
import { exchangeMethods } from '../../exchanges/methods.js';
import { Log } from '../../log.js';
import { RpcServer } from '../../rpc/server.js';
import { Loopback } from './loopback.js';

export const KEY = 'key-that-nobody-may-see-1';
export const SECRET = 'secret-that-nobody-may-see-2';
export const PASSWORD = 'pass-that-nobody-may-see-3';
export const ID = 'ttabcdefghijklmnop-e0-1';

/** Waits so short that a test sees several of them. */
const PACE = { poll: 20, stale: 200, first: 50, gather: 1, again: 10, longestAgain: 20 };

/** The exchange methods, called by lines as the program calls them, over real CCXT and a server on this machine. */
export class ExchangeStage {
  constructor() {
    this.exchange = new Loopback();
    /** @type {string[]} */
    this.logged = [];
    /** @type {{ method: string, params: any }[]} */
    this.notices = [];
    /** @type {string[]} everything that went out */
    this.lines = [];
    this.events = new EventEmitter();
    this.log = new Log((line) => this.logged.push(line));
    this.server = new RpcServer(
      exchangeMethods({ log: this.log, notify: (method, parameters) => this.server.notify(method, parameters), pace: PACE }),
      (line) => this.#read(line),
      (text) => this.log.entry(text),
    );
    this.lastId = 0;
    /** @type {Map<number, any>} */
    this.answers = new Map();
  }

  async start() {
    await this.exchange.start();
    return this;
  }

  /**
   * @param {string} exchange
   * @param {'spot' | 'swap'} kind
   * @param {object} [more]
   */
  async open(exchange, kind, more = {}) {
    return await this.call('open', { exchange, kind, apiKey: KEY, secret: SECRET, password: PASSWORD, baseUrl: this.exchange.url, requestTimeout: 5_000, ...more });
  }

  /**
   * @param {string} method without 'exchange.'
   * @param {object} [params]
   * @returns {Promise<any>} result, or error
   */
  async call(method, params) {
    const id = ++this.lastId;
    await this.server.receive(JSON.stringify({ jsonrpc: '2.0', id, method: `exchange.${method}`, params: { account: 'main', ...params } }));
    const answer = this.answers.get(id);
    return answer.error ?? answer.result;
  }

  /** @param {string} method without 'exchange.' */
  of(method) {
    return this.notices.filter((notice) => notice.method === `exchange.${method}`).map((notice) => notice.params);
  }

  /**
   * Waits until a notice of the kind is as wanted.
   *
   * @param {string} method without 'exchange.'
   * @param {(params: any) => boolean} isWanted
   * @returns {Promise<any>}
   */
  async notified(method, isWanted) {
    const patience = AbortSignal.timeout(10_000);
    for (;;) {
      const found = this.of(method).find(isWanted);
      if (found !== undefined) return found;
      await once(this.events, 'notice', { signal: patience });
    }
  }

  async end() {
    await this.call('close');
    await this.exchange.stop();
  }

  /** @param {string} line */
  #read(line) {
    this.lines.push(line);
    const message = JSON.parse(line);
    if (message.method === undefined) this.answers.set(message.id, message);
    else {
      this.notices.push(message);
      this.events.emit('notice');
    }
  }
}

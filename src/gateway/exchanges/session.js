import { Refusal } from '../rpc/refusal.js';
import { ClientIds } from './clientIds.js';
import { closeSockets, construct } from './construction.js';
import { plain } from './decimals.js';
import { translate } from './errors.js';
import { profileOf } from './profiles/index.js';
import { noting } from './transport.js';

/**
 * @typedef {import('./construction.js').AccountSettings} AccountSettings
 * @typedef {import('./profiles/index.js').Kind} Kind
 */

/** One account on one exchange, for spot or for perpetual futures. Held in memory only. */
export class Session {
  /**
   * @param {string} account
   * @param {AccountSettings} settings
   * @param {import('./profiles/index.js').Profile} profile
   * @param {import('./library.js').CcxtExchange} exchange
   * @param {import('../log.js').Log} log
   */
  constructor(account, settings, profile, exchange, log) {
    this.account = account;
    this.settings = settings;
    this.profile = profile;
    this.exchange = exchange;
    this.log = log;
    this.ids = new ClientIds(profile.clientIds);
    /** @type {Map<string, { leverage: number | null, marginMode: 'cross' | 'isolated' | null }>} what was asked for by symbol, for exchanges that want it with each order */
    this.prepared = new Map();
    /** @type {Promise<unknown> | null} */
    this.marketsLoading = null;
  }

  /**
   * @param {string} account
   * @param {AccountSettings} settings
   * @param {import('../log.js').Log} log
   */
  static async open(account, settings, log) {
    log.hide(settings.apiKey, settings.secret, settings.password);
    // A key in lines is hidden line by line as well: an error may tell a part of it.
    log.hide(...(settings.secret?.split('\n') ?? []));
    const profile = profileOf(settings.exchange, settings.kind);
    return new Session(account, settings, profile, await construct(settings, profile), log);
  }

  /** @returns {Kind} */
  get kind() {
    return this.settings.kind;
  }

  get name() {
    return /** @type {string} */ (this.exchange.name);
  }

  /**
   * Something that changes nothing.
   *
   * @template T
   * @param {() => Promise<T>} action
   * @returns {Promise<T>}
   */
  async read(action) {
    return await this.#call(false, action);
  }

  /**
   * Something that may change orders or positions. It is sent at most once, whatever comes of it.
   *
   * @template T
   * @param {() => Promise<T>} action
   * @returns {Promise<T>}
   */
  async write(action) {
    return await this.#call(true, action);
  }

  /** Reads all markets again. Those that are known go on being used meanwhile, and when it fails: no stop waits for a list. */
  async reloadMarkets() {
    if (this.exchange.markets !== undefined) {
      // Not CCXT's own way to load: every call would wait for it, and fail for good with it.
      this.exchange.setMarkets(await this.read(() => this.exchange.fetchMarkets(this.profile.marketParameters)));
      // Kraken's index of them by other names, which is made when it is missing.
      delete this.exchange.options.marketsByWsName;
      return;
    }
    this.marketsLoading = this.read(() => this.exchange.loadMarkets(true, this.profile.marketParameters));
    // A failure is not kept: the next call tries again.
    this.marketsLoading.catch(() => { this.marketsLoading = null; });
    await this.marketsLoading;
  }

  /**
   * @param {string} symbol
   * @returns {Promise<any>} CCXT's market
   */
  async market(symbol) {
    await this.withMarkets();
    const market = this.exchange.markets[symbol];
    if (market === undefined || market.type !== this.kind) {
      throw new Refusal('unknownSymbol', `${this.name} has no ${this.kind === 'spot' ? 'spot market' : 'perpetual future'} '${symbol.slice(0, 50)}'.`, { exchangeCode: null, mayHaveHappened: false });
    }
    return market;
  }

  /**
   * Of these the ones that are listed: one that is not any more must not cost the others their prices.
   *
   * @param {string[]} symbols
   */
  async listed(symbols) {
    await this.withMarkets();
    return symbols.filter((symbol) => this.exchange.markets[symbol]?.type === this.kind);
  }

  async withMarkets() {
    if (this.marketsLoading === null) await this.reloadMarkets();
    else await this.marketsLoading;
  }

  /**
   * Whether CCXT can call it here.
   *
   * @param {string} method
   * @returns {boolean}
   */
  has(method) {
    return this.exchange.has[method] === true || this.exchange.has[method] === 'emulated';
  }

  /** @param {string} what */
  notSupported(what) {
    return new Refusal('notSupported', `${this.name} (${this.kind}) has no ${what}.`, { exchangeCode: null, mayHaveHappened: false });
  }

  /**
   * A number as text with all its digits.
   *
   * @param {any} value
   * @returns {string | null}
   */
  text(value) {
    return value === undefined || value === null || value === '' ? null : plain(this.exchange.numberToString(value));
  }

  async close() {
    await closeSockets(this.exchange).catch((/** @type {unknown} */ error) => this.log.entry(`${this.name} did not close cleanly: ${error}`));
  }

  /**
   * @template T
   * @param {boolean} isWrite
   * @param {() => Promise<T>} action
   * @returns {Promise<T>}
   */
  async #call(isWrite, action) {
    /** @type {import('./transport.js').Request[]} */
    const requests = [];
    try {
      return await noting(requests, action);
    } catch (error) {
      const refusal = translate(error, {
        exchange: this.exchange.id, name: this.name, isWrite, requests, requestTimeout: this.settings.requestTimeout, clean: (text) => this.log.clean(text),
      });
      if (refusal.kind === 'unrecognised') this.log.entry(`${this.name}: ${error instanceof Error ? `${error.name} ${error.message.replaceAll(/[a-z]+:\/\/\S+/gi, '…')}` : error}`);
      throw refusal;
    }
  }
}

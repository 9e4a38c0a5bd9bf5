import { closeSockets, construct } from './construction.js';
import { reasonOf } from './errors.js';
import { PACE, keepWatching, pause } from './pushing.js';
import { merge, quotes, toQuote } from './quotes.js';

/**
 * @typedef {import('./pushing.js').Pace} Pace
 * @typedef {import('./quotes.js').Quote} Quote
 * @typedef {'push' | 'poll' | 'lost'} FeedState
 */

/** The quotes of one account's symbols: pushed where the exchange pushes, asked for where it does not or has stopped to. */
export class QuoteFeed {
  /**
   * @param {import('./session.js').Session} session
   * @param {(method: string, parameters: object) => void} notify
   * @param {Pace} [pace]
   */
  constructor(session, notify, pace = PACE) {
    this.session = session;
    this.notify = notify;
    this.pace = pace;
    this.stopping = new AbortController();
    /** @type {FeedState | null} */
    this.state = null;
    /** @type {Map<string, Quote>} the latest by symbol */
    this.latest = new Map();
    /** @type {Map<string, number>} when each symbol was pushed last, by this machine's steady clock */
    this.pushedAt = new Map();
    /** @type {Map<string, Quote>} pushed and not told yet */
    this.gathered = new Map();
    /** @type {import('./library.js').CcxtExchange | null} */
    this.publicSide = null;
  }

  /**
   * Replaces the former symbols. What is not listed is left out.
   *
   * @param {string[]} wanted none ends it
   */
  async watch(wanted) {
    const symbols = await this.session.listed(wanted);
    this.stop();
    if (symbols.length === 0) return;
    this.stopping = new AbortController();
    this.state = null;
    const { signal } = this.stopping;
    const soon = performance.now() - this.pace.stale + this.pace.first;
    for (const symbol of symbols) this.pushedAt.set(symbol, soon);
    const pushes = await this.#startPushing(symbols, signal);
    void this.#polling(symbols, signal, pushes);
  }

  stop() {
    this.stopping.abort();
    this.pushedAt.clear();
    this.latest.clear();
    this.gathered.clear();
    if (this.publicSide !== null) void closeSockets(this.publicSide).catch(() => undefined);
    this.publicSide = null;
  }

  /**
   * @param {string[]} symbols
   * @param {AbortSignal} signal
   * @returns {Promise<boolean>} whether there is any push
   */
  async #startPushing(symbols, signal) {
    const has = (/** @type {string} */ method) => this.session.has(method);
    // Market data needs no keys; apart from the account's side its connections can be closed when they hang.
    const side = await construct({ ...this.session.settings, apiKey: null, secret: null, password: null }, this.session.profile);
    if (signal.aborted) return false;
    side.setMarkets(this.session.exchange.markets);
    this.publicSide = side;
    const many = ['watchBidsAsks', 'watchTickers'].filter(has);
    /** @type {(() => Promise<any>)[]} */
    const watches = many.length > 0
      ? many.map((method) => () => side[method](symbols))
      : has('watchTicker') ? symbols.map((symbol) => () => side.watchTicker(symbol)) : [];
    for (const watch of watches) {
      void keepWatching({
        signal,
        pace: this.pace,
        watch,
        onPush: (pushed) => this.#pushed(pushed, signal),
        onTrouble: (error) => this.session.log.entry(`${this.session.name}: the push of quotes broke: ${reasonOf(error)}`),
      });
    }
    return watches.length > 0;
  }

  /**
   * @param {any} pushed one ticker of CCXT's, or several by symbol
   * @param {AbortSignal} signal
   */
  #pushed(pushed, signal) {
    const tickers = typeof pushed.symbol === 'string' ? [pushed] : Object.values(pushed);
    const now = performance.now();
    for (const ticker of tickers) {
      if (!this.pushedAt.has(ticker.symbol)) continue;
      this.pushedAt.set(ticker.symbol, now);
      const quote = merge(this.latest.get(ticker.symbol), toQuote(this.session, ticker));
      this.latest.set(quote.symbol, quote);
      if (this.gathered.size === 0) void pause(this.pace.gather, signal).then(() => { if (!signal.aborted) this.#tellGathered(); });
      this.gathered.set(quote.symbol, quote);
    }
    this.#enter('push', null);
  }

  #tellGathered() {
    const told = [...this.gathered.values()];
    this.gathered.clear();
    for (const quote of told) this.#tell(quote, 'push');
  }

  /**
   * Asks for what is not pushed: everything when the push is silent, single quiet markets now and then.
   *
   * @param {string[]} symbols
   * @param {AbortSignal} signal
   * @param {boolean} pushes
   */
  async #polling(symbols, signal, pushes) {
    let quietAskedAt = performance.now();
    for (;; await pause(this.pace.poll, signal)) {
      if (signal.aborted) return;
      const now = performance.now();
      const quiet = pushes ? symbols.filter((symbol) => now - /** @type {number} */ (this.pushedAt.get(symbol)) > this.pace.stale) : symbols;
      const isSilent = quiet.length === symbols.length;
      if (quiet.length === 0 || (!isSilent && now - quietAskedAt < this.pace.stale)) continue;
      quietAskedAt = now;
      // A connection that hangs is closed, so that it is made anew.
      if (isSilent && this.state === 'push' && this.publicSide !== null) void closeSockets(this.publicSide).catch(() => undefined);
      await this.#ask(quiet, signal, isSilent, pushes);
    }
  }

  /**
   * @param {string[]} symbols
   * @param {AbortSignal} signal
   * @param {boolean} isSilent
   * @param {boolean} pushes
   */
  async #ask(symbols, signal, isSilent, pushes) {
    try {
      const asked = await quotes(this.session, symbols);
      if (signal.aborted) return;
      if (isSilent) this.#enter('poll', pushes ? `nothing was pushed for ${this.pace.stale} ms` : 'the exchange pushes no quotes');
      for (const quote of asked) {
        this.latest.set(quote.symbol, quote);
        this.#tell(quote, 'poll');
      }
    } catch (error) {
      if (!signal.aborted && isSilent) this.#enter('lost', reasonOf(error));
    }
  }

  /** @param {Quote} quote @param {'push' | 'poll'} via */
  #tell(quote, via) {
    const { symbol, bid, ask, last, at } = quote;
    this.notify('exchange.quote', { account: this.session.account, symbol, bid, ask, last, at, via });
  }

  /** @param {FeedState} state @param {string | null} reason */
  #enter(state, reason) {
    if (this.state === state) return;
    this.state = state;
    this.notify('exchange.feed', { account: this.session.account, state, ...(reason === null ? {} : { reason: this.session.log.clean(reason) }) });
  }
}

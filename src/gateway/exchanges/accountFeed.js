import { classMeaning } from './errors.js';
import { toFill } from './account.js';
import { pushedOrder } from './pairs.js';
import { PACE, keepWatching } from './pushing.js';

/** Orders and fills as the exchange pushes them. It only hurries things: whoever needs the truth asks. */
export class AccountFeed {
  /**
   * @param {import('./session.js').Session} session
   * @param {(method: string, parameters: object) => void} notify
   * @param {import('./pushing.js').Pace} [pace]
   */
  constructor(session, notify, pace = PACE) {
    this.session = session;
    this.notify = notify;
    this.pace = pace;
    this.stopping = new AbortController();
  }

  /** @returns {Promise<{ orders: boolean, fills: boolean }>} what there is a push for */
  async watch() {
    await this.session.withMarkets();
    this.stop();
    this.stopping = new AbortController();
    const orders = this.#keep('orders', 'watchOrders', (order) => this.notify('exchange.order', { account: this.session.account, order: pushedOrder(this.session, order) }));
    const fills = this.#keep('fills', 'watchMyTrades', (trade) => this.notify('exchange.fill', { account: this.session.account, fill: toFill(this.session, trade) }));
    return { orders, fills };
  }

  stop() {
    this.stopping.abort();
  }

  /**
   * @param {'orders' | 'fills'} what
   * @param {string} method
   * @param {(each: any) => void} onEach
   */
  #keep(what, method, onEach) {
    if (this.session.exchange.has[method] !== true) return false;
    const tell = (/** @type {'started' | 'lost'} */ state, /** @type {string} */ reason = '') =>
      this.notify('exchange.accountFeed', { account: this.session.account, what, state, ...(reason === '' ? {} : { reason }) });
    void keepWatching({
      signal: this.stopping.signal,
      pace: this.pace,
      watch: () => this.session.exchange[method](),
      onStart: () => tell('started'),
      onPush: (pushed) => pushed.forEach(onEach),
      onTrouble: (error) => tell('lost', classMeaning(error).kind),
    });
    return true;
  }
}

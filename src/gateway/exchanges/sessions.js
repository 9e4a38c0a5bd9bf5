import { Refusal } from '../rpc/refusal.js';
import { AccountFeed } from './accountFeed.js';
import { CandleFeed } from './candleFeed.js';
import { QuoteFeed } from './quoteFeed.js';
import { Session } from './session.js';

/** @typedef {{ session: Session, quotes: QuoteFeed, candles: CandleFeed, orders: AccountFeed }} Opened */

/** The opened accounts by name. */
export class Sessions {
  /** @param {{ log: import('../log.js').Log, notify: (method: string, parameters: object) => void, pace?: import('./pushing.js').Pace }} options */
  constructor({ log, notify, pace }) {
    this.log = log;
    this.notify = notify;
    this.pace = pace;
    /** @type {Map<string, Opened>} */
    this.opened = new Map();
  }

  /**
   * Replaces the account's session if there is one.
   *
   * @param {string} account
   * @param {import('./construction.js').AccountSettings} settings
   * @returns {Promise<Session>}
   */
  async open(account, settings) {
    const session = await Session.open(account, settings, this.log);
    await this.close(account);
    this.opened.set(account, {
      session,
      quotes: new QuoteFeed(session, this.notify, this.pace),
      candles: new CandleFeed(session, this.notify, this.pace),
      orders: new AccountFeed(session, this.notify, this.pace),
    });
    return session;
  }

  /** @param {string} account */
  async close(account) {
    const opened = this.opened.get(account);
    this.opened.delete(account);
    if (opened === undefined) return;
    opened.quotes.stop();
    opened.candles.stop();
    opened.orders.stop();
    await opened.session.close();
  }

  /**
   * @param {string} account
   * @returns {Opened}
   */
  get(account) {
    const opened = this.opened.get(account);
    if (opened === undefined) {
      throw new Refusal('notOpened', `The account '${account.slice(0, 50)}' is not opened; exchange.open comes first.`, { exchangeCode: null, mayHaveHappened: false });
    }
    return opened;
  }
}

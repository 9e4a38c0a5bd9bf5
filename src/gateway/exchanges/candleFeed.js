import { toBaseAsset, volumeFactor } from './candleVolume.js';
import { closeSockets, construct } from './construction.js';
import { reasonOf } from './errors.js';
import { PACE, keepWatching } from './pushing.js';

/**
 * @typedef {{ symbol: string, timeframe: string }} Series
 * @typedef {{ series: Series, marketId: string, interval: string, inBaseAsset: (volume: string | null) => string | null }} Watched
 */

/**
 * The candles of one account's symbols that have closed, as the exchange pushes them. Only its own word that a candle has closed counts: the last state that was pushed before the next candle
 * began need not be the last that there was. Where an exchange says no such word nothing is pushed, and whoever needs candles asks for them; so does whoever misses one.
 */
export class CandleFeed {
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
    /** @type {import('./library.js').CcxtExchange | null} */
    this.publicSide = null;
  }

  /**
   * Replaces the former series. Those of symbols that are not listed are left out.
   *
   * @param {Series[]} wanted none ends it
   * @returns {Promise<{ pushed: boolean }>} whether closed candles are pushed here
   */
  async watch(wanted) {
    const listed = await this.session.listed(wanted.map((series) => series.symbol));
    const watched = [];
    for (const series of wanted) if (listed.includes(series.symbol)) watched.push(await this.#find(series));
    this.stop();
    if (watched.length === 0 || !isPushed(this.session)) return { pushed: false };
    this.stopping = new AbortController();
    const { signal } = this.stopping;
    // Market data needs no keys; apart from the account's side its connections can be closed when they hang.
    const side = await construct({ ...this.session.settings, apiKey: null, secret: null, password: null }, this.session.profile);
    if (signal.aborted) return { pushed: false };
    side.setMarkets(this.session.exchange.markets);
    this.publicSide = side;
    this.#listen(side, watched, signal);
    for (const { series } of watched) {
      void keepWatching({
        signal,
        pace: this.pace,
        watch: () => side.watchOHLCV(series.symbol, series.timeframe),
        onPush: () => undefined,
        onTrouble: (error) => this.session.log.entry(`${this.session.name}: the push of candles broke: ${reasonOf(error)}`),
      });
    }
    return { pushed: true };
  }

  stop() {
    this.stopping.abort();
    if (this.publicSide !== null) void closeSockets(this.publicSide).catch(() => undefined);
    this.publicSide = null;
  }

  /**
   * @param {Series} series
   * @returns {Promise<Watched>}
   */
  async #find(series) {
    const { session } = this;
    const interval = session.exchange.timeframes?.[series.timeframe];
    if (!session.has('fetchOHLCV') || interval === undefined) throw session.notSupported(`candles of '${series.timeframe.slice(0, 10)}'`);
    const market = await session.market(series.symbol);
    return { series, marketId: market.id, interval: String(interval), inBaseAsset: await toBaseAsset(volumeFactor(session, market)) };
  }

  /**
   * CCXT leaves out of its candles whether they have closed, so that is read from the message itself.
   *
   * @param {import('./library.js').CcxtExchange} side
   * @param {Watched[]} watched
   * @param {AbortSignal} signal
   */
  #listen(side, watched, signal) {
    const handle = side.handleOHLCV.bind(side);
    side.handleOHLCV = (/** @type {any} */ client, /** @type {any} */ message) => {
      if (!signal.aborted) this.#pushed(message, watched);
      return handle(client, message);
    };
  }

  /** @param {any} message @param {Watched[]} watched */
  #pushed(message, watched) {
    const told = this.session.profile.closedCandles?.(message, this.session.kind) ?? null;
    if (told === null) return;
    const found = watched.find(({ marketId, interval }) => marketId === told.marketId && interval === told.interval);
    if (found === undefined) return;
    const { symbol, timeframe } = found.series;
    for (const [time, ...values] of told.candles) {
      const [open, high, low, close, volume] = values.map((value) => this.session.text(value));
      this.notify('exchange.candle', { account: this.session.account, symbol, timeframe, candle: [Number(time), open, high, low, close, found.inBaseAsset(volume ?? null)] });
    }
  }
}

/**
 * Whether the exchange pushes candles and says of each that it has closed.
 *
 * @param {import('./session.js').Session} session
 * @returns {boolean}
 */
export function isPushed(session) {
  return session.profile.closedCandles !== null && session.has('watchOHLCV');
}

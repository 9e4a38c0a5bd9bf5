import { Refusal } from '../rpc/refusal.js';
import { parseExactly } from './exactJson.js';
import { ccxt, classFor } from './library.js';
import { makeTransport, placing } from './transport.js';

/**
 * @typedef {object} AccountSettings
 * @property {string} exchange CCXT's id
 * @property {'spot' | 'swap'} kind
 * @property {string | null} apiKey
 * @property {string | null} secret
 * @property {string | null} password
 * @property {boolean} sandbox
 * @property {string | null} baseUrl
 * @property {number} requestTimeout milliseconds
 */

/**
 * Makes CCXT's object for one account: amounts as text, no waiting and no repeating of its own, nothing sent but through our transport.
 *
 * @param {AccountSettings} settings
 * @param {import('./profiles/index.js').Profile} profile
 * @returns {Promise<import('./library.js').CcxtExchange>}
 */
export async function construct(settings, profile) {
  const library = await ccxt();
  const id = classFor(settings.exchange, settings.kind);
  const Exchange = library.pro[id] ?? library[id];
  if (!library.exchanges.includes(settings.exchange) || Exchange === undefined) {
    throw new Refusal('notSupported', `There is no exchange '${settings.exchange.slice(0, 50)}'.`);
  }
  const place = placing(settings.baseUrl);
  const exchange = new Exchange({
    apiKey: settings.apiKey ?? undefined,
    secret: settings.secret ?? undefined,
    password: settings.password ?? undefined,
    enableRateLimit: false,
    timeout: settings.requestTimeout,
    fetchImplementation: makeTransport({ place, requestTimeout: settings.requestTimeout }),
  });
  if (exchange.has[settings.kind] !== true) throw new Refusal('notSupported', `${exchange.name} has no ${settings.kind === 'spot' ? 'spot markets' : 'perpetual futures'}.`);
  exchange.number = String;
  exchange.parseJson = (/** @type {string} */ text) => (exchange.isJsonEncodedObject(text) ? parseExactly(text) : undefined);
  refuseUnreadable(exchange, library);
  // Its timers, such as the one that renews a stream's key every half hour, must not keep a process alive that has nothing else to do.
  exchange.delay = (/** @type {number} */ milliseconds, /** @type {Function} */ method, /** @type {any[]} */ ...given) => {
    setTimeout(() => void exchange.spawn(method, ...given), milliseconds).unref();
  };
  // A list of currencies costs a signed call and tells nothing that the markets don't.
  exchange.has.fetchCurrencies = false;
  exchange.options = exchange.deepExtend(exchange.options, {
    defaultType: settings.kind,
    maxRetriesOnFailure: 0,
    warnOnFetchOpenOrdersWithoutSymbol: false,
    adjustForTimeDifference: false,
    fetchCurrencies: false,
    ...profile.options(settings.kind),
  });
  if (settings.sandbox) enterSandbox(exchange, settings, profile);
  if (settings.baseUrl !== null) redirectSockets(exchange, place);
  return exchange;
}

/**
 * CCXT takes a page of text for a success, from which it reads an order without an id, or no positions.
 *
 * @param {import('./library.js').CcxtExchange} exchange
 * @param {any} library
 */
function refuseUnreadable(exchange, library) {
  const handleErrors = exchange.handleErrors.bind(exchange);
  exchange.handleErrors = (/** @type {any[]} */ ...answer) => {
    const handled = handleErrors(...answer);
    const [status, , , , , , parsed] = answer;
    if (status < 300 && (parsed === undefined || parsed === null)) throw new library.BadResponse(`${exchange.id} answered with no JSON`);
    return handled;
  };
}

/**
 * @param {import('./library.js').CcxtExchange} exchange
 * @param {AccountSettings} settings
 * @param {import('./profiles/index.js').Profile} profile
 */
function enterSandbox(exchange, settings, profile) {
  const enter = profile.enterSandbox;
  if (enter === null && exchange.urls.test === undefined) throw new Refusal('notSupported', `${exchange.name} has no sandbox.`);
  if (enter === null) exchange.setSandboxMode(true);
  else enter(exchange, settings.kind);
}

/**
 * CCXT reads from a socket's address what it is for; so only the connection goes elsewhere, and the address stays.
 *
 * @param {import('./library.js').CcxtExchange} exchange
 * @param {(url: string) => string} place
 */
function redirectSockets(exchange, place) {
  const makeClient = exchange.client.bind(exchange);
  const redirected = new WeakSet();
  exchange.client = (/** @type {string} */ url) => {
    const client = makeClient(url);
    if (redirected.has(client)) return client;
    redirected.add(client);
    const connect = client.createConnection.bind(client);
    client.createConnection = () => {
      const address = client.url;
      client.url = place(address);
      try {
        connect();
      } finally {
        client.url = address;
      }
    };
    return client;
  };
}

/**
 * Closes its connections. Whatever still waits for a push ends with that, and nobody needs to hear of it.
 *
 * @param {import('./library.js').CcxtExchange} exchange
 */
export async function closeSockets(exchange) {
  for (const client of Object.values(exchange.clients ?? {})) {
    for (const future of Object.values(client.futures ?? {})) future?.catch?.(() => undefined);
    client.connected?.catch?.(() => undefined);
  }
  await exchange.close?.();
}

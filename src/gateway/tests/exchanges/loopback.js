import { once } from 'node:events';
import { createServer } from 'node:http';
import { WebSocketServer } from 'ws';

/**
 * @typedef {{ method: string, path: string, query: URLSearchParams, body: string, parameters: Record<string, any>, headers: import('node:http').IncomingHttpHeaders }} Asked
 * @typedef {{ status?: number, headers?: Record<string, string>, json?: unknown, text?: string, then?: 'cut' | 'silence' | 'halfAnswer' }} Answer
 * @typedef {unknown | ((asked: Asked) => Answer)} Route a value is answered as JSON
 */

/** An exchange's server on this machine: answers what it was taught and nothing else, and keeps what it was asked. */
export class Loopback {
  constructor() {
    /** @type {Map<string, Route>} by 'GET /path' */
    this.routes = new Map();
    /** @type {Asked[]} */
    this.asked = [];
    /** @type {string[]} asked for without an answer */
    this.unknown = [];
    this.server = createServer((request, response) => void this.#answer(request, response));
    this.sockets = new WebSocketServer({ server: this.server });
    /** Sees each message of a client, which it may answer. @type {(message: any, say: (answer: unknown) => void) => void} */
    this.onMessage = () => undefined;
    this.sockets.on('connection', (socket) => socket.on('message', (data) => this.onMessage(JSON.parse(String(data)), (answer) => socket.send(JSON.stringify(answer)))));
  }

  /** Cuts every socket. */
  hangUp() {
    for (const socket of this.sockets.clients) socket.terminate();
  }

  async start() {
    this.server.listen(0, '127.0.0.1');
    await once(this.server, 'listening');
    return this;
  }

  get url() {
    return `http://127.0.0.1:${/** @type {import('node:net').AddressInfo} */ (this.server.address()).port}`;
  }

  /** @param {Record<string, Route>} routes */
  teach(routes) {
    for (const [route, answer] of Object.entries(routes)) this.routes.set(route, answer);
  }

  /** @param {string} route such as 'POST /api/v3/order' */
  of(route) {
    return this.asked.filter((each) => `${each.method} ${each.path}` === route);
  }

  async stop() {
    this.hangUp();
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }

  /**
   * @param {import('node:http').IncomingMessage} request
   * @param {import('node:http').ServerResponse} response
   */
  async #answer(request, response) {
    let body = '';
    for await (const piece of request) body += piece;
    const url = new URL(request.url ?? '', 'http://exchange');
    const asked = { method: request.method ?? '', path: url.pathname, query: url.searchParams, body, parameters: { ...Object.fromEntries(url.searchParams), ...readBody(body) }, headers: request.headers };
    this.asked.push(asked);
    const name = `${asked.method} ${asked.path}`;
    const route = this.routes.get(name);
    if (route === undefined) this.unknown.push(name);
    const answer = typeof route === 'function' ? route(asked) : route === undefined ? { status: 404, text: `not taught: ${name}` } : { json: route };
    if (answer.then === 'silence') return;
    if (answer.then === 'cut') {
      response.destroy();
      return;
    }
    const text = answer.text ?? JSON.stringify(answer.json);
    response.writeHead(answer.status ?? 200, { 'content-type': 'application/json', ...answer.headers });
    if (answer.then === 'halfAnswer') response.write(text.slice(0, text.length / 2), () => response.destroy());
    else response.end(text);
  }
}

/** @param {string} body */
function readBody(body) {
  if (body === '') return {};
  try {
    const read = JSON.parse(body);
    return Array.isArray(read) ? { list: read } : read;
  } catch {
    return Object.fromEntries(new URLSearchParams(body));
  }
}

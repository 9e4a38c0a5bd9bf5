import { Parameters } from './parameters.js';
import { INTERNAL_ERROR, INVALID_REQUEST, METHOD_NOT_FOUND, PARSE_ERROR, Refusal } from './refusal.js';

/**
 * @typedef {(parameters: Parameters) => unknown} Method
 * @typedef {{ id?: string | number | null, method?: unknown, params?: unknown, jsonrpc?: unknown }} Request
 */

/** JSON-RPC 2.0 over lines. Calls run side by side and are answered as they finish. */
export class RpcServer {
  /**
   * @param {Record<string, Method>} methods
   * @param {(line: string) => void} write sends one line, without its end
   * @param {(text: string) => void} log
   */
  constructor(methods, write, log) {
    this.methods = new Map(Object.entries(methods));
    this.write = write;
    this.log = log;
  }

  /**
   * @param {string} line
   * @returns {Promise<void>} done when it was answered
   */
  async receive(line) {
    /** @type {Request} */
    let request;
    try {
      request = JSON.parse(line);
    } catch {
      // What the line was is not repeated: it may hold a secret.
      this.#answer({ id: null, error: { code: PARSE_ERROR, message: 'The line is not JSON.' } });
      return;
    }
    if (request === null || typeof request !== 'object' || typeof request.method !== 'string') {
      this.#answer({ id: null, error: { code: INVALID_REQUEST, message: 'The line is no JSON-RPC request.' } });
      return;
    }
    const answer = await this.#run(request.method, request.params);
    // A request without an id is a notification and gets no answer.
    if (request.id !== undefined) this.#answer({ id: request.id, ...answer });
  }

  /**
   * @param {string} method
   * @param {object} parameters
   */
  notify(method, parameters) {
    this.write(JSON.stringify({ jsonrpc: '2.0', method, params: parameters }));
  }

  /**
   * @param {string} name
   * @param {unknown} given
   * @returns {Promise<{ result: unknown } | { error: object }>}
   */
  async #run(name, given) {
    const method = this.methods.get(name);
    if (method === undefined) return { error: { code: METHOD_NOT_FOUND, message: `There is no method '${name.slice(0, 100)}'.` } };
    try {
      return { result: (await method(new Parameters(given))) ?? null };
    } catch (error) {
      if (error instanceof Refusal) return { error: error.toError() };
      this.log(`${name} failed: ${error instanceof Error ? error.stack : error}`);
      return { error: { code: INTERNAL_ERROR, message: `${name} failed inside the gateway; its log says how.` } };
    }
  }

  /** @param {object} answer */
  #answer(answer) {
    this.write(JSON.stringify({ jsonrpc: '2.0', ...answer }));
  }
}

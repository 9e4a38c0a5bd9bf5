import { inspect } from 'node:util';
import { Log } from '../log.js';
import { lineReader } from './lines.js';
import { PARSE_ERROR } from './refusal.js';
import { RpcServer } from './server.js';

/** What may wait to be read by the other side, in bytes, before the process gives up. */
const MOST_UNREAD = 64 * 1024 * 1024;

/**
 * Serves this process' standard streams: requests come in on standard input, answers and notifications go out on standard output, one JSON-RPC message a
 * line; the log goes to the error stream. It ends at once when its input is closed, so that it never outlives the program that started it.
 *
 * @param {(outside: { log: Log, notify: (method: string, parameters: object) => void }) => Record<string, import('./server.js').Method>} makeMethods
 */
export function serve(makeMethods) {
  const log = new Log((line) => process.stderr.write(`${line}\n`));
  // Libraries may print; standard output belongs to the protocol.
  for (const name of /** @type {const} */ (['log', 'info', 'debug', 'warn', 'error', 'trace'])) {
    console[name] = (...parts) => log.entry(parts.map((part) => (typeof part === 'string' ? part : inspect(part))).join(' '));
  }

  /** @type {RpcServer} */
  const server = new RpcServer(
    { ping: () => ({ version: '0.1.0', node: process.version }), ...makeMethods({ log, notify: (method, parameters) => server.notify(method, parameters) }) },
    (line) => {
      process.stdout.write(`${line}\n`);
      if (process.stdout.writableLength > MOST_UNREAD) {
        log.entry(`Nobody reads: ${process.stdout.writableLength} bytes wait, the limit is ${MOST_UNREAD}. The gateway ends.`);
        process.exit(1);
      }
    },
    (text) => log.entry(text),
  );

  process.stdin.on('data', lineReader({
    onLine: (line) => void server.receive(line),
    onTooLong: (longest) => process.stdout.write(`${JSON.stringify({
      jsonrpc: '2.0', id: null, error: { code: PARSE_ERROR, message: `A line was longer than ${longest} characters and was passed over.` },
    })}\n`),
  }));
  process.stdin.on('end', () => process.exit(0));
  process.stdin.on('close', () => process.exit(0));
  process.stdin.on('error', () => process.exit(0));
  // The reader is gone, and with it whoever this was for.
  process.stdout.on('error', () => process.exit(0));
  process.on('unhandledRejection', (reason) => log.entry(`Unhandled: ${reason instanceof Error ? reason.stack : inspect(reason)}`));
  process.on('uncaughtException', (error) => {
    log.entry(`The gateway ends: ${error.stack}`);
    process.exit(1);
  });
  // The program decides when the gateway ends; a terminal's interrupt reaches both at the same time.
  process.on('SIGINT', () => log.entry('Interrupted; the gateway ends with the program that started it.'));
}

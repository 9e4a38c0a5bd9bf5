import { MemoryStorage, TelegramClient } from '@mtcute/node';
import { watchingMiddlewares } from './watch.js';

/**
 * Makes a Telegram client that keeps its session in memory only and is not connected yet.
 *
 * @param {object} options
 * @param {number} options.apiId
 * @param {string} options.apiHash
 * @param {import('./watch.js').Watch} options.watch
 * @param {import('../log.js').Log} options.log
 * @returns {TelegramClient}
 */
export function makeClient({ apiId, apiHash, watch, log }) {
  const client = new TelegramClient({
    apiId,
    apiHash,
    storage: new MemoryStorage(),
    network: { middlewares: watchingMiddlewares(watch) },
    initConnectionOptions: { appVersion: '0.1.0' },
  });
  client.log.mgr.handler = (_colour, _level, tag, text, parts) => log.entry(`telegram ${tag}: ${text} ${parts.map(String).join(' ')}`.trimEnd());
  client.onError.add((error) => log.entry(`telegram: ${error.stack}`));
  return client;
}

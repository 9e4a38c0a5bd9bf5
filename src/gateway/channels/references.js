import { Refusal } from '../rpc/refusal.js';

/**
 * What a user may write to name a channel.
 *
 * @typedef {{ kind: 'name', name: string } | { kind: 'id', id: number } | { kind: 'invite', link: string }} Reference
 */

const NAME = /^[a-z][a-z0-9_]{3,31}$/i;
const LINK = /^(?:https?:\/\/)?(?:www\.)?(?:t|telegram)\.(?:me|dog|org)\/(.+)$/i;
const CHANNEL_MARK = -1_000_000_000_000;

/**
 * Reads `@name`, `name`, a numeric id (with or without its `-100`), `t.me/name`, `t.me/s/name`, `t.me/name/123`, `t.me/c/123/45`, and invite links
 * `t.me/+hash` and `t.me/joinchat/hash`.
 *
 * @param {string} text
 * @returns {Reference}
 */
export function readReference(text) {
  const trimmed = text.trim();
  const link = LINK.exec(trimmed);
  if (link) return readPath(link[1].replace(/[?#].*$/, '').replace(/\/+$/, ''), trimmed);
  if (/^-?\d+$/.test(trimmed)) return { kind: 'id', id: markedId(trimmed) };
  const name = trimmed.replace(/^@/, '');
  if (NAME.test(name)) return { kind: 'name', name };
  throw unreadable(trimmed);
}

/**
 * The id of a channel as Telegram's clients write it: -100 and the number.
 *
 * @param {string} text
 */
export function markedId(text) {
  const id = Number(text);
  if (!Number.isSafeInteger(id) || id === 0) throw unreadable(text);
  return id > 0 ? CHANNEL_MARK - id : id;
}

/**
 * @param {string} path what follows t.me/
 * @param {string} whole
 * @returns {Reference}
 */
function readPath(path, whole) {
  const invite = /^(?:\+|joinchat\/)([\w-]+)$/.exec(path);
  if (invite) return { kind: 'invite', link: `https://t.me/+${invite[1]}` };
  const parts = path.split('/');
  if (parts[0] === 'c') {
    if (!/^\d+$/.test(parts[1] ?? '')) throw unreadable(whole);
    return { kind: 'id', id: markedId(parts[1]) };
  }
  const name = parts[0] === 's' ? parts[1] ?? '' : parts[0];
  if (!NAME.test(name)) throw unreadable(whole);
  return { kind: 'name', name };
}

/** @param {string} text */
function unreadable(text) {
  return new Refusal('notFound', `'${text.slice(0, 100)}' names no channel: write @name, its number (-100…), or its t.me link.`);
}

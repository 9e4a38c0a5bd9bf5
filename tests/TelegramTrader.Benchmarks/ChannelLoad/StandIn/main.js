// Stands in for the gateway: the same protocol over the same streams, and behind it a Telegram that is a plan. What was posted, edited and deleted by now follows
// from the plan and a clock, which both lie in files: a process that is killed forgets nothing that the next one does not know.
//
// plan.jsonl   one change a line, in the order of time: { at, channel, id, change, text, replyTo }; `at` is in milliseconds from the start.
// clock.json   { startedAt } when the plan runs by the real clock, or { position } when somebody moves it by hand: so many changes have happened.

import { existsSync, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';

const PUSH_EVERY_MILLISECONDS = 5;

/** @typedef {{ at: number, channel: string, id: number, change: 'posted' | 'edited' | 'deleted', text: string, replyTo: number | null }} Change */

/** @type {Change[]} */
const plan = readFileSync('plan.jsonl', 'utf8').split('\n').filter((line) => line.length > 0).map((line) => JSON.parse(line));
/** @type {Map<string, { posts: Map<number, object>, ids: number[] }>} what a reader of the channel sees now */
const channels = new Map(plan.map((change) => [change.channel, { posts: new Map(), ids: [] }]));
/** @type {Set<string>} */
const subscribed = new Set();
/** How much of the plan has happened. */
let happened = 0;
/** @type {number | null} */
let startedAt = null;
/** @type {{ startedAt: number, position: number | null } | null} */
let clock = null;

const send = (message) => process.stdout.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);

/** Telegram's times are whole seconds. */
const seconds = (at) => Math.floor(((startedAt ?? 0) + at) / 1000) * 1000;

function move() {
  // A real clock goes by itself; one that is moved by hand has to be looked at.
  if (clock === null || clock.position !== null) {
    if (!existsSync('clock.json')) return;
    clock = JSON.parse(readFileSync('clock.json', 'utf8'));
  }
  startedAt = clock.startedAt;
  const now = Date.now() - startedAt;
  while (happened < plan.length && (clock.position === null ? plan[happened].at <= now : happened < clock.position)) happen(plan[happened++]);
}

/** @param {Change} change */
function happen({ at, channel, id, change, text, replyTo }) {
  const { posts, ids } = channels.get(channel);
  let post = { change, channel, messageId: id, postedAt: seconds(at), editedAt: null, text, replyTo, hasMedia: false };
  if (change === 'posted') ids.push(id);
  if (change === 'edited') post = { ...post, postedAt: posts.get(id).postedAt, editedAt: seconds(at) };
  if (change === 'deleted') {
    posts.delete(id);
    post = gone(channel, id);
  } else {
    posts.set(id, post);
  }
  if (subscribed.has(channel)) send({ method: 'channels.message', params: post });
}

const gone = (channel, id) => ({ change: 'deleted', channel, messageId: id, postedAt: null, editedAt: null, text: '', replyTo: null, hasMedia: false });

function history({ channel, afterId, limit }) {
  const { posts, ids } = channels.get(channel);
  const there = ids.filter((id) => posts.has(id) && (afterId === null || id > afterId));
  const page = afterId === null ? there.slice(-limit) : there.slice(0, limit);
  return { posts: page.map((id) => posts.get(id)), lastId: page.at(-1) ?? null, isComplete: afterId === null || page.length < limit };
}

const methods = {
  ping: () => ({ version: 'stand-in', node: process.version }),
  'channels.start': () => ({ state: 'ready', account: { id: 1, name: 'Load' } }),
  'channels.subscribe': ({ reference }) => {
    subscribed.add(reference);
    return { channel: reference, title: `Channel ${reference}`, username: null, kind: 'channel', isMember: true };
  },
  'channels.history': history,
  'channels.messages': ({ channel, ids }) => ({ posts: ids.map((id) => channels.get(channel).posts.get(id) ?? gone(channel, id)) }),
  // Not part of the gateway: looks at the clock now.
  'plan.move': () => ({ happened }),
};

createInterface({ input: process.stdin }).on('line', (line) => {
  const { id, method, params } = JSON.parse(line);
  move();
  const answer = methods[method];
  send(answer ? { id, result: answer(params) } : { id, error: { code: -32601, message: `There is no method '${method}'.` } });
}).on('close', () => process.exit(0));
setInterval(move, PUSH_EVERY_MILLISECONDS);

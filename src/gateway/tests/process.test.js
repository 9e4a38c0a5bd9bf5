import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { lineReader } from '../rpc/lines.js';

/** @type {import('node:child_process').ChildProcessWithoutNullStreams} */
let child;
/** @type {import('node:readline').Interface} */
let lines;

beforeEach(() => {
  child = spawn(process.execPath, [fileURLToPath(new URL('../main.js', import.meta.url))], { timeout: 20_000 });
  lines = createInterface({ input: child.stdout });
});
afterEach(() => child.kill('SIGKILL'));

/** @param {string} line */
async function ask(line) {
  child.stdin.write(`${line}\n`);
  const [answer] = await once(lines, 'line');
  return JSON.parse(answer);
}

test('it answers and ends at once with its input', async () => {
  assert.equal((await ask('{"jsonrpc":"2.0","id":7,"method":"ping"}')).result.node, process.version);
  child.stdin.end();
  assert.deepEqual(await once(child, 'exit'), [0, null]);
});

test('it ends with its input also while a connection is being made', async () => {
  // No network: the client tries again and again, and the gateway ends all the same.
  await ask('{"jsonrpc":"2.0","id":1,"method":"channels.start","params":{"apiId":1,"apiHash":"0123456789abcdef0123456789abcdef","session":null}}');
  child.stdin.end();
  assert.deepEqual(await once(child, 'exit'), [0, null]);
});

test('rubbish and unknown methods are answered, without repeating the rubbish', async () => {
  const rubbish = await ask('{"secret": 123');
  assert.deepEqual([rubbish.id, rubbish.error.code, JSON.stringify(rubbish).includes('123')], [null, -32700, false]);
  assert.equal((await ask('[]')).error.code, -32600);
  assert.equal((await ask('{"id":1,"method":"no.such"}')).error.code, -32601);
  assert.equal((await ask('{"id":2,"method":"channels.resolve","params":["@x"]}')).error.code, -32602);
});

test('a line of ten million characters is passed over, and the next one is answered', async () => {
  assert.equal((await ask('x'.repeat(10_000_000))).error.code, -32700);
  assert.equal((await ask('{"id":1,"method":"ping"}')).id, 1);
});

test('lines are put together from any pieces', () => {
  /** @type {string[]} */
  const read = [];
  let tooLong = 0;
  const take = lineReader({ onLine: (line) => read.push(line), onTooLong: () => tooLong++, longest: 8 });
  for (const byte of Buffer.from('äb\r\n\n123456789\nc\n')) take(Buffer.from([byte]));
  assert.deepEqual([read, tooLong], [['äb', 'c'], 1]);
});

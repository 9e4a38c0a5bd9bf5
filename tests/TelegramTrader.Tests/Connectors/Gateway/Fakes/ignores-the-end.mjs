// Answers pings, and goes on when its input is closed.
import { createInterface } from 'node:readline';

setInterval(() => {}, 1_000);
createInterface({ input: process.stdin }).on('line', (line) => {
  process.stdout.write(`${JSON.stringify({ jsonrpc: '2.0', id: JSON.parse(line).id, result: { version: 'fake', node: 'v20.0.0' } })}\n`);
});

// Runs under a Node.js that is too old, as it says.
import { createInterface } from 'node:readline';

createInterface({ input: process.stdin }).on('line', (line) => {
  process.stdout.write(`${JSON.stringify({ jsonrpc: '2.0', id: JSON.parse(line).id, result: { version: 'fake', node: 'v18.20.1' } })}\n`);
}).on('close', () => process.exit(0));

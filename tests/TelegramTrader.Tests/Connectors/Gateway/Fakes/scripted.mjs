// A gateway that does what the test asks for, well or badly.
import { createInterface } from 'node:readline';

const send = (message) => process.stdout.write(`${typeof message === 'string' ? message : JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
const late = [];

const methods = {
  ping: (id) => send({ id, result: { version: 'fake', node: 'v20.0.0' } }),
  echo: (id, params) => send({ id, result: params }),
  settings: (id) => send({ id, result: { names: Object.keys(process.env).filter((name) => name.startsWith('TELEGRAMTRADER_')) } }),
  refuse: (id, params) => send({ id, error: { code: -32000, message: 'No, and that is final.', data: params } }),
  // Answered only when the next 'release' comes.
  late: (id, params) => late.push({ id, result: params }),
  release: (id) => {
    late.splice(0).forEach(send);
    send({ id, result: { released: true } });
  },
  notify: (id, { count }) => {
    for (let number = 1; number <= count; number++) send({ method: 'number', params: { number } });
    send({ id, result: { sent: count } });
  },
  garbage: (id) => {
    for (const line of ['Hello there', '{"half":', '[]', '17', '{"id":"text","result":1}', '{"id":12}', '{"method":5}', '\u0000\u0001', '{"id":999999,"result":"nobody asked"}', '']) send(line);
    process.stdout.write(Buffer.from([0xff, 0xfe, 0x80, 0x0a]));
    send({ id, result: { done: true } });
  },
  longLine: (id, { length }) => {
    send('x'.repeat(length));
    send({ id, result: { done: true } });
  },
  longErrors: (id) => {
    for (let number = 0; number < 2000; number++) process.stderr.write(`trouble ${number}\n`);
    process.stderr.write(`${'y'.repeat(100_000)}\n`);
    send({ id, result: { done: true } });
  },
  die: () => {
    process.stderr.write('TypeError: the sky fell\n    at nowhere\nNode.js v20\n', () => process.exit(3));
  },
  // Alive, but deaf: what a program looks like that is caught in a loop.
  hang: () => process.stdin.pause(),
};

createInterface({ input: process.stdin }).on('line', (line) => {
  const { id, method, params } = JSON.parse(line);
  methods[method]?.(id, params);
}).on('close', () => process.exit(0));

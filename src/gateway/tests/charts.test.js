import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { inflateSync } from 'node:zlib';
import { chartMethods } from '../charts/methods.js';
import { measureText } from '../charts/font.js';
import { Parameters } from '../rpc/parameters.js';

const render = /** @type {(parameters: object) => any} */ ((parameters) => chartMethods()['charts.render'](new Parameters(parameters)));
const line = { backgroundColor: '#101418', title: { text: 'Equity' }, xAxis: { type: 'time' }, yAxis: { type: 'value' }, series: [{ type: 'line', data: [[0, 1], [60_000, 3], [120_000, 2]] }] };

test('an option becomes a PNG of the asked size, with something on it', () => {
  const answer = render({ option: line, width: 400, height: 300, scale: 2.7 });
  const png = Buffer.from(answer.png, 'base64');
  assert.deepEqual([answer.width, answer.height, png.readUInt32BE(16), png.readUInt32BE(20)], [1080, 810, 1080, 810]);
  assert.equal(png.subarray(0, 8).toString('hex'), '89504e470d0a1a0a');
  assert.ok(colours(png) > 20, 'it is blank');
});

test('text is drawn without any font of the machine', () => {
  const empty = { backgroundColor: '#fff', series: [] };
  const without = colours(Buffer.from(render({ option: empty, width: 200, height: 100 }).png, 'base64'));
  const texts = colours(Buffer.from(render({ option: { ...empty, title: { text: 'Доход +12.5 %' } }, width: 200, height: 100 }).png, 'base64'));
  assert.equal(without, 1);
  assert.ok(texts > 10, `${texts} colours`);
});

test('a text is as wide as the font says', () => {
  assert.equal(measureText('0000', '10px x').width, 4 * measureText('7', '10px x').width);
  assert.ok(measureText('Привет', '12px x').width < 12 * 6 * 0.7);
  assert.ok(measureText('MW', 'bold 12px x').width > measureText('MW', '12px x').width);
  assert.equal(measureText('漢', '12px x').width, 12);
});

test('what is too large, too small or no option is refused by name', () => {
  /** @type {(change: object) => object} */
  const order = (change) => ({ option: line, width: 400, height: 300, scale: 2, ...change });
  assert.throws(() => render(order({ width: 10 })), /'width' must be a whole number from 50 to 2000/);
  assert.throws(() => render(order({ height: 2001 })), /'height'/);
  assert.throws(() => render(order({ scale: 9 })), /'scale' must be a number from 0\.5 to 4/);
  assert.throws(() => render(order({ scale: '2' })), /'scale'/);
  assert.throws(() => render(order({ width: 2000, height: 2000, scale: 4 })), /64000000 pixels; the limit is 12000000/);
  assert.throws(() => render(order({ option: [] })), /'option' must be an object/);
  assert.throws(() => render(order({ option: { series: [{ data: new Array(200_001).fill(1) }] } })), /more than 200000 values/);
  assert.throws(() => render(order({ option: nested(30) })), /nested more than 20 deep/);
});

test('an option that points to a file or an address is refused', () => {
  for (const symbol of ['image:///etc/passwd', 'data:image/png;base64,AA==', 'https://example.org/a.png', ' file:///etc/hosts']) {
    assert.throws(() => render({ option: { ...line, series: [{ type: 'scatter', symbol, data: [[0, 1]] }] }, width: 200, height: 200 }), /must not point/);
  }
});

test('an option that ECharts cannot draw is told, and the next one is drawn', async () => {
  const child = spawn(process.execPath, [fileURLToPath(new URL('../charts/main.js', import.meta.url))], { timeout: 60_000 });
  const lines = createInterface({ input: child.stdout });
  const ask = async (/** @type {object} */ request) => {
    child.stdin.write(`${JSON.stringify(request)}\n`);
    return JSON.parse((await once(lines, 'line'))[0]);
  };
  try {
    const broken = await ask({ id: 1, method: 'charts.render', params: { option: { series: [{ type: 'line', data: [1], xAxisIndex: 7 }] }, width: 200, height: 200 } });
    assert.match(broken.error?.message ?? '', /charts\.render failed inside the gateway/);
    assert.equal((await ask({ id: 2, method: 'charts.render', params: { option: line, width: 200, height: 200 } })).result.width, 200);
    child.stdin.end();
    assert.deepEqual(await once(child, 'exit'), [0, null]);
  } finally {
    child.kill('SIGKILL');
  }
});

test('the process that talks to exchanges and channels draws nothing', async () => {
  const child = spawn(process.execPath, [fileURLToPath(new URL('../main.js', import.meta.url))], { timeout: 60_000 });
  try {
    child.stdin.write('{"id":1,"method":"charts.render","params":{}}\n');
    const [answer] = await once(createInterface({ input: child.stdout }), 'line');
    assert.equal(JSON.parse(answer).error.code, -32601);
  } finally {
    child.kill('SIGKILL');
  }
});

/** @param {number} depth */
function nested(depth) {
  let option = {};
  for (let level = 0; level < depth; level++) option = { inner: option };
  return option;
}

/** How many colours a PNG of 8 bits and four channels has, up to its filters: rows that are not plain count as they are written. @param {Buffer} png */
function colours(png) {
  const parts = [];
  for (let at = 8; at < png.length; at += 12 + png.readUInt32BE(at)) {
    if (png.toString('latin1', at + 4, at + 8) === 'IDAT') parts.push(png.subarray(at + 8, at + 8 + png.readUInt32BE(at)));
  }
  const [data, width] = [inflateSync(Buffer.concat(parts)), png.readUInt32BE(16)];
  const previous = new Uint8Array(width * 4);
  const seen = new Set();
  for (let row = 0; row < data.length; row += 1 + width * 4) {
    const [filter, pixels] = [data[row], data.subarray(row + 1, row + 1 + width * 4)];
    for (let index = 0; index < pixels.length; index++) {
      const [left, up, corner] = [index < 4 ? 0 : pixels[index - 4], previous[index], index < 4 ? 0 : previous[index - 4]];
      pixels[index] += filter === 1 ? left : filter === 2 ? up : filter === 3 ? (left + up) >> 1 : filter === 4 ? paeth(left, up, corner) : 0;
    }
    for (let index = 0; index < pixels.length; index += 4) seen.add(pixels.readUInt32BE(index));
    previous.set(pixels);
  }
  return seen.size;
}

/** @param {number} left @param {number} up @param {number} corner */
function paeth(left, up, corner) {
  const guess = left + up - corner;
  const [toLeft, toUp, toCorner] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - corner)];
  return toLeft <= toUp && toLeft <= toCorner ? left : toUp <= toCorner ? up : corner;
}

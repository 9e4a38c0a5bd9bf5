import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

/** The only family in pictures. It comes as a package, so that a picture looks the same on a machine without any font. */
export const FAMILY = 'IBM Plex Sans';

const require = createRequire(import.meta.url);
const files = {
  regular: require.resolve('@expo-google-fonts/ibm-plex-sans/400Regular/IBMPlexSans_400Regular.ttf'),
  bold: require.resolve('@expo-google-fonts/ibm-plex-sans/700Bold/IBMPlexSans_700Bold.ttf'),
};

/** @returns {string[]} where the font's files are */
export function fontFiles() {
  return Object.values(files);
}

/** How wide each character of a font file is, as a share of the font's size. Format: Microsoft, "OpenType specification", tables head, hhea, hmtx and cmap (format 4). */
class CharacterWidths {
  /** @param {string} path */
  constructor(path) {
    const data = readFileSync(path);
    /** @type {Map<string, number>} */
    const tables = new Map();
    for (let index = 0; index < data.readUInt16BE(4); index++) {
      const entry = 12 + index * 16;
      tables.set(data.toString('latin1', entry, entry + 4), data.readUInt32BE(entry + 8));
    }
    const at = (/** @type {string} */ name) => /** @type {number} */ (tables.get(name));
    this.data = data;
    this.unitsPerSize = data.readUInt16BE(at('head') + 18);
    this.metrics = at('hmtx');
    this.metricCount = data.readUInt16BE(at('hhea') + 34);
    this.glyphs = CharacterWidths.#glyphs(data, at('cmap'));
  }

  /** @param {number} codePoint @returns {number} of a character that the font does not have, as wide as it is high */
  of(codePoint) {
    const glyph = this.glyphs.get(codePoint);
    if (glyph === undefined) return 1;
    return this.data.readUInt16BE(this.metrics + Math.min(glyph, this.metricCount - 1) * 4) / this.unitsPerSize;
  }

  /** @param {Buffer} data @param {number} table @returns {Map<number, number>} from character to glyph */
  static #glyphs(data, table) {
    const glyphs = new Map();
    for (let index = 0; index < data.readUInt16BE(table + 2); index++) {
      const map = table + data.readUInt32BE(table + 4 + index * 8 + 4);
      if (data.readUInt16BE(map) !== 4) continue;
      const count = data.readUInt16BE(map + 6) / 2;
      const [ends, starts] = [map + 14, map + 16 + count * 2];
      const [deltas, offsets] = [starts + count * 2, starts + count * 4];
      for (let segment = 0; segment < count; segment++) {
        const [start, end] = [data.readUInt16BE(starts + segment * 2), data.readUInt16BE(ends + segment * 2)];
        const [delta, offset] = [data.readUInt16BE(deltas + segment * 2), data.readUInt16BE(offsets + segment * 2)];
        for (let code = start; code <= end && code !== 0xffff; code++) {
          const direct = offset === 0 ? code : data.readUInt16BE(offsets + segment * 2 + offset + (code - start) * 2);
          if (direct !== 0) glyphs.set(code, (direct + delta) & 0xffff);
        }
      }
    }
    return glyphs;
  }
}

const widths = { regular: new CharacterWidths(files.regular), bold: new CharacterWidths(files.bold) };

/**
 * How wide a text is drawn. Without it ECharts guesses, and places labels by the guess.
 *
 * @param {string} text
 * @param {string} [font] as in CSS: "bold 12px sans-serif"
 * @returns {{ width: number }}
 */
export function measureText(text, font = '12px') {
  const size = Number(/(\d+(?:\.\d+)?)px/.exec(font)?.[1] ?? 12);
  const isBold = /\b(bold|bolder|[6-9]00)\b/.test(font);
  let width = 0;
  for (const character of text) width += (isBold ? widths.bold : widths.regular).of(/** @type {number} */ (character.codePointAt(0)));
  return { width: width * size };
}

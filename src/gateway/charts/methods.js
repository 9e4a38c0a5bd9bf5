import { Refusal } from '../rpc/refusal.js';
import { checkOption } from './option.js';
import { drawPicture } from './picture.js';

/** In the units of the option, in which a line of text is 12 to 16 high. */
const SMALLEST_SIDE = 50;
const LARGEST_SIDE = 2_000;
const LARGEST_SCALE = 4;
/** Telegram takes pictures whose sides add up to 10,000; a picture of this area is still drawn in a second or two. */
const MOST_PIXELS = 12_000_000;

/** @returns {Record<string, import('../rpc/server.js').Method>} */
export function chartMethods() {
  return {
    'charts.render': (parameters) => {
      const width = parameters.whole('width', SMALLEST_SIDE, LARGEST_SIDE);
      const height = parameters.whole('height', SMALLEST_SIDE, LARGEST_SIDE);
      const scale = scaleOf(parameters.given['scale'] ?? 1);
      const pixels = Math.round(width * scale) * Math.round(height * scale);
      if (pixels > MOST_PIXELS) throw new Refusal('parameters', `A picture of ${width} × ${height} at scale ${scale} has ${pixels} pixels; the limit is ${MOST_PIXELS}.`);
      const option = checkOption(parameters.given['option']);
      const picture = drawPicture(option, width, height, scale);
      return { png: picture.png.toString('base64'), width: picture.width, height: picture.height };
    },
  };
}

/** @param {unknown} value */
function scaleOf(value) {
  if (typeof value !== 'number' || !(value >= 0.5 && value <= LARGEST_SCALE)) throw new Refusal('parameters', `'scale' must be a number from 0.5 to ${LARGEST_SCALE}.`);
  return value;
}

import { Resvg } from '@resvg/resvg-js';
import { init, setPlatformAPI } from 'echarts/dist/echarts.esm.min.mjs';
import { FAMILY, fontFiles, measureText } from './font.js';

setPlatformAPI({ measureText });

/**
 * An ECharts option as a PNG: laid out as SVG on a surface of width × height, then painted scale times as large.
 *
 * @param {Record<string, unknown>} option
 * @param {number} width
 * @param {number} height
 * @param {number} scale
 * @returns {{ png: Buffer, width: number, height: number }} width and height in pixels
 */
export function drawPicture(option, width, height, scale) {
  const chart = init(null, null, { renderer: 'svg', ssr: true, width, height });
  try {
    // A picture shows the end of every animation, in the one font that there is.
    chart.setOption({ ...option, animation: false, textStyle: { .../** @type {object} */ (option.textStyle ?? {}), fontFamily: FAMILY } });
    const svg = chart.renderToSVGString();
    const painted = new Resvg(svg, {
      fitTo: { mode: 'width', value: Math.round(width * scale) },
      font: { loadSystemFonts: false, fontFiles: fontFiles(), defaultFontFamily: FAMILY, sansSerifFamily: FAMILY },
    }).render();
    return { png: painted.asPng(), width: painted.width, height: painted.height };
  } finally {
    chart.dispose();
  }
}

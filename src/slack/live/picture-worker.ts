import { readFile } from 'node:fs/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { initWasm, Resvg } from '@resvg/resvg-wasm';
import type { Order, Result } from './painter.ts';
import { drawRun, FONT_FAMILY } from './picture-svg.ts';

/** Sharp on a phone, and still below 150 kB. */
const ZOOM = 1.5;

const paint = async ({ events, asOf, wasm, font }: Order): Promise<Result> => {
  const drawing = drawRun(events, asOf);
  if (drawing === null) return null;
  await initWasm(await readFile(wasm));
  const image = new Resvg(drawing.svg, {
    fitTo: { mode: 'zoom', value: ZOOM },
    font: { fontBuffers: [await readFile(font)], defaultFontFamily: FONT_FAMILY, sansSerifFamily: FONT_FAMILY },
  });
  const { title, altText } = drawing;
  return { png: image.render().asPng(), title, altText };
};

// Only its own parent starts it, with what `painter.ts` hands over.
const result = await paint(workerData as Order);
parentPort?.postMessage(result);

import { z } from 'zod';
import { atMost, blockId, characters } from './objects.ts';

/**
 * `data_visualization` (https://docs.slack.dev/reference/block-kit/blocks/data-visualization-block, June 2026): a pie
 * of at most six segments, or lines, bars and areas of at most six series with one point for each category.
 */
const point = z.strictObject({ label: characters(20), value: z.number() });
const pie = z.strictObject({ type: z.literal('pie'), segments: atMost(point, 6) });

const xy = z
  .strictObject({
    type: z.enum(['line', 'bar', 'area']),
    series: atMost(z.strictObject({ name: characters(20), data: z.array(point).min(1) }), 6),
    axis_config: z.strictObject({
      categories: z.array(characters(20)).min(1),
      x_label: characters(50).optional(),
      y_label: characters(50).optional(),
    }),
  })
  .refine((chart) => chart.series.every(({ data }) => data.length === chart.axis_config.categories.length), {
    error: 'every series needs exactly one point for each category',
  });

export const dataVisualization = z.strictObject({
  type: z.literal('data_visualization'),
  block_id: blockId,
  title: characters(50),
  chart: z.union([pie, xy]),
});

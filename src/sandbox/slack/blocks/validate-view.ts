import { z } from 'zod';
import { isObject, listOf } from '../json.ts';
import type { Json } from '../types.ts';
import { check, type Finding } from './findings.ts';
import { characters, plainText } from './objects.ts';
import { validateBlocks } from './validate-blocks.ts';

/** https://docs.slack.dev/reference/views, November 2026. The blocks are checked apart. */
const common = {
  blocks: z.array(z.unknown()),
  private_metadata: characters(3000, 0).optional(),
  callback_id: characters(255, 0).optional(),
  external_id: characters(255, 0).optional(),
};
const modal = z.strictObject({
  type: z.literal('modal'),
  title: plainText(24),
  submit: plainText(24).optional(),
  close: plainText(24).optional(),
  clear_on_close: z.boolean().optional(),
  notify_on_close: z.boolean().optional(),
  submit_disabled: z.boolean().optional(),
  ...common,
});
const home = z.strictObject({ type: z.literal('home'), ...common });

const POINTER = '/view';
/** https://docs.slack.dev/surfaces/modals: a view may weigh 250 kB. */
const MOST_BYTES = 250_000;

const needsSubmit = (view: { readonly [key: string]: Json }): boolean =>
  view['submit'] === undefined && listOf(view['blocks']).some((block) => isObject(block) && block['type'] === 'input');

/** Everything wrong with a view; an empty list when Slack would take it. */
export const validateView = (view: Json, type: 'modal' | 'home'): readonly Finding[] => {
  if (!isObject(view)) return [{ pointer: POINTER, message: 'must be an object' }];
  if (view['type'] !== type) return [{ pointer: `${POINTER}/type`, message: `must be one of ${type}` }];
  return [
    ...check(type === 'modal' ? modal : home, view, POINTER),
    ...validateBlocks(view['blocks'] ?? null, type, `${POINTER}/blocks`),
    ...(type === 'modal' && needsSubmit(view)
      ? [{ pointer: POINTER, message: 'missing required field: submit, since it has inputs' }]
      : []),
  ];
};

/** Whether a view weighs more than Slack takes (`view_too_large`). */
export const weighsTooMuch = (view: Json): boolean =>
  new TextEncoder().encode(JSON.stringify(view)).length > MOST_BYTES;

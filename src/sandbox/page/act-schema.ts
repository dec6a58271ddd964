import { z } from 'zod';
import type { ClickDetails } from '../slack/types.ts';
import type { Act } from './types.ts';

const id = z.string().min(1).max(100);
/** More than any text field of Slack takes. */
const text = z.string().max(12_000);
const value = z.union([text, z.array(text).max(100)]);
const values = z.record(z.string().max(255), value);

const place = z.union([z.strictObject({ channel: id, ts: id }), z.strictObject({ view: id })]);

const details = z.strictObject({ chosen: value.optional(), values: values.optional() }).transform(
  ({ chosen, values: filled }): ClickDetails => ({
    ...(chosen === undefined ? {} : { chosen }),
    ...(filled === undefined ? {} : { values: filled }),
  }),
);

/** What a browser may ask for. */
export const actSchema: z.ZodType<Act> = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('type'), as: id, channel: id, thread: id.nullable(), text }),
  z.strictObject({
    kind: z.literal('click'),
    as: id,
    place,
    actionId: z.string().max(255),
    blockId: z.string().max(255),
    details,
  }),
  z.strictObject({ kind: z.literal('submit'), as: id, view: id, values }),
  z.strictObject({ kind: z.literal('close'), as: id, view: id }),
  z.strictObject({ kind: z.literal('home'), as: id }),
  z.strictObject({ kind: z.literal('switch'), id, isOn: z.boolean() }),
]);

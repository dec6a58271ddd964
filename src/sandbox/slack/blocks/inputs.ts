import { z } from 'zod';
import { actionId, atMost, characters, confirm, plainText } from './objects.ts';

/** The elements into which people type, pick a time or put a file (same sources as `elements.ts`). */
const typed = {
  action_id: actionId,
  placeholder: plainText(150).optional(),
  focus_on_load: z.boolean().optional(),
  dispatch_action_config: z
    .strictObject({
      trigger_actions_on: atMost(z.enum(['on_enter_pressed', 'on_character_entered']), 2).optional(),
    })
    .optional(),
};
const initial = { initial_value: characters(3000).optional() };
const length = z.int().min(0).max(3000);

export const plainTextInput = z
  .strictObject({
    type: z.literal('plain_text_input'),
    multiline: z.boolean().optional(),
    min_length: length.optional(),
    max_length: length.min(1).optional(),
    ...initial,
    ...typed,
  })
  .refine((one) => (one.min_length ?? 0) <= (one.max_length ?? 3000), {
    error: 'min_length must not be more than max_length',
  });

export const emailInput = z.strictObject({ type: z.literal('email_text_input'), ...initial, ...typed });
export const urlInput = z.strictObject({ type: z.literal('url_text_input'), ...initial, ...typed });

export const numberInput = z.strictObject({
  type: z.literal('number_input'),
  is_decimal_allowed: z.boolean(),
  min_value: z.string().optional(),
  max_value: z.string().optional(),
  ...initial,
  ...typed,
});

const picks = { action_id: actionId, confirm, focus_on_load: z.boolean().optional() };
const hint = { placeholder: plainText(150).optional() };

export const datepicker = z.strictObject({
  type: z.literal('datepicker'),
  initial_date: z
    .string()
    .regex(/^\d{4}-\d\d-\d\d$/, { error: 'must be YYYY-MM-DD' })
    .optional(),
  ...hint,
  ...picks,
});

export const timepicker = z.strictObject({
  type: z.literal('timepicker'),
  initial_time: z
    .string()
    .regex(/^\d\d:\d\d$/, { error: 'must be HH:mm' })
    .optional(),
  timezone: z.string().optional(),
  ...hint,
  ...picks,
});

export const datetimepicker = z.strictObject({
  type: z.literal('datetimepicker'),
  initial_date_time: z.int().min(1e9).max(9_999_999_999).optional(),
  ...picks,
});

export const fileInput = z.strictObject({
  type: z.literal('file_input'),
  action_id: actionId,
  filetypes: z.array(z.string()).optional(),
  max_files: z.int().min(1).max(10).optional(),
});

import type { InputValues } from '../../slack/types.ts';

/** What stands in the fields of a form, by block id. Ticks are a list; what is empty is left out. */
export const valuesIn = (form: ParentNode): InputValues => {
  const values: Record<string, string | string[]> = {};
  for (const input of form.querySelectorAll('[data-input]')) {
    const block = input.getAttribute('data-input') ?? '';
    if (input instanceof HTMLInputElement && (input.type === 'checkbox' || input.type === 'radio')) {
      if (!input.checked) continue;
      const known = values[block];
      values[block] = input.type === 'radio' ? input.value : [...(Array.isArray(known) ? known : []), input.value];
    } else if (isField(input) && input.value !== '') values[block] = input.value;
  }
  return values;
};

const isField = (element: Element): element is HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement =>
  element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement || element instanceof HTMLSelectElement;

import type { Filter, Ns1Record } from './record.ts';

/** The one chain whose answers follow the weights, and out of which a member can be taken. */
export const STEERED = ['up', 'weighted_shuffle', 'select_first_n'] as const;

const KNOWN: ReadonlySet<string> = new Set(STEERED);

export const activeFilters = ({ filters }: Ns1Record): readonly Filter[] =>
  (filters ?? []).filter(({ disabled }) => disabled !== true);

/** How many answers the filter lets through; one where nothing is said. */
const firstOf = ({ config }: Filter): number => Number(config?.['N'] ?? 1);

const aboutStranger = (name: string): string => {
  if (name.startsWith('geo')) {
    return `\`${name}\` chooses by place before any weight does, which is another layer; steer a record behind it instead`;
  }
  if (name === 'weighted_sticky') {
    return '`weighted_sticky` gives each resolver always the same answer, so that shares cannot be shown to hold; use `weighted_shuffle`';
  }
  return `\`${name}\` chooses beside the weights, and steer cannot tell what it leaves of them; disable it`;
};

/**
 * Why the chain would not do what weights say, a sentence each; empty for `up`, `weighted_shuffle`, `select_first_n` of one, in
 * this order and nothing else enabled.
 */
export const chainObjections = (record: Ns1Record): readonly string[] => {
  const active = activeFilters(record);
  const names = active.map(({ filter }) => filter);
  const last = active.find(({ filter }) => filter === 'select_first_n');
  const has = (name: string): boolean => names.includes(name);
  const strangers = names.filter((name) => !KNOWN.has(name));
  const isComplete = STEERED.every(has) && strangers.length === 0;
  return [
    ...(has('up') ? [] : ['no `up` filter is enabled, so that a member that is down keeps answering; put `up` first']),
    ...(has('weighted_shuffle') || has('weighted_sticky')
      ? []
      : ['no `weighted_shuffle` filter is enabled, so that weights are not looked at; put it after `up`']),
    ...(last === undefined
      ? ['no `select_first_n` filter is enabled, so that every answer is returned; put it last, with N 1']
      : []),
    ...(last !== undefined && firstOf(last) !== 1
      ? [`\`select_first_n\` lets ${firstOf(last)} answers through, and clients choose among them; set N to 1`]
      : []),
    ...strangers.map(aboutStranger),
    ...(isComplete && names.join() !== STEERED.join()
      ? [`the filters stand in the order ${names.join(', ')}; they must be ${STEERED.join(', ')}`]
      : []),
  ];
};

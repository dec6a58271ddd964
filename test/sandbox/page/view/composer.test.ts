import { describe, expect, it } from 'vitest';
import { offered, taken } from '../../../../src/sandbox/page/view/composer.ts';

const HINTS = [
  { usage: 'evacuate REGION', about: 'take traffic out' },
  { usage: 'status [RUN]', about: 'everything' },
  { usage: 'stop RUN', about: 'end' },
];
const verbs = (draft: string): readonly string[] =>
  offered(draft, '/steer', HINTS).map(({ usage }) => usage.split(' ')[0] ?? '');

describe('what the composer offers', () => {
  it.each([
    ['', []],
    ['hello', []],
    ['/', ['evacuate', 'status', 'stop']],
    ['/ste', ['evacuate', 'status', 'stop']],
    ['/other', []],
    ['/steer ', ['evacuate', 'status', 'stop']],
    ['/steer st', ['status', 'stop']],
    ['/steer evacuate us-', ['evacuate']],
    ['/steer nonsense', []],
  ])('for %j offers %j', (draft, expected) => {
    expect(verbs(draft)).toEqual(expected);
  });

  it('leaves room for the next word once an offer is taken', () => {
    expect(HINTS.map((hint) => taken(hint, '/steer'))).toEqual(['/steer evacuate ', '/steer status ', '/steer stop ']);
  });
});

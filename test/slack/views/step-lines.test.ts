import { expect, it } from 'vitest';
import { plainOf } from '../../../src/slack/views/escape.ts';
import { stepLines } from '../../../src/slack/views/step-lines.ts';
import { rolledBack } from '../../support/run-stories.ts';
import { viewAt } from './arrange.ts';

it('a step out that is passed does not bear the state of the way back', () => {
  const events = rolledBack();
  const onItsWay = events.findIndex(
    ({ type, data }) => type === 'step.intended' && JSON.stringify(data).includes('"step":4'),
  );
  const { run, now } = viewAt(events.slice(0, onItsWay + 1));

  const lines = stepLines(run).map((line) => plainOf(line, now));

  expect(lines.filter((line) => line.includes('rolling back'))).toEqual([expect.stringMatching(/^4\. back/)]);
});

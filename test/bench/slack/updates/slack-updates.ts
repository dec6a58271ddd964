import { atLeast, atMost, type Benchmark, count, printed, type Row } from '../../benchmark.ts';
import { type Measured, play, SCENES } from './scenes.ts';

/** One edit of a run in two seconds; a window of that length holds no second one. */
const MOST_EDITS = 1;

const sum = (all: readonly Measured[], of: (one: Measured) => number): number =>
  all.reduce((total, one) => total + of(one), 0);

const figures = ({ name, events, edits, refused, states }: Measured): readonly Row[] => [
  printed(`${name}: events`, events, 'events'),
  printed(`${name}: edits tried`, edits, 'edits'),
  printed(`${name}: calls that Slack did not take`, refused, 'calls'),
  printed(`${name}: states that had to be shown`, states, 'states'),
];

export const slackUpdates: Benchmark = {
  name: 'slack-updates',
  goal:
    'At most one chat.update per run in any two seconds, and none lost that matters: the first, the last and every change of ' +
    'state. Two runs (an evacuation that is held and resumed, and one that is rolled back) change ten times a second; calmly, ' +
    'with a 429 on an edit and a post every twenty seconds, through an outage of ten minutes from their beginning to their ' +
    'end and one of a minute in the middle; and two runs that are held and let go ten times a second. The real follower, ' +
    'client and workspace in virtual time. A state counts as lost when it stood for five seconds while Slack could be ' +
    'reached and the message never showed it; what people ask, and what begins, turns and ends a run, has to stand in the ' +
    'thread exactly once whatever Slack does. Refused edits count like others.',
  run: async () => {
    const all: Measured[] = [];
    for (const scene of SCENES) all.push(await play(scene));
    const refusing = all.filter(({ refused }) => refused > 0).length;
    return [
      count(
        'edits of one run within two seconds, at the most',
        Math.max(...all.map(({ mostIn2s }) => mostIn2s)),
        'edits',
        atMost(MOST_EDITS),
      ),
      count(
        'states that had to be shown',
        sum(all, ({ states }) => states),
        'states',
        atLeast(50),
      ),
      count(
        'states lost',
        sum(all, ({ lost }) => lost.length),
        'states',
        atMost(0),
      ),
      count(
        'messages that do not end on the last state',
        sum(all, ({ unended }) => unended.length),
        '',
        atMost(0),
      ),
      count(
        'key events',
        sum(all, ({ told }) => told),
        'events',
        atLeast(40),
      ),
      count(
        'key events that the thread lacks',
        sum(all, ({ untold }) => untold.length),
        'events',
        atMost(0),
      ),
      count(
        'key events told twice',
        sum(all, ({ twice }) => twice.length),
        'events',
        atMost(0),
      ),
      count('scenes in which Slack refused calls', refusing, 'scenes', atLeast(3)),
      ...all.flatMap(figures),
    ];
  },
};

import type { AnswerRow, AnswersShown, ServerRow, Verdict } from '../../dns/answers.ts';
import { WHOLE } from '../../domain/units.ts';
import { counted, share } from '../../words/numbers.ts';
import type { Style } from './style.ts';
import { indented, table, wrapped } from './table.ts';

const WIDTH = 110;
const BAR = 24;

const points = (part: number): number => Math.round(part * WHOLE);

/** `[######|.....]`: filled as far as it was answered, `|` where it should end. Never empty for what was answered once. */
const barOf = ({ share: seen, configured }: AnswerRow): string => {
  const filled = seen === 0 ? 0 : Math.max(1, Math.round(seen * BAR));
  const cells = [...'#'.repeat(Math.min(BAR, filled)).padEnd(BAR, '.')];
  if (configured !== null) cells[Math.min(BAR - 1, Math.round(configured * BAR))] = '|';
  return `[${cells.join('')}]`;
};

const percent = (part: number): string => `${Math.round(part * 1000) / 10}`;

const nameOf = ({ member, value }: AnswerRow): string =>
  member ?? (value === '' ? '(no record)' : (value ?? '(unknown)'));

const rowsText = ({ rows, configured }: AnswersShown): readonly string[] => {
  const isKnown = 'source' in configured;
  const head = [isKnown ? 'member' : 'answer', ...(isKnown ? ['answers'] : []), '', 'seen', 'share', '95 % sure'];
  const lines = rows.map((row) => [
    row.member ?? (isKnown ? '(of no member)' : nameOf(row)),
    ...(isKnown ? [row.value === '' ? '(no record)' : (row.value ?? '(not known)')] : []),
    barOf(row),
    String(row.count),
    share(points(row.share)),
    `${percent(row.interval.from)} to ${percent(row.interval.to)} %`,
    ...(row.configured === null ? [] : [row.configured === 0 ? 'none' : share(points(row.configured))]),
  ]);
  const right = isKnown
    ? (['left', 'left', 'left', 'right', 'right', 'right', 'right'] as const)
    : (['left', 'left', 'right', 'right', 'right', 'right'] as const);
  return table([[...head, ...(isKnown ? ['configured'] : [])], ...lines], right);
};

const chanceText = (chance: number): string => {
  if (chance >= 0.01) return `${Math.round(chance * 100)} times in 100`;
  if (chance >= 0.0001) return `${Math.round(chance * 10_000)} times in 10000`;
  return 'less than once in 10000 times';
};

const verdictWord = ({ verdict }: Verdict, style: Style): string => {
  switch (verdict) {
    case 'agrees':
      return style.good('agrees');
    case 'differs':
      return style.bad('DIFFERS');
    case 'too-few':
      return style.warn('too few');
    case 'not-compared':
      return '';
  }
};

const verdictText = (shown: AnswersShown, style: Style): readonly string[] => {
  const { verdict, configured } = shown;
  const source = 'source' in configured ? configured.source : '';
  const first =
    'countBy' in configured && configured.countBy === 'first' ? ' Counted by the first record of each answer.' : '';
  const sentence = (() => {
    switch (verdict.verdict) {
      case 'agrees':
        return `${style.good('Agrees')} with ${source}: by chance alone it looks at least so unlike ${chanceText(verdict.chance)}.${first}`;
      case 'differs':
        return verdict.chance === 0
          ? `${style.bad('DIFFERS')} from ${source}: something answers that should not.${first}`
          : `${style.bad('DIFFERS')} from ${source}: by chance alone it looks so unlike ${chanceText(verdict.chance)}.${first}`;
      case 'too-few':
        return `${style.warn('Too few answers')} to compare with ${source}: the smallest share needs ${verdict.needed} of them.${first}`;
      case 'not-compared':
        return `Not compared: ${verdict.because.replace(/\.$/, '')}.`;
    }
  })();
  return wrapped(sentence, WIDTH, '  ');
};

const isAllThat = (server: ServerRow): boolean => server.failures.length === 0 && server.answered > 0;

const serverLines = (shown: AnswersShown, style: Style): readonly string[] => {
  const { rows, servers } = shown;
  const head = ['server', 'address', 'answered', ...rows.map(nameOf), ''];
  const answering = servers.filter(({ answered }) => answered > 0);
  const lines = table(
    [
      head,
      ...answering.map(({ server, address, answered, asked, counts, verdict }) => [
        server,
        address ?? '',
        `${answered} of ${asked}`,
        ...counts.map((count) => share(points(count / answered))),
        // Put on after the columns are measured, since colour has no width.
        verdictWord(verdict, { ...style, good: String, bad: String, warn: String }),
      ]),
    ],
    ['left', 'left', 'right', ...rows.map(() => 'right' as const), 'left'],
  );
  return answering.length === 0 ? [] : lines;
};

const troubles = ({ servers }: AnswersShown, style: Style): readonly string[] =>
  servers
    .filter((server) => !isAllThat(server))
    .flatMap(({ server, address, failures, asked, isBeyondReach }) => {
      const who = address === null || server.startsWith(address) ? server : `${server} (${address})`;
      if (isBeyondReach) return [`${who} was not asked: this machine has no way there.`];
      return failures.map(({ because, count }) => `${style.bad('!')} ${who}: ${because}, ${count} of ${asked} times.`);
    });

const remarks = ({ rows, servers, answered }: AnswersShown): readonly string[] => {
  const unseen = rows.flatMap(({ member, atMost }) =>
    member === null || atMost === null || answered === 0
      ? []
      : [
          `No answer from ${member} in ${answered}: its share is below ${percent(atMost) === '0' ? '0.1' : percent(atMost)} % (3/n, 95 % sure).`,
        ],
  );
  const noName = servers.reduce((sum, { noSuchName }) => sum + noSuchName, 0);
  const overTcp = servers.reduce((sum, one) => sum + one.overTcp, 0);
  return [
    ...unseen,
    ...(noName === 0 ? [] : [`${counted(noName, 'answer')} said that there is no such name.`]),
    ...(overTcp === 0 ? [] : [`${counted(overTcp, 'answer')} did not fit a datagram and came over TCP.`]),
    'Asked directly, from one place: of an anycast server one sees one location.',
  ];
};

/** What servers answered: a bar for each value, each server beside the others, and what that proves. */
export const answerLines = (shown: AnswersShown, style: Style): readonly string[] => {
  const { name, type, answered, asked, servers, configured } = shown;
  const isKnown = 'source' in configured;
  return [
    style.bold(
      `${name} ${type}: ${counted(answered, 'answer')} to ${counted(asked, 'question')}, ${counted(servers.length, 'server')}`,
    ),
    ...(answered === 0 ? [] : indented(rowsText(shown))),
    ...(isKnown && answered > 0 ? ['  # is what was answered, | where it should end'] : []),
    ...verdictText(shown, style),
    ...indented(serverLines(shown, style)),
    ...troubles(shown, style),
    ...remarks(shown),
  ];
};

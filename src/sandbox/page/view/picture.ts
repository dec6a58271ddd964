import type { RegionShown, SwitchShown, WorldShown } from '../types.ts';
import { h, type Tree } from './tree.ts';

const percent = (part: number): string => `${Math.round(part * 100)}%`;

/** A bar beside its number: the number says it all, the bar is for the quick look. */
const bar = (part: number, limit: number | null): Tree =>
  h(
    'span',
    { class: limit !== null && part > limit ? 'bar over' : 'bar', 'aria-hidden': 'true', '--part': part.toFixed(4) },
    h('span', { class: 'fill' }),
    limit !== null && h('span', { class: 'limit', '--limit': limit.toFixed(4) }),
  );

const cell = (part: number, limit: number | null = null): Tree =>
  h('td', {}, h('span', { class: 'number' }, percent(part)), bar(part, limit));

const COLUMNS = [
  ['Records', 'What the DNS records say'],
  ['Answers', 'What the name server answered in the last seconds'],
  ['Traffic', 'Where users are being served'],
  ['Busy', 'Of the running capacity, in the busiest service'],
] as const;

const row = (
  { region, home, configured, answered, traffic, utilisation }: RegionShown,
  index: number,
  limit: number,
): Tree =>
  h(
    'tr',
    { key: region, 'data-testid': `region-${region}` },
    h(
      'th',
      { scope: 'row' },
      h('span', { class: `swatch region-${index}`, 'aria-hidden': 'true' }),
      region,
      h('small', {}, `home ${percent(home)}`),
    ),
    cell(configured),
    cell(answered),
    cell(traffic),
    cell(utilisation, limit),
  );

const shares = (world: WorldShown): Tree =>
  h(
    'table',
    { class: 'shares', 'data-testid': 'shares' },
    h(
      'caption',
      {},
      `Shares by region. Nothing is moved into a region beyond ${percent(world.utilisationLimit)} busy (the mark on the bar).`,
    ),
    h(
      'thead',
      {},
      h(
        'tr',
        {},
        h('th', { scope: 'col' }, 'Region'),
        COLUMNS.map(([name, title]) => h('th', { scope: 'col', title }, name)),
      ),
    ),
    h(
      'tbody',
      {},
      world.regions.map((region, index) => row(region, index, world.utilisationLimit)),
    ),
  );

const clock = (atMs: number): string => new Date(atMs).toISOString().slice(11, 19);

const answers = ({ answers: { seconds, counts, latest } }: WorldShown): Tree =>
  h(
    'div',
    { class: 'answers' },
    h('h3', {}, `DNS answers, last ${seconds} s`),
    h(
      'p',
      { 'data-testid': 'answer-counts' },
      Object.entries(counts)
        .map(([region, count]) => `${region} ${count}`)
        .join(' · '),
    ),
    h(
      'ol',
      { class: 'ticker', 'data-testid': 'answers', 'aria-label': 'The newest answers' },
      latest.map(({ atMs, name, type, value, region }) =>
        h('li', {}, h('time', {}, clock(atMs)), ` ${name} ${type} ${value} `, h('strong', {}, region)),
      ),
    ),
  );

const switchTree = ({ id, group, label, about, kind, isOn }: SwitchShown): Tree => {
  const isToggle = kind === 'toggle';
  return h(
    'li',
    { key: id },
    h(
      'button',
      {
        type: 'button',
        class: isOn ? 'switch on' : 'switch',
        role: isToggle ? 'switch' : null,
        'aria-checked': isToggle ? String(isOn) : null,
        title: about,
        'aria-label': `${group}: ${label}`,
        'data-do': 'switch',
        'data-id': id,
        'data-on': isOn ? 'yes' : 'no',
        'data-testid': `switch-${id}`,
      },
      h('span', { class: 'lamp', 'aria-hidden': 'true' }, isToggle ? (isOn ? '■' : '□') : '↻'),
      h('span', {}, label, isToggle && h('small', {}, isOn ? 'BROKEN' : 'off')),
    ),
  );
};

/** So many characters fit three to a line on a phone. */
const SHORT_LABEL = 10;

const switches = ({ switches: all }: WorldShown): Tree => {
  const groups = [...new Set(all.map(({ group }) => group))];
  return h(
    'div',
    { class: 'switches' },
    h('h3', {}, 'Break things'),
    groups.map((group) => {
      const own = all.filter((one) => one.group === group);
      const isShort = own.every(({ label }) => label.length <= SHORT_LABEL);
      return h(
        'fieldset',
        { key: group, class: isShort ? 'short' : null },
        h('legend', {}, group),
        h('ul', {}, own.map(switchTree)),
      );
    }),
  );
};

const trafficText = ({ regions }: WorldShown): string =>
  `Traffic by region over the last minutes. Now: ${regions.map(({ region, traffic }) => `${region} ${percent(traffic)}`).join(', ')}.`;

/** The live picture of the world beside the workspace. */
export const picture = (world: WorldShown | null): Tree =>
  h(
    'section',
    { class: 'picture', 'aria-label': 'The world', 'data-testid': 'picture', key: 'picture' },
    h('h2', {}, 'The world'),
    world === null
      ? h('p', { class: 'empty' }, 'Warming up…')
      : [
          shares(world),
          h('h3', {}, 'Traffic by region'),
          h('div', {
            class: 'chart',
            role: 'img',
            'aria-label': trafficText(world),
            'data-keep': true,
            'data-testid': 'chart',
          }),
          switches(world),
          answers(world),
        ],
  );

import type { TrafficPoint } from '../types.ts';
import { page as pageTree } from '../view/page.ts';
import type { PageState } from '../view/page-state.ts';
import { cancelled, composerKey, ON_CHANGE, ON_CLICK, ON_SUBMIT, type Page } from './acts.ts';
import { addressOf, type Where, whereFrom } from './address.ts';
import { followed, settle } from './after-draw.ts';
import { createChart } from './chart.ts';
import { patchChildren } from './patch.ts';
import { createStore } from './store.ts';
import { openStream } from './stream.ts';

/** Points of the line that are kept: those that it shows. */
const MOST_POINTS = 400;

const root = document.getElementById('page');
if (root === null) throw new TypeError('the page has no element "page"');

let where: Where = whereFrom(location.hash);
let points: readonly TrafficPoint[] = [];
const chart = createChart();

const first: PageState = {
  workspace: null,
  world: null,
  looking: where,
  isHome: where.isHome,
  pane: 'workspace',
  draft: '',
  hint: -1,
  question: null,
  problem: null,
  busy: new Set(),
  seen: {},
  isConnected: true,
  nowMs: Date.now(),
};

const store = createStore(first, (state) => {
  const logs = followed(root);
  patchChildren(root, [pageTree(state)]);
  settle(root, logs);
  chart.draw(root.querySelector('.chart'), points);
});

let closeStream = (): void => {};

const look = (): void => {
  closeStream();
  closeStream = openStream(where, {
    connected: (isConnected) => store.set({ isConnected }),
    history: (all) => {
      points = all;
    },
    world: (world) => {
      const traffic = Object.fromEntries(world.regions.map((region) => [region.region, region.traffic]));
      if ((points.at(-1)?.atMs ?? 0) < world.atMs - 500)
        points = [...points.slice(-MOST_POINTS), { atMs: world.atMs, traffic }];
      store.set({ world });
    },
    workspace: (workspace) => {
      const { seen, isHome } = store.state();
      const latest = workspace.channels.find(({ id }) => id === workspace.channel)?.latest ?? null;
      const known = workspace.channels.map(({ id, latest: newest }) => [id, seen[id] ?? newest ?? '0'] as const);
      const isSeen = latest !== null && !isHome;
      store.set({
        workspace,
        seen: { ...Object.fromEntries(known), ...(isSeen ? { [workspace.channel]: latest } : {}) },
      });
    },
  });
};

const go = (change: Partial<Where>): void => {
  // Who was chosen a moment ago counts, also while the page still shows what the one before him saw.
  where = { ...where, as: where.as || (store.state().workspace?.me ?? ''), ...change };
  history.replaceState(null, '', addressOf(where));
  store.set({ looking: where, isHome: where.isHome, problem: null });
  look();
};

const page: Page = { store, go };

const doing = (event: Event): readonly [element: Element, what: string] | null => {
  const element = event.target instanceof Element ? event.target.closest('[data-do]') : null;
  return element === null ? null : [element, element.getAttribute('data-do') ?? ''];
};

root.addEventListener('click', (event) => {
  const [element, what] = doing(event) ?? [null, ''];
  if (element !== null) ON_CLICK[what]?.(page, element);
});
root.addEventListener('change', (event) => {
  const [element, what] = doing(event) ?? [null, ''];
  if (element !== null) ON_CHANGE[what]?.(page, element);
});
root.addEventListener('submit', (event) => {
  event.preventDefault();
  const [element, what] = doing(event) ?? [null, ''];
  if (element !== null) ON_SUBMIT[what]?.(page, element);
});
root.addEventListener('input', ({ target }) => {
  if (target instanceof HTMLTextAreaElement && target.id === 'composer') store.set({ draft: target.value, hint: -1 });
});
root.addEventListener('keydown', (event) => {
  const { target } = event;
  if (!(target instanceof HTMLTextAreaElement) || !['composer', 'reply'].includes(target.id)) return;
  if (composerKey(page, target, event)) event.preventDefault();
});
// The event of a dialog does not bubble.
root.addEventListener(
  'cancel',
  (event) => {
    event.preventDefault();
    if (event.target instanceof HTMLDialogElement) cancelled(page, event.target);
  },
  true,
);
window.addEventListener('hashchange', () => {
  where = whereFrom(location.hash);
  store.set({ looking: where, isHome: where.isHome });
  look();
});
look();

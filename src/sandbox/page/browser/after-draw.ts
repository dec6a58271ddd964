/** A reader near the end of a log wants to stay there; one who scrolled up does not. */
const NEAR_PX = 80;

const logsIn = (root: Element): readonly Element[] => [...root.querySelectorAll('.log')];

const isAtEnd = (log: Element): boolean => log.scrollHeight - log.scrollTop - log.clientHeight < NEAR_PX;

const keyOf = (log: Element): string => log.getAttribute('aria-label') ?? '';

/** Before drawing: which logs are read at their end. */
export const followed = (root: Element): ReadonlySet<string> => new Set(logsIn(root).filter(isAtEnd).map(keyOf));

/** The newest answer to the reader alone in each log that was drawn; empty where there was none. */
const seenLogs = new Map<string, string>();

const openDialogs = (root: Element): void => {
  for (const dialog of root.querySelectorAll('dialog')) {
    if (dialog.open) continue;
    dialog.showModal();
    const wanted = dialog.querySelector<HTMLElement>('[autofocus], [data-input], button');
    wanted?.focus();
  }
};

const toldErrors = new WeakMap<Element, string>();

/** After an answer with field errors the first wrong field is where the reader goes on. */
const focusWrong = (root: Element): void => {
  const wrong = [...root.querySelectorAll<HTMLElement>('[aria-invalid="true"]')];
  const fresh = wrong.find((field) => toldErrors.get(field) !== field.getAttribute('aria-describedby'));
  for (const field of wrong) toldErrors.set(field, field.getAttribute('aria-describedby') ?? '');
  fresh?.focus();
};

const chooseValues = (root: Element): void => {
  for (const select of root.querySelectorAll<HTMLSelectElement>('select[data-value]')) {
    const value = select.getAttribute('data-value') ?? '';
    if (select.value !== value) select.value = value;
  }
};

const newestAnswer = (log: Element): string =>
  [...log.querySelectorAll('.ephemeral')].at(-1)?.getAttribute('data-ts') ?? '';

/** After drawing: what elements alone cannot say. */
export const settle = (root: Element, ends: ReadonlySet<string>): void => {
  for (const log of logsIn(root)) {
    const key = keyOf(log);
    // Who pressed a button further up shall see what came of it, without searching for it.
    const isAnswered = seenLogs.get(key) !== newestAnswer(log);
    if (ends.has(key) || isAnswered) log.scrollTop = log.scrollHeight;
  }
  seenLogs.clear();
  for (const log of logsIn(root)) seenLogs.set(keyOf(log), newestAnswer(log));
  chooseValues(root);
  openDialogs(root);
  focusWrong(root);
};

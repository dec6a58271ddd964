import type { Browser, Locator, Page } from 'playwright-core';
import { expect } from 'vitest';

/** A slow machine, and a bake of a few seconds: what comes at all comes well within this. */
const SOON_MS = 30_000;
/** A whole run takes about a minute and a half. */
export const WHOLE_RUN_MS = 240_000;

/** Users arrive by chance. */
const NEAR_PERCENT = 3;

export interface LiveState {
  /** The state word with what follows it, as the headline says it. */
  readonly state: RegExp;
  /** Why it is there. */
  readonly cause: RegExp;
  /** What happens next, or what a person may do. */
  readonly next: RegExp;
  /** Verbs of the buttons that are there, in their order; all of them. */
  readonly buttons?: readonly string[];
  /** A text that is not new enough. */
  readonly otherThan?: string;
  readonly withinMs?: number;
}

const errorsOf = (page: Page): string[] => {
  const errors: string[] = [];
  page.on('pageerror', ({ message }) => errors.push(message));
  page.on('console', (line) => {
    if (line.type() === 'error') errors.push(line.text());
  });
  return errors;
};

/** The demonstration's page as one person looks at it. */
export class DemoPage {
  readonly page: Page;
  /** What the browser complained about; nobody would see it otherwise. */
  readonly errors: readonly string[];

  constructor(page: Page) {
    this.page = page;
    this.errors = errorsOf(page);
  }

  static async open(
    browser: Browser,
    url: string,
    viewport: { readonly width: number; readonly height: number },
  ): Promise<DemoPage> {
    const opened = new DemoPage(await browser.newPage({ viewport }));
    opened.page.setDefaultTimeout(SOON_MS);
    await opened.page.goto(url);
    await opened.find('composer').waitFor();
    return opened;
  }

  /** By the page's own names of its parts. */
  find(testId: string): Locator {
    return this.page.getByTestId(testId);
  }

  async actAs(user: string): Promise<void> {
    await this.find('act-as').selectOption(user);
    // Until the page shows what that person sees, it still acts as the one before.
    await this.page.locator(`[data-testid=act-as][data-value=${user}]`).waitFor();
  }

  async goTo(channel: string): Promise<void> {
    await this.find(`channel-${channel}`).click();
    // What is typed goes where the page says that it goes.
    await this.page.getByRole('heading', { name: `#${channel}`, exact: true }).waitFor();
  }

  async type(text: string): Promise<void> {
    await this.find('composer').fill(text);
    await this.find('composer').press('Enter');
  }

  /** The newest answer that only its asker sees. */
  answer(...texts: readonly RegExp[]): Locator {
    return texts.reduce((found, hasText) => found.filter({ hasText }), this.find('ephemeral')).last();
  }

  /** The one message of the run, which is edited in place. */
  live(): Locator {
    return this.find('messages').getByTestId('message').filter({ hasNotText: 'Replied to a thread' }).last();
  }

  /** What the run said to the whole channel, beside its one message. */
  broadcast(...texts: readonly RegExp[]): Locator {
    const all = this.find('messages').getByTestId('message').filter({ hasText: 'Replied to a thread' });
    return texts.reduce((found, hasText) => found.filter({ hasText }), all);
  }

  /** Waits until the live message says all of it at one moment; gives its text. */
  async expectLive({ state, cause, next, buttons, otherThan, withinMs = SOON_MS }: LiveState): Promise<string> {
    const read = async (): Promise<{ text: string; shown: readonly string[] }> =>
      this.live().evaluate((message) => ({
        text: message.innerText,
        shown: [...message.querySelectorAll('button[data-action]')].map(
          (button) => button.getAttribute('data-action')?.replace('steer.', '') ?? '',
        ),
      }));
    let last = '';
    await expect
      .poll(
        async () => {
          const { text, shown } = await read();
          last = text;
          return { text, shown };
        },
        { timeout: withinMs, interval: 100, message: `the live message never said ${state}, ${cause} and ${next}` },
      )
      .toEqual({
        text: expect.toSatisfy(
          (text: string) => text !== otherThan && [state, cause, next].every((part) => part.test(text)),
        ),
        shown: buttons ?? expect.anything(),
      });
    return last;
  }

  /** Presses a button of the live message. */
  async press(verb: string): Promise<void> {
    await this.live().getByTestId(`action-steer.${verb}`).click();
  }

  /** The question that a button asks before anything is done. */
  async question(): Promise<string> {
    await this.find('confirm').waitFor();
    return this.find('confirm').innerText();
  }

  async yes(): Promise<void> {
    await this.find('confirm-yes').click();
    await this.find('confirm').waitFor({ state: 'detached' });
  }

  /** From the command to the request for approval. */
  async propose(region: string, reason: string): Promise<void> {
    await this.type(`/steer evacuate ${region}`);
    await this.find('action-steer.start').last().click();
    await this.find('field-word').fill(region);
    await this.find('field-reason').fill(reason);
    await this.find('modal-submit').click();
    await this.find('modal').getByText('Proposed as run_').waitFor();
    await this.find('modal-close').click();
  }

  async approve(): Promise<void> {
    await this.press('approve');
    await this.question();
    await this.yes();
  }

  /** Waits until it stands where its reader looks, who scrolls nowhere. */
  async expectInView(shown: Locator): Promise<void> {
    await shown.waitFor();
    const { height } = this.page.viewportSize() ?? { height: 0 };
    await expect
      .poll(() => shown.boundingBox(), { timeout: SOON_MS, interval: 100 })
      .toSatisfy(
        (box: { y: number; height: number } | null) => box !== null && box.y >= 0 && box.y + box.height <= height,
      );
  }

  /** Flips a switch of the picture and waits until the picture says so. */
  async flip(id: string, to: 'BROKEN' | 'off'): Promise<void> {
    await this.find(`switch-${id}`).click();
    await this.find(`switch-${id}`).getByText(to).waitFor();
  }

  /** Records, answers and traffic of a region in percent, as the picture shows them. */
  async numbers(region: string): Promise<readonly number[]> {
    const cells = await this.find(`region-${region}`).locator('td').allInnerTexts();
    return cells.slice(0, 3).map((text) => Number.parseInt(text, 10));
  }

  /** Waits until the picture shows these percents in the records and, nearly, in the traffic that arrives. */
  async expectShares(shares: Readonly<Record<string, number>>): Promise<void> {
    for (const [region, share] of Object.entries(shares)) {
      const near = expect.toSatisfy((seen: number) => Math.abs(seen - share) <= NEAR_PERCENT);
      await expect.poll(() => this.numbers(region), { timeout: SOON_MS, interval: 250 }).toEqual([share, near, near]);
    }
  }
}

import type { Acted, Workspace } from '../slack/types.ts';
import type { Act, ActOutcome, SwitchShown } from './types.ts';

/** What the reader may break. */
export interface Switches {
  list(): readonly SwitchShown[];
  /** Throws for an id that is not in the list. */
  set(id: string, isOn: boolean): void;
}

const said = (problem: string): ActOutcome => ({ problem, acted: null });

/** Slack's own words for a bot that did not answer, and ours for what the reader may do. */
const outcomeOf = (what: string, acted: Acted): ActOutcome => ({
  problem: acted.problem === null ? null : `${what} failed with the error “${acted.problem}”: the bot did not answer.`,
  acted,
});

const type = async (workspace: Workspace, act: Extract<Act, { kind: 'type' }>): Promise<ActOutcome> => {
  const words = act.text.trim();
  const name = workspace.commandName;
  if (!words.startsWith('/')) {
    const acted = await workspace.say(act.as, act.channel, words, act.thread ?? undefined);
    return outcomeOf('The message', acted);
  }
  const [typed = '', ...rest] = words.split(' ');
  if (typed !== name) return said(`${typed} is not a command of this workspace. Try ${name} help.`);
  if (act.thread !== null) return said(`Slack knows no slash commands in threads. Type ${name} in the channel.`);
  return outcomeOf(name, await workspace.command(act.as, act.channel, rest.join(' ')));
};

/** What acts need. Only people of `people` can be acted as. */
export interface Stage {
  readonly workspace: Workspace;
  readonly switches: Switches;
  readonly people: ReadonlySet<string>;
}

type PersonalAct = Exclude<Act, { kind: 'switch' }>;

const personal = async (workspace: Workspace, act: PersonalAct): Promise<ActOutcome> => {
  switch (act.kind) {
    case 'type':
      return type(workspace, act);
    case 'click': {
      const blockId = act.blockId === '' ? undefined : act.blockId;
      const acted = await workspace.click(act.as, act.place, act.actionId, blockId, act.details);
      return outcomeOf('The button', acted);
    }
    case 'submit':
      return outcomeOf('The form', await workspace.submit(act.as, act.view, act.values));
    case 'close':
      await workspace.close(act.as, act.view);
      return { problem: null, acted: null };
    case 'home':
      return outcomeOf('The Home tab', await workspace.openHome(act.as));
  }
};

/** Does what a reader asked for. */
export const perform = async ({ workspace, switches, people }: Stage, act: Act): Promise<ActOutcome> => {
  if (act.kind !== 'switch')
    return people.has(act.as) ? personal(workspace, act) : said(`Nobody can act as ${act.as} here.`);
  if (!switches.list().some(({ id }) => id === act.id)) return said(`There is no switch ${act.id}.`);
  switches.set(act.id, act.isOn);
  return { problem: null, acted: null };
};

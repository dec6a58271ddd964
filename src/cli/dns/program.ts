import { type Command, Option } from 'commander';
import type { CliContext, GlobalOptions } from '../context.ts';
import { EXIT } from '../exit-codes.ts';
import { Printer } from '../print.ts';
import { vendorLines, vendorTable } from '../render/dns-vendors.ts';
import { nameAnswers } from './answers.ts';
import {
  copyZone,
  geoAdd,
  geoApplyTtl,
  recordAdd,
  recordApplyTtl,
  recordDelete,
  recordRemove,
  recordReplace,
  weightedSet,
  zoneAdd,
  zoneDelete,
  zoneUpdate,
} from './changes.ts';
import { type DnsAct, runDns } from './dns-run.ts';
import { Flags } from './flags.ts';
import { diffZones, geoRegions, geoTypes, recordGet, recordList, zoneList } from './looks.ts';

const repeated = (value: string, before: readonly string[] = []): readonly string[] => [...before, value];

/** Every option once; a command names those it takes. */
const OPTIONS = {
  provider: () => new Option('-p, --provider <account>', 'an account of the config; may be left out when there is one'),
  zone: () => new Option('-z, --zone <name-or-id>', 'the zone'),
  id: () => new Option('-i, --id <id>', 'the same as -z'),
  zoneAtB: () => new Option('--zone-at-b <id>', 'the zone at B, where its name is not enough'),
  name: () => new Option('-n, --name <name>', 'whole, or one label before the zone, or @'),
  type: () => new Option('-t, --type <type>', 'A, AAAA, MX …'),
  qualifier: () => new Option('-q, --qualifier <name>', 'which set of the name, where routing has several'),
  group: () => new Option('-g, --group <name>', 'the geo group'),
  data: () => new Option('-d, --data <value>', 'a value; once for each').argParser(repeated),
  ttl: () => new Option('--ttl <seconds>', 'time to live'),
  zoneTtl: () => new Option('-t, --ttl <seconds>', 'of the SOA record'),
  email: () => new Option('-e, --email <address>', 'of the SOA record'),
  regions: () => new Option('-r, --regions <json>', 'places, like \'{"Europe":["DE","FR"]}\''),
  weight: () => new Option('-w, --weight <number>', "in the vendor's own numbers, or drained"),
  aliasName: () => new Option('--alias-dnsname <name>', 'a name inside the vendor, instead of values'),
  aliasZone: () => new Option('--alias-hosted-zone-id <id>', 'id of the zone of that name'),
  validate: () => new Option('--validate-regions', 'places are always checked').hideHelp(),
  dryRun: () => new Option('--dry-run', 'show the diff and change nothing (the default)'),
  apply: () => new Option('--apply [digest]', 'carry it out; with the digest of a dry run: that diff or nothing'),
  wait: () => new Option('--wait [time]', 'until every name server has it, 5m at the longest'),
  reason: () => new Option('--reason <why>', 'why, for the record'),
  deleteExtra: () => new Option('--delete-extra', 'take away what is at B only'),
  withoutTheRest: () => new Option('--without-the-rest', 'go on without what cannot be carried over'),
  queries: () => new Option('--queries <count>', 'questions to each server; 300 where left out'),
  server: () => new Option('--server <host:port>', 'ask this one; once for each').argParser(repeated),
  codeOf: () => new Option('--code-of <person>', 'prove who you are by a one-time code'),
  json: () => new Option('--json', 'machine-readable output'),
} as const;

type OptionName = keyof typeof OPTIONS;

interface Leaf {
  readonly words: string;
  readonly summary: string;
  readonly options: readonly OptionName[];
  readonly read: (flags: Flags) => DnsAct;
}

const ALIAS: readonly OptionName[] = ['aliasName', 'aliasZone'];
const SET: readonly OptionName[] = ['zone', 'name', 'type', 'qualifier'];
const GROUP: readonly OptionName[] = ['zone', 'name', 'type', 'group'];
const APPLY: readonly OptionName[] = ['dryRun', 'apply', 'wait', 'reason', 'codeOf'];
const LIST: readonly OptionName[] = ['zone', 'name', 'type'];

/** Groups as people know them; the first command of each is the one that is meant without a word. */
const GROUPS: Readonly<Record<string, { readonly summary: string; readonly leaves: readonly Leaf[] }>> = {
  zone: {
    summary: 'zones of an account',
    leaves: [
      { words: 'list', summary: 'id, name, TTL, email', options: ['name'], read: zoneList },
      { words: 'add', summary: 'make a zone', options: ['name', 'email', 'zoneTtl', ...APPLY], read: zoneAdd },
      {
        words: 'update',
        summary: 'TTL or email',
        options: ['zone', 'id', 'zoneTtl', 'email', ...APPLY],
        read: zoneUpdate,
      },
      { words: 'delete', summary: 'an empty zone', options: ['zone', 'id', ...APPLY], read: zoneDelete },
    ],
  },
  record: {
    summary: 'record sets, of whatever routing',
    leaves: [
      { words: 'list', summary: 'one line for each value', options: LIST, read: recordList(null) },
      { words: 'get', summary: 'one set', options: SET, read: recordGet(null, 'qualifier') },
      { words: 'add', summary: 'add values', options: [...SET, 'ttl', 'data', ...ALIAS, ...APPLY], read: recordAdd },
      { words: 'applyttl <ttl>', summary: 'another TTL', options: [...SET, ...APPLY], read: recordApplyTtl },
      {
        words: 'replace',
        summary: 'exactly these values',
        options: [...SET, 'ttl', 'data', ...ALIAS, ...APPLY],
        read: recordReplace,
      },
      { words: 'remove', summary: 'take values out', options: [...SET, 'data', ...APPLY], read: recordRemove },
      { words: 'delete', summary: 'a whole set', options: [...SET, ...APPLY], read: recordDelete },
    ],
  },
  geo: {
    summary: 'sets that are chosen by where a client is',
    leaves: [
      { words: 'list', summary: 'all groups of a zone', options: LIST, read: recordList('geo') },
      { words: 'get', summary: 'one group', options: GROUP, read: recordGet('geo', 'group') },
      { words: 'types', summary: 'record types there are', options: [], read: geoTypes },
      { words: 'regions', summary: 'places there are', options: [], read: geoRegions },
      {
        words: 'add',
        summary: 'places to a group, or a new group',
        options: [...GROUP, 'regions', 'ttl', 'data', ...ALIAS, 'validate', ...APPLY],
        read: geoAdd,
      },
      { words: 'applyttl <ttl>', summary: 'another TTL', options: [...GROUP, ...APPLY], read: geoApplyTtl },
    ],
  },
  weighted: {
    summary: 'sets that are chosen by weight',
    leaves: [
      { words: 'list', summary: 'all weighted sets of a zone', options: LIST, read: recordList('weighted') },
      { words: 'get', summary: 'one set, or all of a name', options: SET, read: recordGet('weighted', 'qualifier') },
      {
        words: 'set',
        summary: 'the weight of one, or a new one',
        options: [...SET, 'weight', 'ttl', 'data', ...ALIAS, ...APPLY],
        read: weightedSet,
      },
    ],
  },
};

const PAIR: readonly OptionName[] = ['zone', 'zoneAtB'];

const TWO: readonly Leaf[] = [
  { words: 'diff <a> <b>', summary: 'one zone at two accounts', options: PAIR, read: diffZones },
  {
    words: 'copy <a> <b>',
    summary: 'make the zone at B what it is at A',
    options: [...PAIR, 'deleteExtra', 'withoutTheRest', ...APPLY],
    read: copyZone,
  },
];

const ANSWERS: Leaf = {
  words: 'answers <name>',
  summary: 'what every name server says, beside what is configured',
  options: ['type', 'queries', 'server'],
  read: nameAnswers,
};

/** The option as typed here or, where it was typed before this word, above. */
const valueIn =
  (command: Command) =>
  (key: string): unknown => {
    for (let at: Command | null = command; at !== null; at = at.parent) {
      const value: unknown = at.getOptionValue(key);
      if (value !== undefined) return value;
    }
    return undefined;
  };

const flagsOf = (command: Command): Flags => {
  const typed = valueIn(command);
  return new Flags((key) => (key === 'zone' ? (typed('zone') ?? typed('id')) : typed(key)), command.args);
};

export interface DnsParts {
  readonly context: CliContext;
  readonly globalsOf: (command: Command) => GlobalOptions;
  readonly done: (exit: number) => void;
}

const addOptions = (command: Command, names: readonly OptionName[]): Command => {
  for (const name of [...names, 'provider', 'json'] as const) command.addOption(OPTIONS[name]());
  return command;
};

const addLeaf = (parent: Command, leaf: Leaf, isDefault: boolean, { context, globalsOf, done }: DnsParts): void => {
  const command = addOptions(parent.command(leaf.words, { isDefault }).summary(leaf.summary), leaf.options);
  command.action(async () => {
    const flags = flagsOf(command);
    const act = leaf.read(flags);
    done(await runDns(flags, act, globalsOf(command), context));
  });
};

const addProviders = (dns: Command, { context, done }: DnsParts): void => {
  const command = dns
    .command('providers')
    .summary('every vendor, and what it can do')
    .argument('[vendor]')
    .addOption(OPTIONS.json());
  command.action((vendor: string | undefined) => {
    const print = new Printer(context, flagsOf(command).has('json'));
    const answer = context.actions.vendors(vendor ?? null);
    if (!answer.ok) return done(print.refusal(answer.refusal));
    print.answer(answer.value, () => (vendor === undefined ? vendorTable(answer.value) : vendorLines(answer.value)));
    done(EXIT.done);
  });
};

/** `steer dns …`: zones and records at every vendor, beside what is steered. */
export const addDns = (program: Command, parts: DnsParts): void => {
  const dns = addOptions(program.command('dns').summary('zones and records at every vendor'), []);
  addProviders(dns, parts);
  for (const [word, { summary, leaves }] of Object.entries(GROUPS)) {
    const group = addOptions(dns.command(word).summary(summary), word === 'zone' ? [] : ['zone']);
    for (const [index, leaf] of leaves.entries()) addLeaf(group, leaf, index === 0, parts);
  }
  for (const leaf of [...TWO, ANSWERS]) addLeaf(dns, leaf, false, parts);
};

/** The words after `steer dns`, for completion. */
export const DNS_WORDS: readonly string[] = ['providers', ...Object.keys(GROUPS), 'diff', 'copy', 'answers'];

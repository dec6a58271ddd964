import { resolve } from 'node:path';
import type { GdnsdHost } from '../../../providers/gdnsd/host.ts';
import type { Json } from '../../../src/domain/canonical.ts';
import type { SetRef } from '../../../src/domain/steering.ts';
import { type EditableField, never, type SteeringWorld, type WorldFault } from './world.ts';

export const ADDRESS = {
  www: { east: '192.0.2.11', west: '192.0.2.12', spare: '192.0.2.13', stranger: '192.0.2.14' },
  api: { east: '192.0.2.21', west: '192.0.2.22', spare: '192.0.2.23', stranger: '192.0.2.24' },
  far: { east: '192.0.2.31', west: '192.0.2.32', spare: '', stranger: '' },
} as const;

type Name = keyof typeof ADDRESS;
type Member = keyof (typeof ADDRESS)['www'];

const isMember = (text: string): text is Member => text in ADDRESS.www;

const hostName = ({ name }: Pick<SetRef, 'name'>): Name => {
  const [first = ''] = name.split('.');
  return first === 'api' || first === 'far' ? first : 'www';
};

const itemLine = (name: Name, member: Member, weight: number): string =>
  `${member} => [ ${ADDRESS[name][member]}, ${weight} ]`;

const weightsText = (name: Name, weights: Readonly<Partial<Record<Member, number>>>): string =>
  [
    `# weighted!${name}: by steer`,
    ...Object.entries(weights).map(([member, weight]) => itemLine(name, isMember(member) ? member : 'east', weight)),
    '',
  ].join('\n');

const zoneText = (names: readonly Name[]): string =>
  [
    '@ SOA ns1 host 1 7200 30M 3D 60',
    '@ NS ns1',
    'ns1 A 127.0.0.1',
    ...names.map((name) => `${name} 60/60 DYNA weighted!${name}`),
    '',
  ].join('\n');

const FOREIGN_LINES = '# someone else\n"10.*/up" => DOWN\n';
const OWN_LINES = `# steer: begin
"${ADDRESS.api.spare}/up" => DOWN
"${ADDRESS.www.spare}/up" => DOWN
# steer: end
`;

export interface GdnsdPlaces {
  readonly configDirectory: string;
  readonly stateDirectory: string;
  readonly runDirectory: string;
  readonly port: number;
}

/** The world of the contract as files of gdnsd. */
export const worldFiles = (places: GdnsdPlaces): Readonly<Record<string, string>> => {
  const inConfig = (path: string): string => resolve(places.configDirectory, path);
  const even = { east: 100, west: 100, spare: 100 };
  const stanza = (name: Name): string => `    ${name} => { service_types => [ up ], $include{steer/${name}} }`;
  return {
    [inConfig('config')]: `options => {
  listen => [ 127.0.0.1 ], dns_port => ${places.port}
  run_dir => ${places.runDirectory}, state_dir => ${places.stateDirectory}, zones_default_ttl => 60
}
service_types => { web => { plugin => static, state => UP } }
plugins => {
  static => { }
  weighted => {
    up_thresh => 0.01
${(['www', 'api', 'far'] as const).map(stanza).join('\n')}
  }
}
`,
    [inConfig('steer/www')]: weightsText('www', even),
    [inConfig('steer/api')]: weightsText('api', even),
    [inConfig('steer/far')]: weightsText('far', { east: 10, west: 20 }),
    [inConfig('zones/example.com')]: zoneText(['www', 'api']),
    [inConfig('zones/example.net')]: zoneText(['far']),
    [resolve(places.stateDirectory, 'admin_state')]: FOREIGN_LINES + OWN_LINES,
  };
};

type Edit = (path: string, change: (text: string) => string) => Promise<void>;

/** A person with an editor: files of gdnsd, changed by hand. */
export const foreignHand = (places: GdnsdPlaces, edit: Edit): SteeringWorld['foreigner'] => {
  const weights = (ref: SetRef): string => resolve(places.configDirectory, 'steer', hostName(ref));
  const admin = resolve(places.stateDirectory, 'admin_state');
  const line = (ref: SetRef, member: string, change: (text: string) => string): Promise<void> =>
    edit(weights(ref), (text) =>
      text
        .split('\n')
        .map((one) => (one.startsWith(`${member} `) ? change(one) : one))
        .join('\n'),
    );
  const edits: Readonly<Record<EditableField, (ref: SetRef, member: string) => Promise<void>>> = {
    weight: async (ref, member) => {
      await line(ref, member, (one) => one.replace(/\d+ \]/, '99 ]'));
      const address = isMember(member) ? ADDRESS[hostName(ref)][member] : '';
      await edit(admin, (text) => text.replace(`"${address}/up" => DOWN\n`, ''));
    },
    ttl: ({ zone, name }) =>
      edit(resolve(places.configDirectory, 'zones', zone), (text) =>
        text.replace(`${hostName({ name })} 60/60`, `${hostName({ name })} 300/300`),
      ),
    value: (ref, member) => line(ref, member, (one) => one.replace(/192\.0\.2\.\d+/, '203.0.113.9')),
    healthCheck: (ref) =>
      edit(resolve(places.configDirectory, 'config'), (text) =>
        text.replace(
          `${hostName(ref)} => { service_types => [ up ]`,
          `${hostName(ref)} => { service_types => [ up, web ]`,
        ),
      ),
  };
  return {
    edit: (ref, member, field) => edits[field](ref, member),
    remove: (ref, member) => edit(weights(ref), (text) => text.replace(new RegExp(`^${member} .*\\n`, 'm'), '')),
    add: (ref, member, weight) =>
      edit(
        weights(ref),
        (text) => `${text}${itemLine(hostName(ref), isMember(member) ? member : 'stranger', weight)}\n`,
      ),
    fence: async () => {},
  };
};

/** Everything about a set's files that steer must give back: their text without weights and without steer's own lines. */
export const unmanagedText = async (places: GdnsdPlaces, host: GdnsdHost, ref: SetRef): Promise<Json> => {
  const read = async (path: string): Promise<string> => (await host.read(path, never())) ?? '';
  const weights = await read(resolve(places.configDirectory, 'steer', hostName(ref)));
  const admin = await read(resolve(places.stateDirectory, 'admin_state'));
  return [
    weights.replaceAll(/, \d+ \]/g, ', ? ]'),
    admin.replace(/# steer: begin[\s\S]*# steer: end\n/, ''),
    await read(resolve(places.configDirectory, 'config')),
    await read(resolve(places.configDirectory, 'zones', ref.zone)),
  ];
};

export const addressOf = (ref: SetRef, member: string): string =>
  isMember(member) ? ADDRESS[hostName(ref)][member] : '';

export interface FaultyHost {
  readonly host: GdnsdHost;
  fail(on: 'read' | 'write', fault: WorldFault): void;
  hung(): Promise<void>;
  /** How many writes have ended: each takes its pending file away. */
  landed(): number;
  /** Files written and programs run. */
  requests(): number;
}

const untilAborted = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason);
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });

const systemError = (code: string): Error => Object.assign(new Error(`the disk says ${code}`), { code });

/** A host whose disk fails on demand, before the first or after the last file of a write. */
export const faultyHost = (inner: GdnsdHost): FaultyHost => {
  let onRead: WorldFault | undefined;
  let onWrite: WorldFault | undefined;
  let landed = 0;
  let requests = 0;
  let hang = (): void => {};
  const isHung = new Promise<void>((done) => {
    hang = done;
  });

  const meet = async (fault: WorldFault | undefined, signal: AbortSignal): Promise<void> => {
    if (fault === undefined) return;
    if (fault === 'unauthorised') throw systemError('EACCES');
    if (fault.startsWith('hang')) {
      hang();
      await untilAborted(signal);
    }
    throw systemError('EIO');
  };

  const takeWrite = (moment: 'before' | 'after'): WorldFault | undefined => {
    const fault = onWrite;
    if (fault === undefined || (fault !== 'unauthorised' && !fault.endsWith(moment))) return undefined;
    if (fault !== 'unauthorised') onWrite = undefined;
    return fault;
  };

  const host: GdnsdHost = {
    read: async (path, signal) => {
      const fault = onRead;
      if (fault !== 'unauthorised') onRead = undefined;
      await meet(fault, signal);
      return inner.read(path, signal);
    },
    list: (path, signal) => inner.list(path, signal),
    writeAtomically: async (path, text, signal) => {
      requests += 1;
      await meet(takeWrite('before'), signal);
      await inner.writeAtomically(path, text, signal);
      if (!path.endsWith('steer.pending') || text !== null) return;
      landed += 1;
      await meet(takeWrite('after'), signal);
    },
    control: (action, signal) => {
      requests += 1;
      return inner.control(action, signal);
    },
    exclusively: (work, signal) => inner.exclusively(work, signal),
  };

  return {
    host,
    fail: (on, fault) => {
      if (on === 'read') onRead = fault;
      else onWrite = fault;
    },
    hung: () => isHung,
    landed: () => landed,
    requests: () => requests,
  };
};

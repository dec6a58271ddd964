import type { HostedZone, Route53Api } from './api.ts';
import type { RecordChange } from './batch.ts';
import { type GroupKey, keyText } from './names.ts';
import type { RecordSet } from './record.ts';
import { scanZone } from './scan.ts';

export const canaryName = (zone: HostedZone): string => `_steer-canary.${zone.name}`;

/** Two weighted aliases on the canary's name, each to a record of its own below it. */
export interface AliasCanary {
  readonly name: string;
  readonly targets: readonly RecordSet[];
  readonly aliases: readonly RecordSet[];
  /** What the alias that is to be drained answers, and what the other one does (RFC 5737: addresses that nobody owns). */
  readonly drained: string;
  readonly serving: string;
}

/** `EvaluateTargetHealth` is off: whatever is answered is decided by the weights alone. */
export const aliasCanaryOf = (zone: HostedZone): AliasCanary => {
  const name = canaryName(zone);
  const [drained, serving] = ['192.0.2.1', '192.0.2.2'];
  const targetOf = (member: string, address: string): RecordSet => ({
    Name: `${member}.${name}`,
    Type: 'A',
    TTL: 60,
    ResourceRecords: [{ Value: address }],
  });
  const aliasOf = (member: string): RecordSet => ({
    Name: name,
    Type: 'A',
    SetIdentifier: member,
    Weight: 1,
    AliasTarget: { HostedZoneId: zone.id, DNSName: `${member}.${name}`, EvaluateTargetHealth: false },
  });
  return {
    name,
    targets: [targetOf('drained', drained), targetOf('serving', serving)],
    aliases: [aliasOf('drained'), aliasOf('serving')],
    drained,
    serving,
  };
};

export const del = (record: RecordSet): RecordChange => ({ Action: 'DELETE', ResourceRecordSet: record });
export const create = (record: RecordSet): RecordChange => ({ Action: 'CREATE', ResourceRecordSet: record });

/** The scratch records of one zone: names that only steer uses, and nothing else is ever read or deleted here. */
export interface CanaryZone {
  /** What stands there now, of this check or of an earlier one. */
  held(signal: AbortSignal): Promise<readonly RecordSet[]>;
  /** The id of the change. */
  send(changes: readonly RecordChange[], signal: AbortSignal): Promise<string>;
  /** Deletes whatever is there, aliases before what they point at. */
  clean(signal: AbortSignal): Promise<void>;
}

const COMMENT = 'steer provider check';

export const canaryZone = (api: Pick<Route53Api, 'listRecords' | 'change'>, zone: HostedZone): CanaryZone => {
  const name = canaryName(zone);
  const targets: readonly GroupKey[] = aliasCanaryOf(zone).targets.map((one) => ({ name: one.Name, type: one.Type }));
  const wanted: readonly GroupKey[] = [{ name, type: 'A' }, { name, type: 'TXT' }, ...targets];
  const targetTexts = new Set(targets.map(keyText));
  const isTarget = ({ Name, Type }: RecordSet): boolean => targetTexts.has(keyText({ name: Name, type: Type }));

  const held = async (signal: AbortSignal): Promise<readonly RecordSet[]> => {
    const found = await scanZone(wanted, (start) => api.listRecords(zone.id, start, signal));
    return wanted.flatMap((key) => found.get(keyText(key)) ?? []);
  };
  const send = (changes: readonly RecordChange[], signal: AbortSignal): Promise<string> =>
    api.change(zone.id, changes, COMMENT, signal);
  return {
    held,
    send,
    async clean(signal) {
      const left = await held(signal);
      const parts = [left.filter((record) => !isTarget(record)), left.filter(isTarget)];
      for (const part of parts) if (part.length > 0) await send(part.map(del), signal);
    },
  };
};

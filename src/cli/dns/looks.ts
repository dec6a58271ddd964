import type { RoutingProfile } from '../../domain/record-sets.ts';
import { dnsDiffZones, type TwoZones } from '../../operations/dns/diff-zones.ts';
import { dnsListRecords } from '../../operations/dns/list-records.ts';
import { dnsListZones } from '../../operations/dns/list-zones.ts';
import { dnsPlaces } from '../../operations/dns/places.ts';
import { EXIT } from '../exit-codes.ts';
import { comparedLines, placeLines, recordLines, zoneLines } from '../render/dns-records.ts';
import type { DnsAct } from './dns-run.ts';
import type { Flags } from './flags.ts';

/** A list that may be empty, in one line that says so. */
const orNone = (lines: readonly string[], none: string): readonly string[] => (lines.length === 0 ? [none] : lines);

export const zoneList = (flags: Flags): DnsAct => {
  const [provider, name] = [flags.text('provider'), flags.text('name')];
  return async ({ ask, print }) => {
    const answer = await dnsListZones(ask, provider, name);
    if (!answer.ok) return print.refusal(answer.refusal);
    print.answer(answer.value, () => orNone(zoneLines(answer.value.zones), 'There is no zone.'));
    return EXIT.done;
  };
};

/** `record list`, `geo list`, `weighted list`. */
export const recordList =
  (profile: RoutingProfile['kind'] | null) =>
  (flags: Flags): DnsAct => {
    const where = flags.where();
    const wanted = { name: flags.text('name'), type: flags.text('type'), qualifier: null, profile };
    return async ({ ask, print }) => {
      const answer = await dnsListRecords(ask, where, wanted);
      if (!answer.ok) return print.refusal(answer.refusal);
      print.answer(answer.value, () => orNone(recordLines(answer.value), 'There is no such record set.'));
      return EXIT.done;
    };
  };

/** `record get`, `geo get`, `weighted get`: exit code 1 when there is none. */
export const recordGet =
  (profile: RoutingProfile['kind'] | null, qualifier: 'qualifier' | 'group') =>
  (flags: Flags): DnsAct => {
    const where = flags.where();
    const name = flags.needed('name', 'the name: -n NAME');
    const type = flags.needed('type', 'the type: -t TYPE');
    const wanted = { name, type, qualifier: flags.text(qualifier), profile };
    return async ({ ask, print }) => {
      const answer = await dnsListRecords(ask, where, wanted);
      if (!answer.ok) return print.refusal(answer.refusal);
      if (answer.value.sets.length > 0) {
        print.answer(answer.value, () => recordLines(answer.value));
        return EXIT.done;
      }
      const which = wanted.qualifier === null ? '' : ` ${wanted.qualifier}`;
      return print.problems([`There is no ${name} ${type}${which} in zone ${answer.value.zone.name}`], EXIT.failed);
    };
  };

export const geoTypes = (flags: Flags): DnsAct => {
  const provider = flags.text('provider');
  return async ({ ask, print }) => {
    const answer = await dnsPlaces(ask, provider);
    if (!answer.ok) return print.refusal(answer.refusal);
    const { types, access } = answer.value;
    print.answer({ types, access }, () => [
      ...types,
      ...(access === 'read-only' ? ['(shown only: this account cannot change them)'] : []),
    ]);
    return EXIT.done;
  };
};

export const geoRegions = (flags: Flags): DnsAct => {
  const provider = flags.text('provider');
  return async ({ ask, print }) => {
    const answer = await dnsPlaces(ask, provider);
    if (!answer.ok) return print.refusal(answer.refusal);
    print.answer(answer.value.regions, () => placeLines(answer.value));
    return EXIT.done;
  };
};

export const twoZones = (flags: Flags): TwoZones => ({
  a: flags.word(0) ?? '',
  b: flags.word(1) ?? '',
  zone: flags.needed('zone', 'the zone: -z NAME, or its id at the first account'),
  zoneAtB: flags.text('zoneAtB'),
});

/** `dns diff`: exit code 1 when the zones differ, as `diff` does. */
export const diffZones = (flags: Flags): DnsAct => {
  const two = twoZones(flags);
  return async ({ ask, print }) => {
    const answer = await dnsDiffZones(ask, two);
    if (!answer.ok) return print.refusal(answer.refusal);
    print.answer(answer.value, (style) => comparedLines(answer.value, style));
    return answer.value.differing.length === 0 ? EXIT.done : EXIT.failed;
  };
};

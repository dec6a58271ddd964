import type { Answer } from '../../operations/answer.ts';
import type { DnsAsk } from '../../operations/dns/account.ts';
import { dnsAddPlaces } from '../../operations/dns/add-places.ts';
import { dnsAddValues } from '../../operations/dns/add-values.ts';
import { dnsAddZone } from '../../operations/dns/add-zone.ts';
import { dnsApplyTtl } from '../../operations/dns/apply-ttl.ts';
import { dnsCopyZone } from '../../operations/dns/copy-zone.ts';
import { dnsDeleteSet } from '../../operations/dns/delete-set.ts';
import { dnsDeleteZone } from '../../operations/dns/delete-zone.ts';
import type { Prepared } from '../../operations/dns/prepared.ts';
import { dnsRemoveValues } from '../../operations/dns/remove-values.ts';
import { dnsReplaceValues } from '../../operations/dns/replace-values.ts';
import { dnsSetWeight } from '../../operations/dns/set-weight.ts';
import { dnsUpdateZone } from '../../operations/dns/update-zone.ts';
import { lostLines } from '../render/dns-change.ts';
import { changeDns } from './change.ts';
import type { DnsAct } from './dns-run.ts';
import type { Flags } from './flags.ts';
import { twoZones } from './looks.ts';

type Prepare = (ask: DnsAsk) => Promise<Answer<Prepared>>;

/** Reads what a change needs, then how it is to be applied. */
const changing =
  (read: (flags: Flags) => Prepare) =>
  (flags: Flags): DnsAct => {
    const prepare = read(flags);
    const typed = flags.applying();
    return async (run) => changeDns(run, await prepare(run.ask), typed);
  };

export const zoneAdd = changing((flags) => {
  const name = flags.needed('name', 'the name: -n NAME');
  const wish = { name, ttlSeconds: flags.ttl(flags.text('ttl'), '-t'), email: flags.text('email') };
  const provider = flags.text('provider');
  return (ask) => dnsAddZone(ask, provider, wish);
});

export const zoneUpdate = changing((flags) => {
  const where = flags.where();
  const wish = { ttlSeconds: flags.ttl(flags.text('ttl'), '-t'), email: flags.text('email') };
  return (ask) => dnsUpdateZone(ask, where, wish);
});

export const zoneDelete = changing((flags) => {
  const where = flags.where();
  return (ask) => dnsDeleteZone(ask, where);
});

export const recordAdd = changing((flags) => {
  const [where, set, typed] = [flags.where(), flags.set('qualifier'), flags.values()];
  return (ask) => dnsAddValues(ask, where, set, typed);
});

export const recordReplace = changing((flags) => {
  const [where, set, typed] = [flags.where(), flags.set('qualifier'), flags.values()];
  return (ask) => dnsReplaceValues(ask, where, set, typed);
});

export const recordRemove = changing((flags) => {
  const [where, set, data] = [flags.where(), flags.set('qualifier'), flags.list('data')];
  return (ask) => dnsRemoveValues(ask, where, set, data);
});

export const recordDelete = changing((flags) => {
  const [where, set] = [flags.where(), flags.set('qualifier')];
  return (ask) => dnsDeleteSet(ask, where, set);
});

const applyTtl = (verb: 'record applyttl' | 'geo applyttl', qualifier: 'qualifier' | 'group') =>
  changing((flags) => {
    const [where, set] = [flags.where(), flags.set(qualifier)];
    const ttlSeconds = flags.ttl(flags.word(0), 'The TTL');
    return (ask) => dnsApplyTtl(ask, where, set, ttlSeconds ?? 0, verb);
  });

export const recordApplyTtl = applyTtl('record applyttl', 'qualifier');
export const geoApplyTtl = applyTtl('geo applyttl', 'group');

export const geoAdd = changing((flags) => {
  const [where, set, regions, typed] = [flags.where(), flags.set('group'), flags.regions(), flags.values()];
  return (ask) => dnsAddPlaces(ask, where, set, regions, typed);
});

export const weightedSet = changing((flags) => {
  const [where, set, weight, typed] = [flags.where(), flags.set('needed-qualifier'), flags.weight(), flags.values()];
  return (ask) => dnsSetWeight(ask, where, set, { ...typed, weight });
});

/** `dns copy`: what cannot be carried over is told before anything is sent. */
export const copyZone = (flags: Flags): DnsAct => {
  const two = twoZones(flags);
  const options = { deleteExtra: flags.has('deleteExtra'), withoutTheRest: flags.has('withoutTheRest') };
  const typed = flags.applying();
  return async (run) => {
    const answer = await dnsCopyZone(run.ask, two, options);
    if (!answer.ok) return run.print.refusal(answer.refusal);
    const { plan, prepared } = answer.value;
    run.print.before((style) => lostLines(plan.lost, style));
    const extra = { lost: plan.lost, extra: plan.extra, same: plan.same };
    return changeDns(run, { ok: true, value: prepared }, typed, extra);
  };
};

import { z } from 'zod';
import { sameRecords } from '../../src/domain/set-state.ts';
import type { SetRef } from '../../src/domain/steering.ts';
import { ProviderError } from '../errors.ts';
import { assertSafeChange } from '../set-change.ts';
import { sideBySide } from '../side-by-side.ts';
import type { Landed, SetChange, Steering, ZoneReading } from '../steering.ts';
import type { OciApi } from './api.ts';
import { STEERING_CAPABILITIES } from './capabilities.ts';
import type { Attachment, Policy } from './shapes.ts';
import { type Attached, detailsOf, domainOf, setStateOf, whyUnsteerable } from './translate.ts';

/** Policies of one zone at once; two zones may be read at once. */
const MOST_AT_ONCE = 4;
const ZONES_AT_ONCE = 2;

const KEPT = z.looseObject({ policy: z.looseObject({ id: z.string() }) });

const isOn = ({ zone, name, type }: SetRef, { zoneId, domainName, rtypes }: Attachment): boolean =>
  zoneId === zone && domainOf(domainName) === domainOf(name) && rtypes.includes(type);

const refuse = ({ name, type, zone }: SetRef, why: string): ProviderError =>
  new ProviderError('rejected', `${name} ${type} in ${zone}: ${why}`);

const policyIdOf = ({ ref, expects }: SetChange): string => {
  const ids = expects.members.map(({ kept }) => KEPT.safeParse(kept).data?.policy.id);
  const [first] = ids;
  if (first === undefined) throw refuse(ref, 'its members carry no steering policy of OCI to give back');
  if (ids.every((id) => id === first)) return first;
  throw refuse(ref, 'several steering policies answer for it; keep one attachment of the name');
};

const assertReady = (ref: SetRef, policy: Policy): void => {
  const why = whyUnsteerable(policy, ref.type);
  if (why !== null) throw refuse(ref, `steering policy "${policy.displayName}": ${why}`);
  if (policy.lifecycleState === 'ACTIVE') return;
  if (policy.lifecycleState.startsWith('DELET')) throw refuse(ref, `its steering policy is ${policy.lifecycleState}`);
  throw new ProviderError('busy', `${ref.name}: its steering policy is ${policy.lifecycleState}; ask again later`);
};

/** A policy on several names moves all of them, and only one of them was planned. */
const assertOwn = (ref: SetRef, attachments: readonly Attachment[]): void => {
  const other = attachments.find((attachment) => !isOn(ref, attachment));
  if (other === undefined) return;
  const where = `${other.domainName} in ${other.zoneId}`;
  throw refuse(
    ref,
    `its steering policy is attached to ${where} too, which would move with it; give each name its own`,
  );
};

/**
 * `Steering` over OCI's Traffic Management: a set is the LOAD_BALANCE policy attached to a name. A write reads the policy with
 * its ETag, compares, and puts it back on the condition that the ETag is still the same.
 */
export const ociSteering = (api: OciApi): Steering => {
  const capabilities = STEERING_CAPABILITIES;

  const assertZone = async (zone: string, signal: AbortSignal): Promise<void> => {
    const { id, name } = await api.zone(zone, signal);
    if (id !== zone) throw new ProviderError('rejected', `zone ${zone}: write its OCID, ${id} (${name})`);
  };

  const readZone = async (zone: string, refs: readonly SetRef[], signal: AbortSignal): Promise<ZoneReading> => {
    const attachments = await api.attachments({ zoneId: zone }, signal);
    // A zone that does not exist has no attachments either, and nothing else would say so.
    if (attachments.length === 0) await assertZone(zone, signal);
    const wanted = attachments.filter((attachment) => refs.some((ref) => isOn(ref, attachment)));
    const ids = [...new Set(wanted.map(({ steeringPolicyId }) => steeringPolicyId))];
    const width = Math.max(1, Math.min(MOST_AT_ONCE, Math.floor(api.parallel() / 2)));
    const policies = new Map(
      await sideBySide(ids, width, async (id) => [id, (await api.policy(id, signal)).value] as const),
    );
    const attachedTo = (ref: SetRef): readonly Attached[] =>
      wanted.flatMap((attachment) => {
        const policy = policies.get(attachment.steeringPolicyId);
        return policy !== undefined && isOn(ref, attachment) ? [{ attachment, policy }] : [];
      });
    return { zone, fence: null, sets: refs.map((ref) => setStateOf(ref, attachedTo(ref))) };
  };

  const replaceOne = async (change: SetChange, signal: AbortSignal) => {
    const { ref, expects } = change;
    const left = assertSafeChange(change, capabilities.weight);
    if (!capabilities.drain.includes(change.drain)) {
      throw refuse(ref, `drained by ${change.drain}; OCI drains by its own switch: declare \`drain: state\``);
    }
    const id = policyIdOf(change);
    const attachments = await api.attachments({ steeringPolicyId: id }, signal);
    const { value: policy, etag } = await api.policy(id, signal);
    const attached = attachments.filter((one) => isOn(ref, one)).map((attachment) => ({ attachment, policy }));
    if (!sameRecords(setStateOf(ref, attached), expects)) {
      throw new ProviderError('conflict', `${ref.name} ${ref.type} is not as expected; read it again`);
    }
    assertOwn(ref, attachments);
    assertReady(ref, policy);
    const landed = await api.putPolicy(id, detailsOf(policy, left.members), etag, signal);
    const [attachment] = attached.map((one) => one.attachment);
    if (attachment === undefined || !sameRecords(setStateOf(ref, [{ attachment, policy: landed }]), left)) {
      const message = `${ref.name} ${ref.type} was written, and the answer shows another policy; read it again`;
      throw new ProviderError('unknown-outcome', message);
    }
    return left;
  };

  return {
    capabilities,

    async read(refs, signal) {
      const byZone = [...Map.groupBy(refs, ({ zone }) => zone)];
      return sideBySide(byZone, Math.min(ZONES_AT_ONCE, api.parallel()), ([zone, its]) => readZone(zone, its, signal));
    },

    async replace({ changes, fence }, signal): Promise<Landed> {
      const [change, ...more] = changes;
      if (more.length > 0) {
        const message = `${changes.length} sets in one write; OCI changes one steering policy at a time`;
        throw new ProviderError('too-large', message);
      }
      const sets = change === undefined ? [] : [await replaceOne(change, signal)];
      return { change: null, sets, fence: fence.leaves };
    },

    propagation: async (changes) => new Map(changes.map((change) => [change, 'unknown-change'])),
  };
};

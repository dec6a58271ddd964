import type { Brand } from './brand.ts';

export type RegionId = Brand<string, 'RegionId'>;
export type ServiceId = Brand<string, 'ServiceId'>;
export type SetId = Brand<string, 'SetId'>;
export type PersonId = Brand<string, 'PersonId'>;
export type RunId = Brand<string, 'RunId'>;
export type SignalId = Brand<string, 'SignalId'>;
export type GateId = Brand<string, 'GateId'>;
export type ProviderId = Brand<string, 'ProviderId'>;

/** Thrown by the minting functions: a name that came from a person is parsed (and refused politely) before it gets here. */
export class MalformedName extends Error {
  override readonly name = 'MalformedName';
}

const NAME = /^[A-Za-z0-9][A-Za-z0-9._@:/-]{0,254}$/;

const minted = (kind: string, text: string): string => {
  if (!NAME.test(text)) throw new MalformedName(`"${text}" is no ${kind}: letters, digits and . _ @ : / - only`);
  return text;
};

export const regionId = (text: string): RegionId => minted('region', text) as RegionId;
export const serviceId = (text: string): ServiceId => minted('service', text) as ServiceId;
export const setId = (text: string): SetId => minted('steering set', text) as SetId;
export const personId = (text: string): PersonId => minted('person', text) as PersonId;
export const runId = (text: string): RunId => minted('run', text) as RunId;
export const signalId = (text: string): SignalId => minted('signal', text) as SignalId;
export const gateId = (text: string): GateId => minted('gate', text) as GateId;
export const providerId = (text: string): ProviderId => minted('provider', text) as ProviderId;

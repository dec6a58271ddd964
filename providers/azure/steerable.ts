import type { SetState } from '../../src/domain/steering.ts';
import { ProviderError } from '../errors.ts';
import { endpointKind, endpointsOf, type Profile } from './profile.ts';

const objectionsTo = (profile: Profile, left: SetState): readonly string[] => {
  const { trafficRoutingMethod: method, profileStatus } = profile.properties;
  const endpoints = endpointsOf(profile);
  const nested = endpoints.filter((endpoint) => endpointKind(endpoint).toLowerCase() === 'nestedendpoints');
  const drained = new Set(left.members.filter(({ weight }) => weight === null).map(({ member }) => member));
  const always = endpoints.filter(
    ({ name, properties }) => drained.has(name) && properties.alwaysServe?.toLowerCase() === 'enabled',
  );
  const names = endpoints.map(({ name }) => name);
  const twice = names.filter((name, index) => names.indexOf(name) !== index);
  return [
    ...(method === 'Weighted'
      ? []
      : [`its routing method is ${method}, under which weights move nothing; only Weighted profiles can be steered`]),
    ...(profileStatus === 'Disabled' ? ['it is Disabled and answers nothing; enable it first'] : []),
    ...nested.map(
      ({ name }) => `"${name}" is a nested profile, another layer with a choice of its own; steer that one`,
    ),
    ...always.map(
      ({ name }) =>
        `"${name}" has alwaysServe Enabled, and nobody has shown that it stays away when it is Disabled; turn alwaysServe off to drain it`,
    ),
    ...twice.map((name) => `two endpoints are called "${name}"; give each a name of its own`),
  ];
};

/** Throws `rejected` with every reason why weights of this profile would not do what they say. Reading it is always fine. */
export const assertSteerable = (profile: Profile, left: SetState): void => {
  const objections = objectionsTo(profile, left);
  if (objections.length === 0) return;
  throw new ProviderError('rejected', `Traffic Manager profile ${profile.name}: ${objections.join('; ')}`);
};

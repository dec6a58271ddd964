import { type FakeResponse, json } from '../../fake-kit/wire.ts';
import { FAKE_PROFILE, type FakeEndpoint, type FakeProfile } from './profile-schema.ts';
import { badRequest, Refusal } from './refusal.ts';
import { type FakeGroup, type FakeState, keyOf } from './state.ts';

const healthKey = (profile: string, endpoint: string): string => `${keyOf(profile)}/${keyOf(endpoint)}`;

const monitorStatus = (state: FakeState, profile: string, { name, properties }: FakeEndpoint): string => {
  if (properties.endpointStatus === 'Disabled') return 'Disabled';
  return properties.alwaysServe === 'Enabled'
    ? 'Unmonitored'
    : (state.health.get(healthKey(profile, name)) ?? 'Online');
};

const profileStatus = (statuses: readonly string[], isOff: boolean): string => {
  if (isOff) return 'Disabled';
  const probed = statuses.filter((status) => status !== 'Disabled');
  if (probed.length === 0) return 'Inactive';
  return probed.includes('Degraded') ? 'Degraded' : 'Online';
};

/** As Azure shows a profile: with the name it made and the health it found. */
export const shownProfile = (state: FakeState, scope: string, name: string, profile: FakeProfile): unknown => {
  const { properties } = profile;
  const id = `${scope}/providers/Microsoft.Network/trafficManagerProfiles/${name}`;
  const statuses = properties.endpoints.map((endpoint) => monitorStatus(state, name, endpoint));
  return {
    id,
    name,
    type: 'Microsoft.Network/trafficManagerProfiles',
    location: profile.location,
    ...(profile.tags === undefined ? {} : { tags: profile.tags }),
    properties: {
      ...properties,
      dnsConfig: { ...properties.dnsConfig, fqdn: `${properties.dnsConfig.relativeName}.trafficmanager.net` },
      monitorConfig: {
        ...properties.monitorConfig,
        profileMonitorStatus: profileStatus(statuses, properties.profileStatus === 'Disabled'),
      },
      endpoints: properties.endpoints.map((endpoint, index) => ({
        ...endpoint,
        id: `${id}/${endpoint.type.split('/').at(-1)}/${endpoint.name}`,
        properties: { ...endpoint.properties, endpointMonitorStatus: statuses[index] },
      })),
    },
  };
};

const withoutOutputs = ({ id: _, properties, ...endpoint }: FakeEndpoint): FakeEndpoint => {
  const { endpointMonitorStatus: __, ...rest } = properties;
  return { ...endpoint, properties: rest };
};

/** Throws what Azure would answer to a profile that it does not take. What is Azure's own to say is ignored. */
export const readProfile = (body: unknown): FakeProfile => {
  const read = FAKE_PROFILE.safeParse(body);
  if (!read.success) {
    const [issue] = read.error.issues;
    throw badRequest(`The profile is not valid at ${issue?.path.join('.') || 'its top'}: ${issue?.message}`);
  }
  const { id: _, name: __, type: ___, properties, ...profile } = read.data;
  return { ...profile, properties: { ...properties, endpoints: properties.endpoints.map(withoutOutputs) } };
};

interface ProfileCall {
  readonly method: string;
  readonly scope: string;
  readonly name: string | undefined;
  readonly body: () => unknown;
}

export const answerProfiles = (
  { method, scope, name, body }: ProfileCall,
  state: FakeState,
  group: FakeGroup,
): FakeResponse => {
  if (name === undefined) {
    if (method !== 'GET') throw new Refusal(405, 'MethodNotAllowed', `${method} is not for the list of profiles.`);
    const value = [...group.profiles].map(([key, profile]) => shownProfile(state, scope, key, profile));
    return json(200, { value });
  }
  const held = group.profiles.get(keyOf(name));
  if (method === 'PUT') {
    const profile = readProfile(body());
    group.profiles.set(keyOf(name), profile);
    state.landed += 1;
    return json(held === undefined ? 201 : 200, shownProfile(state, scope, keyOf(name), profile));
  }
  if (method !== 'GET') throw new Refusal(405, 'MethodNotAllowed', `${method} is not for a profile here.`);
  if (held === undefined) {
    throw new Refusal(404, 'ResourceNotFound', `The profile '${name}' under '${group.name}' was not found.`);
  }
  return json(200, shownProfile(state, scope, keyOf(name), held));
};

/**
 * Part of the answers that each endpoint gets, by Traffic Manager's rules: disabled endpoints never, unhealthy ones only when
 * there is no other, what is still being checked like what is healthy.
 */
export const profileAnswers = (state: FakeState, name: string, profile: FakeProfile): Record<string, number> => {
  if (profile.properties.profileStatus === 'Disabled') return {};
  const enabled = profile.properties.endpoints.filter(({ properties }) => properties.endpointStatus === 'Enabled');
  const healthy = enabled.filter((endpoint) => monitorStatus(state, name, endpoint) !== 'Degraded');
  const serving = healthy.length === 0 ? enabled : healthy;
  const total = serving.reduce((sum, { properties }) => sum + properties.weight, 0);
  return Object.fromEntries(serving.map((endpoint) => [endpoint.name, endpoint.properties.weight / total]));
};

export const setHealth = (state: FakeState, profile: string, endpoint: string, status: string): void => {
  state.health.set(healthKey(profile, endpoint), status);
};

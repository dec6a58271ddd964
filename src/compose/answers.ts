import { resolveNs } from 'node:dns/promises';
import type { AskAnswers } from '../../providers/check-report.ts';
import { ProviderError } from '../../providers/errors.ts';
import type { Config, ProviderConfig } from '../domain/config.ts';
import type { SetRef } from '../domain/steering.ts';
import type { Answers } from '../executor/deps.ts';
import { askAuthoritative } from '../health/ask-authoritative.ts';
import { askEach } from '../health/ask-each.ts';
import type { NameServers } from '../operations/deps.ts';
import type { Mount } from './mount.ts';
import { dnsAsker, type World } from './world.ts';

/** Questions for each name after a step: enough to see that a share of a few percent is there, cheap enough for every step. */
const QUERIES = 60;
const TIMEOUT_MS = 1500;

/** The name servers of the closest zone cut above a name; empty where none answers. */
const nameServersOf = async (name: string): Promise<readonly string[]> => {
  const labels = name.split('.').filter((label) => label !== '');
  for (let cut = 0; cut < labels.length - 1; cut += 1) {
    const servers = await resolveNs(labels.slice(cut).join('.')).catch(() => []);
    if (servers.length > 0) return servers.map((server) => `${server}:53`);
  }
  return [];
};

/** `host:port` of the servers that the config names for a provider, or of those that DNS itself names for the zone. */
const serversFor = async (provider: ProviderConfig | undefined, name: string): Promise<readonly string[]> =>
  provider?.nameServers.length ? provider.nameServers : nameServersOf(name);

/** For `steer dns answers`. `world` is the config in force with its accounts open; null while no config is. */
export const nameServersIn = (world: () => Promise<World | null>, mount: Mount): NameServers => ({
  servers: async (provider, name) => {
    const known = provider === null ? null : await world();
    return serversFor(
      known?.config.providers.find((one) => one.provider === provider),
      name,
    );
  },
  ask: (questions, signal) =>
    mount.inFlight('dns answers', () => askEach(questions, TIMEOUT_MS, dnsAsker(mount), signal)),
  steered: async (ref, signal) => {
    const steering = (await world())?.steerings.get(ref.provider);
    if (steering === undefined) throw new ProviderError('not-found', `${ref.provider} is not open`);
    const [reading] = await steering.read([ref], signal);
    const [state] = reading?.sets ?? [];
    if (state === undefined) throw new ProviderError('not-found', `${ref.name} ${ref.type} was not read`);
    return { state, granularity: steering.capabilities.granularity };
  },
});

/** For `provider check`: asks the same servers as a run does after a step. */
export const answersAt =
  (provider: ProviderConfig, mount: Mount): AskAnswers =>
  async (question, signal) => {
    const servers = await serversFor(provider, question.name);
    if (servers.length === 0) return null;
    const asked = { ...question, servers, timeoutMs: TIMEOUT_MS };
    return mount.inFlight('dns answers', () => askAuthoritative(asked, dnsAsker(mount), signal));
  };

/** For a run: what the name servers of a set answer, value by value. */
export const answersFrom = (config: () => Promise<Config | null>, mount: Mount): Answers => ({
  ask: async (ref: SetRef, signal) => {
    const known = await config();
    const provider: ProviderConfig | undefined = known?.providers.find((one) => one.provider === ref.provider);
    const servers = await serversFor(provider, ref.name);
    if (servers.length === 0) return null;
    return mount.inFlight('dns answers', async () => {
      const question = { name: ref.name, type: ref.type, servers, queries: QUERIES, timeoutMs: TIMEOUT_MS };
      const seen = await askAuthoritative(question, dnsAsker(mount), signal);
      const byValue: Record<string, number> = {};
      for (const { data, count } of seen.answers)
        for (const value of data) byValue[value] = (byValue[value] ?? 0) + count;
      return { asked: seen.answered, byValue };
    });
  },
});

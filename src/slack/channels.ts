import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import type { SlackConfig } from '../domain/config.ts';
import type { Clock } from '../ports/clock.ts';
import { Aged } from './aged.ts';

const FRESH_MS = 5 * 60_000;

const CHANNEL = z.object({
  is_ext_shared: z.boolean().optional(),
  is_org_shared: z.boolean().optional(),
  is_shared: z.boolean().optional(),
  is_pending_ext_shared: z.boolean().optional(),
});

/** Knows which channels are shared with people whom this workspace does not choose. */
export class Channels {
  readonly #shared: Aged<{ readonly isShared: boolean }>;

  constructor(client: WebClient, clock: Clock) {
    this.#shared = new Aged(clock, FRESH_MS, async (channel) => {
      const info = CHANNEL.parse((await client.conversations.info({ channel })).channel);
      return { isShared: Object.values(info).some((isSo) => isSo === true) };
    });
  }

  /** Null while nobody could say. */
  async isShared(channel: string, { membershipMaximumAgeMs }: SlackConfig): Promise<boolean | null> {
    return (await this.#shared.get(channel, Math.max(FRESH_MS, membershipMaximumAgeMs)))?.isShared ?? null;
  }
}

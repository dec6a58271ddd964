import { ApiError } from './api-error.ts';

/** How long after an act a view may be opened because of it (https://docs.slack.dev/interactivity/handling-user-interaction). */
const LIFE_MS = 3000;
/** Dead ones are remembered so long, so that the refusal can say what they died of. */
const MEMORY_MS = 60_000;

interface Trigger {
  readonly user: string;
  readonly madeAt: number;
  isUsed: boolean;
}

export interface Triggers {
  make(user: string): string;
  /** Whose act it was. Throws the vendor's refusal: unknown, too late, or used before. Does not use it up. */
  check(id: string): string;
  use(id: string): void;
}

export const createTriggers = (now: () => number, secret: (length: number) => string): Triggers => {
  const triggers = new Map<string, Trigger>();
  const forget = (): void => {
    for (const [id, { madeAt }] of triggers) {
      if (madeAt >= now() - MEMORY_MS) return;
      triggers.delete(id);
    }
  };
  return {
    make: (user) => {
      forget();
      const id = `${Math.floor(now())}.${triggers.size + 1}.${secret(32)}`;
      triggers.set(id, { user, madeAt: now(), isUsed: false });
      return id;
    },
    check: (id) => {
      const trigger = triggers.get(id);
      if (trigger === undefined) throw new ApiError('invalid_trigger_id');
      if (trigger.isUsed) throw new ApiError('exchanged_trigger_id');
      if (now() - trigger.madeAt > LIFE_MS) throw new ApiError('expired_trigger_id');
      return trigger.user;
    },
    use: (id) => {
      const trigger = triggers.get(id);
      if (trigger !== undefined) trigger.isUsed = true;
    },
  };
};

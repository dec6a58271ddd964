import type { Refusal } from '../operations/answer.ts';
import type { Run } from '../run/state.ts';

/** Exit codes of the command line (design section 1). Scripts rely on them; none is ever given another meaning. */
export const EXIT = {
  /** Did what was asked; a proposal made, too. */
  done: 0,
  /** Failed, or there are findings. */
  failed: 1,
  usage: 2,
  /** Refused, denied, expired, void. */
  refused: 3,
  holding: 4,
  /** Stopped, rolled back, interrupted, aborted. */
  endedEarly: 5,
} as const;

export const exitOfRefusal = ({ kind }: Refusal): number => {
  switch (kind) {
    case 'usage':
      return EXIT.usage;
    case 'refused':
      return EXIT.refused;
    case 'unavailable':
      return EXIT.failed;
    case 'declined':
      return EXIT.endedEarly;
  }
};

/** What a watched run has come to; null while it goes on. */
export const exitOfRun = (run: Run): number | null => {
  switch (run.stage) {
    case 'done':
      return EXIT.done;
    case 'failed':
      return EXIT.failed;
    case 'stopped':
      return run.ended?.reason === 'person' || run.ended?.reason === 'rolled-back' ? EXIT.endedEarly : EXIT.refused;
    case 'waiting':
    case 'approved':
    case 'running':
    case 'staying':
      return null;
  }
};

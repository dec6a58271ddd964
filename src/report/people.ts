import { deadBy } from '../run/declared.ts';
import type { Asked, RunEvent } from '../run/events.ts';
import type { Frame, Story } from './frames.ts';
import type { PersonAct } from './report.ts';

type Approval = Extract<RunEvent, { type: 'approval.given' }>['data'];

interface Act {
  readonly did: PersonAct['did'];
  readonly asked: Asked;
  readonly because: string | null;
}

const approvedHow = ({ after }: Frame, { by, solo }: Approval): string | null => {
  if (solo) return 'alone, without a second person';
  const region = deadBy(after, by);
  return region === null ? null : `declares ${region} dead, too`;
};

const actOf = (frame: Frame): Act | null => {
  const { event } = frame;
  switch (event.type) {
    case 'run.proposed':
      return { did: 'proposed', asked: event.data, because: event.data.envelope.request.because };
    case 'approval.given':
      return { did: 'approved', asked: event.data, because: approvedHow(frame, event.data) };
    case 'denial.given':
      return { did: 'denied', asked: event.data, because: event.data.because };
    case 'hold.asked':
      return { did: 'held', asked: event.data, because: event.data.because };
    case 'resume.asked':
      return { did: 'resumed', asked: event.data, because: null };
    case 'stop.asked':
      return { did: 'stopped', asked: event.data, because: event.data.because };
    case 'rollback.asked':
      return { did: 'rolled back', asked: event.data, because: event.data.because };
    default:
      return null;
  }
};

/** Who did what, when and through which door; asks that changed nothing too, with the answer they got. */
export const peopleOf = ({ frames }: Story): readonly PersonAct[] =>
  frames.flatMap((frame): PersonAct[] => {
    const act = actOf(frame);
    if (act === null) return [];
    const { by, door } = act.asked;
    const notesBefore = frame.before?.notes.length ?? 0;
    const answer = frame.after.notes[notesBefore]?.text ?? null;
    return [{ at: frame.event.at, by, door, did: act.did, because: act.because, answer }];
  });

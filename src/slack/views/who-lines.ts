import type { Whoami } from '../../operations/whoami.ts';
import { bold, label, type Said } from './said.ts';

const deeds = (may: Whoami['may']): string => may.map((deed) => deed.replaceAll('-', ' ')).join(', ');

/** Who the reader is to steer, why, and what that lets him do. */
export const whoLines = ({ identity, standing, may }: Whoami): readonly Said[] => {
  const you: Said = [label('You may'), ` ${deeds(may)}.`];
  if (standing.kind === 'unmapped') {
    return [
      [`I don't know you as a person in steer's config, so you can only look: ${standing.because}.`],
      ['An admin can add you there.'],
      you,
    ];
  }
  const { person, role, shared, provenBy } = standing;
  const proof = provenBy === 'one-time-code' ? 'by a one-time code' : `by ${identity}`;
  return [
    [`You are ${person}, known ${proof}, with the role `, bold(role), '.'],
    ...(shared ? [['This identity is shared, so it cannot ask and approve in one run.']] : []),
    you,
  ];
};

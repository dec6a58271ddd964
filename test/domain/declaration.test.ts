import { describe, expect, it } from 'vitest';
import { declarationOf, declarationProblem } from '../../src/domain/declaration.ts';
import { personId, regionId } from '../../src/domain/ids.ts';

const EAST = regionId('us-east-1');
const ASKER = personId('operator-1');
const SECOND = personId('approver-1');
const REQUEST = { verb: 'evacuate', mode: 'emergency', region: EAST, declaresDead: true } as const;

describe('a declaration of death', () => {
  it('rule 12: counts once two people have made it, and is shown before as what it will be', () => {
    expect(declarationOf(REQUEST, ASKER, 'pending')).toEqual({ region: EAST, by: [ASKER], counts: true });
    expect(declarationOf(REQUEST, ASKER, SECOND)).toEqual({ region: EAST, by: [ASKER, SECOND], counts: true });
    expect(declarationOf(REQUEST, ASKER, ASKER)).toEqual({ region: EAST, by: [ASKER], counts: false });
    expect(declarationOf(REQUEST, ASKER, null)).toEqual({ region: EAST, by: [ASKER], counts: false });
  });

  it('rule 6: is of the region that an evacuation leaves, and of nothing else, whoever wrote the request', () => {
    for (const verb of ['shift', 'restore'] as const) {
      expect(declarationOf({ ...REQUEST, verb }, ASKER, SECOND)).toBeNull();
      expect(declarationProblem({ ...REQUEST, verb })).toContain('Only the region that an evacuation leaves');
    }
    expect(declarationOf({ ...REQUEST, mode: 'drill' }, ASKER, SECOND)).toBeNull();
    expect(declarationProblem({ ...REQUEST, mode: 'drill' })).toContain('A drill leaves a region that lives');
    expect(declarationProblem({ ...REQUEST, mode: 'planned' })).toBeNull();
  });

  it('is made by nobody who did not say so', () => {
    const silent = { verb: 'evacuate', mode: 'emergency', region: EAST } as const;

    expect(declarationOf(silent, ASKER, SECOND)).toBeNull();
    expect(declarationProblem({ ...silent, verb: 'restore' })).toBeNull();
  });
});

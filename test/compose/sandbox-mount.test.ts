import { describe, expect, it } from 'vitest';
import { USUAL_POLICY } from '../../providers/resilience.ts';
import { policyAt } from '../../src/compose/sandbox-mount.ts';
import { LIVE_PACE, REAL_PACE } from '../../src/sandbox/pace.ts';

describe("the sandbox's calls", () => {
  it('are tried again at its pace after a control plane was away, and are otherwise those of production', () => {
    expect(policyAt(LIVE_PACE)).toEqual({ ...USUAL_POLICY, breakMs: 1000 });
    expect(policyAt(REAL_PACE)).toEqual(USUAL_POLICY);
  });
});

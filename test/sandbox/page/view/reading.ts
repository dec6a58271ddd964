import type { Reading } from '../../../../src/sandbox/page/view/reading.ts';

/** A Monday, 14:03:20 in UTC, read by somebody in Berlin. */
export const READING: Reading = {
  names: { users: { U1: 'operator' }, channels: { C1: 'ops' }, groups: { S1: 'approvers' } },
  nowMs: Date.UTC(2026, 0, 5, 14, 3, 20),
  tz: 'Europe/Berlin',
};

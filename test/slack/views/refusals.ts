import type { Objection } from '../../../src/domain/objections.ts';
import { WEST } from '../../cli/fixtures.ts';
import { floor } from '../../cli/objection-fixtures.ts';

export const gateUnknown: Objection = {
  code: 'gate-unknown',
  severity: 'refuse',
  value: 'NO_DATA',
  limit: null,
  override: 'admin-and-second-person',
  because: 'checkout: errors@us-west-2 has no data',
  region: WEST,
  mayPass: true,
};
export const impossible: Objection = {
  ...floor,
  code: 'impossible-move',
  value: 2500,
  limit: 10_000,
  because: 'the whole move is impossible now',
};

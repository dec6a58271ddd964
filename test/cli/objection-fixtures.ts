import type { Objection } from '../../src/domain/objections.ts';

export const headroom: Objection = {
  code: 'headroom',
  severity: 'refuse',
  value: 9210,
  limit: 8000,
  override: 'admin-and-second-person',
  because: 'checkout in us-west-2: 92.1 % of what runs there would be used, at most 80 % may',
  mayPass: true,
};
export const floor: Objection = {
  code: 'floor',
  severity: 'refuse',
  value: 4000,
  limit: 5000,
  override: 'nobody',
  because: 'too little healthy capacity of checkout would stay in service',
  mayPass: false,
};
export const ttl: Objection = {
  code: 'ttl-too-long',
  severity: 'warn',
  value: 3600,
  limit: 300,
  override: 'nobody',
  because: 'legacy.example.test. has a TTL of 3600 s: its clients move up to an hour late',
  mayPass: false,
};

/** The names that the sandbox steers, and which address stands for which region. */
export type SandboxName = {
  readonly service: string;
  readonly set: string;
  readonly zone: string;
  readonly name: string;
  readonly type: 'A' | 'AAAA';
  readonly part: number;
};

export const ACCOUNT = '111122223333';

export const ZONES = ['shop.example.', 'api.example.'] as const;

export const NAMES: readonly SandboxName[] = [
  {
    service: 'checkout',
    set: 'checkout-v4',
    zone: 'shop.example.',
    name: 'checkout.shop.example.',
    type: 'A',
    part: 70,
  },
  {
    service: 'checkout',
    set: 'checkout-v6',
    zone: 'shop.example.',
    name: 'checkout.shop.example.',
    type: 'AAAA',
    part: 30,
  },
  { service: 'search', set: 'search-v4', zone: 'shop.example.', name: 'search.shop.example.', type: 'A', part: 100 },
  {
    service: 'catalogue',
    set: 'catalogue-v4',
    zone: 'api.example.',
    name: 'catalogue.api.example.',
    type: 'A',
    part: 100,
  },
];

/** Who calls whom: callers leave first. */
export const CALLS: Readonly<Record<string, readonly string[]>> = { checkout: ['catalogue'], search: ['catalogue'] };

/** Addresses from the ranges that are for documentation (RFC 5737, RFC 3849). */
export const addressOf = (type: 'A' | 'AAAA', regionIndex: number, serviceIndex: number): string =>
  type === 'A'
    ? `192.0.2.${10 * (regionIndex + 1) + serviceIndex}`
    : `2001:db8:${regionIndex + 1}::${serviceIndex + 1}`;

/** Weights on a normal day; Route 53 takes 0 to 255. */
export const weightOf = (share: number): number => Math.round(share * 200);

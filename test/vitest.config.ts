import { defineConfig } from 'vitest/config';

const CONTRACTS = 'test/contracts/**/*.test.ts';
const SCENARIOS = 'test/scenarios/**/*.test.ts';
const REAL = 'test/real/**/*.test.ts';

export default defineConfig({
  test: {
    root: `${import.meta.dirname}/..`,
    restoreMocks: true,
    sequence: { shuffle: true },
    testTimeout: 20_000,
    hookTimeout: 30_000,
    expect: { requireAssertions: true },
    setupFiles: ['test/support/loopback-only.ts'],
    projects: [
      { extends: true, test: { name: 'unit', include: ['test/**/*.test.ts'], exclude: [CONTRACTS, SCENARIOS, REAL] } },
      { extends: true, test: { name: 'contract', include: [CONTRACTS] } },
      { extends: true, test: { name: 'scenario', include: [SCENARIOS], testTimeout: 60_000, hookTimeout: 60_000 } },
      { extends: true, test: { name: 'real', include: [REAL], testTimeout: 60_000 } },
    ],
  },
});

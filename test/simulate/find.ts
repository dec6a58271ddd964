import { simulate } from './simulation.ts';
const kinds = {
  blindWrite: { promises: { conditionalWrite: 'blind', fence: 'native' } },
  noFence: { promises: { conditionalWrite: 'native', fence: 'blind' }, executor: { fences: false } },
  noCommit: { executor: { checksAtCommit: false } },
} as const;
for (const [name, options] of Object.entries(kinds)) {
  const found: number[] = [];
  for (let seed = 1; seed <= 60 && found.length < 3; seed += 1) {
    const o = await simulate(seed, options as never);
    if (o.violations.length > 0) { found.push(seed); console.log(name, seed, o.violations.slice(0, 2).map((v) => `rule ${v.rule}: ${v.what}`)); }
  }
  console.log(name, found);
}

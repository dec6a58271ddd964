import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { wavesOf } from '../../src/planner/waves.ts';
import { fleetConfig } from '../support/fleet-config.ts';

const wavesFor = (calls: Readonly<Record<string, readonly string[]>>): readonly (readonly string[])[] =>
  wavesOf(fleetConfig({ services: Object.keys(calls), dependsOn: calls }).services).map(({ services }) => services);

describe('waves', () => {
  it('lets callers leave before what they call', () => {
    expect(wavesFor({ web: ['cart'], cart: ['stock'], stock: [] })).toEqual([['web'], ['cart'], ['stock']]);
  });

  it('moves services that call each other in a circle as one wave', () => {
    expect(wavesFor({ web: ['a'], a: ['b'], b: ['a', 'end'], end: [] })).toEqual([['web'], ['a', 'b'], ['end']]);
  });

  it('waits with a service for the last of its callers', () => {
    expect(wavesFor({ web: ['deep', 'mid'], mid: ['deep'], deep: [] })).toEqual([['web'], ['mid'], ['deep']]);
  });

  it('puts everything without dependencies into one wave', () => {
    expect(wavesFor({ a: [], b: [], c: [] })).toEqual([['a', 'b', 'c']]);
  });

  it('loses no service and never puts a callee before its caller, whatever the graph', () => {
    const names = ['s0', 's1', 's2', 's3', 's4', 's5'];
    const graph = fc.array(fc.tuple(fc.nat(5), fc.nat(5)), { maxLength: 14 });

    fc.assert(
      fc.property(graph, (edges) => {
        const calls = Object.fromEntries(
          names.map((name, i) => [name, edges.filter(([a, b]) => a === i && b !== i).map(([, b]) => `s${b}`)]),
        );
        const waves = wavesFor(calls);
        const waveOf = (name: string): number => waves.findIndex((wave) => wave.includes(name));
        const reaches = (from: string, to: string, seen: readonly string[] = []): boolean =>
          (calls[from] ?? []).some(
            (next) => next === to || (!seen.includes(next) && reaches(next, to, [...seen, next])),
          );

        expect(waves.flat().toSorted()).toEqual(names);
        for (const caller of names) {
          for (const callee of calls[caller] ?? []) {
            if (reaches(callee, caller)) expect(waveOf(callee)).toBe(waveOf(caller));
            else expect(waveOf(caller)).toBeLessThan(waveOf(callee));
          }
        }
      }),
    );
  });
});

import { describe, expect, it } from 'vitest';
import { storeAdopt, type TakenOver } from '../../src/operations/store-adopt.ts';
import { loadFleet } from '../support/load-fleet.ts';
import { as, desk } from './arrange.ts';

const REQUEST = { because: 'the old host burned', previousHash: 'abc' };

const taken = async (): Promise<TakenOver> => ({
  from: ['store_old'],
  fences: { 'zone-0': { store: 'store_model', epoch: 8 } },
  charges: [],
  epoch: 1,
});

const never = (): Promise<TakenOver> => Promise.reject(new Error('nobody may take over yet'));

describe('adopting a store', () => {
  it('rule 12: is only asked for by the first person, and nothing is taken', async () => {
    const { deps } = await desk();

    const answer = await storeAdopt(deps, as('admin-1'), REQUEST, never);

    expect(answer).toMatchObject({ ok: true, value: { done: false } });
    expect((await loadFleet(deps.journal)).adoption).toMatchObject({ by: 'admin-1', previousHash: 'abc' });
  });

  it('rule 12: is not asked for by less than an admin', async () => {
    const { deps } = await desk();

    const answer = await storeAdopt(deps, as('approver-1'), REQUEST, never);

    expect(answer).toMatchObject({ ok: false, refusal: { kind: 'refused' } });
    expect((await loadFleet(deps.journal)).adoption).toBeNull();
  });

  it('rule 12: is not done by the person who asked', async () => {
    const { deps } = await desk();
    await storeAdopt(deps, as('admin-1'), REQUEST, never);

    const again = await storeAdopt(deps, as('admin-1'), REQUEST, never);

    expect(again).toMatchObject({ ok: false });
  });

  it('is done by a second person, and the journal knows the new markers and where the old chain ended', async () => {
    const { deps, model } = await desk();
    await storeAdopt(deps, as('admin-1'), REQUEST, never);
    await model.store.lease.acquire('adopt', 15_000);

    const done = await storeAdopt(deps, as('approver-1'), REQUEST, taken);

    expect(done).toEqual({ ok: true, value: { done: true, from: ['store_old'], zones: 1, epoch: 1 } });
    const fleet = await loadFleet(deps.journal);
    expect(fleet.adoption).toBeNull();
    expect(fleet.fences.get('zone-0')).toEqual({ store: 'store_model', epoch: 8 });
  });
});

import { describe, expect, it } from 'vitest';
import type { Append, Journal, NewEvent } from '../../src/ports/journal.ts';
import { GENESIS } from '../../src/store/chain.ts';
import type { Store } from '../../src/store/store.ts';
import { MONDAY_MORNING } from '../support/manual-clock.ts';
import type { ArrangedStore } from '../support/stores.ts';

export type ArrangeStore = () => ArrangedStore;

const noted = (text: string): NewEvent => ({ type: 'noted', data: { text } });

const appendOf = (append: Partial<Append>): Append => ({
  stream: 'run_1',
  expectedVersion: 0,
  events: [noted('first')],
  ...append,
});

const never = (): AbortSignal => new AbortController().signal;

const granted = async (store: Store, holder: string): Promise<number> => {
  const held = await store.lease.acquire(holder, 30_000);
  if (held === null) throw new Error(`expected ${holder} to be granted the lease`);
  return held.epoch;
};

const textsIn = async (journal: Journal, stream: string): Promise<unknown[]> =>
  (await journal.read(stream, 0)).map(({ data }) => data);

const streamsAndAppends = (arrange: ArrangeStore): void => {
  it('gives events their position, version, instant and place in the chain', async () => {
    const { clock, open } = arrange();
    const { journal } = open();

    const first = await journal.append(appendOf({ events: [noted('first'), noted('second')] }));
    await clock.advance(5000);
    await journal.append(appendOf({ expectedVersion: 2, events: [noted('third')] }));

    const events = await journal.read('run_1', 0);
    expect(first).toEqual({ ok: true, events: events.slice(0, 2) });
    expect(events.map(({ version }) => version)).toEqual([1, 2, 3]);
    expect(events.map(({ at }) => at - MONDAY_MORNING)).toEqual([0, 0, 5000]);
    expect(events.map(({ previousHash }) => previousHash)).toEqual([GENESIS, events[0]?.hash, events[1]?.hash]);
    expect(events.map(({ position }) => position)).toEqual(
      events.map(({ position }) => position).toSorted((a, b) => a - b),
    );
  });

  it('reads one stream above a version, and nothing of another', async () => {
    const { journal } = arrange().open();
    await journal.append(appendOf({ events: [noted('a'), noted('b'), noted('c')] }));
    await journal.append(appendOf({ stream: 'run_2', events: [noted('other')] }));

    const later = await journal.read('run_1', 1);
    const none = await journal.read('run_3', 0);

    expect(later.map(({ data }) => data)).toEqual([{ text: 'b' }, { text: 'c' }]);
    expect(none).toEqual([]);
  });

  it('reads all streams in the order of appending, a page at a time', async () => {
    const { journal } = arrange().open();
    await journal.append(appendOf({ stream: 'a', events: [noted('1')] }));
    await journal.append(appendOf({ stream: 'b', events: [noted('2'), noted('3')] }));
    await journal.append(appendOf({ stream: 'a', expectedVersion: 1, events: [noted('4')] }));

    const page = await journal.readAll(0, 3);
    const rest = await journal.readAll(page.at(-1)?.position ?? 0, 3);

    expect([...page, ...rest].map(({ data }) => data)).toEqual(['1', '2', '3', '4'].map((text) => ({ text })));
    expect(page).toHaveLength(3);
  });

  it('keeps data as it was handed in, and nobody can change it afterwards', async () => {
    const { journal } = arrange().open();
    const data = { b: [1, 'ü\u0000"', null, true], a: { nested: 0.1 }, __proto_: {} };
    await journal.append(appendOf({ events: [{ type: 'noted', data }] }));

    data.b.push('late');
    const events = await journal.readAll(0, 10);

    expect(events.map((event) => event.data)).toEqual([
      { a: { nested: 0.1 }, b: [1, 'ü\u0000"', null, true], __proto_: {} },
    ]);
  });

  it('gives no reader anything that another reader could have changed', async () => {
    const { open } = arrange();
    const [one, other] = [open().journal, open().journal];
    await one.append(appendOf({ events: [{ type: 'noted', data: { list: [1, 2] } }] }));
    const [event] = await one.read('run_1', 0);

    const isChanged = Reflect.set(Object(Reflect.get(Object(event?.data), 'list')), 0, 99);

    expect(await textsIn(other, 'run_1')).toEqual([{ list: [1, 2] }]);
    expect(isChanged).toBe(!Object.isFrozen(event?.data));
  });

  it.each([
    ['a stream without a name', appendOf({ stream: '' })],
    ['a stream with a blank in its name', appendOf({ stream: 'run 1' })],
    ['an event without a type', appendOf({ events: [{ type: '', data: {} }] })],
    ['a number without JSON', appendOf({ events: [noted('fine'), { type: 'noted', data: Number.NaN }] })],
  ])('refuses %s and writes nothing', async (_, append) => {
    const { journal } = arrange().open();

    const appending = journal.append(append);

    await expect(appending).rejects.toMatchObject({ name: 'StoreError', kind: 'malformed' });
    expect(await journal.readAll(0, 10)).toEqual([]);
  });

  it('has one identity for every process', () => {
    const { open } = arrange();

    expect(open().journal.store).toBe(open().journal.store);
    expect(open().journal.store).not.toBe('');
  });
};

const refusals = (arrange: ArrangeStore): void => {
  it.each([0, 2, 7])('refuses an append that expects version %i of a stream at version 1', async (expectedVersion) => {
    const { journal } = arrange().open();
    await journal.append(appendOf({}));

    const appended = await journal.append(appendOf({ expectedVersion, events: [noted('late')] }));

    expect(appended).toEqual({ ok: false, because: 'moved', stream: 'run_1', version: 1 });
    expect(await textsIn(journal, 'run_1')).toEqual([{ text: 'first' }]);
  });

  it('rule 10: an append is refused when a stream that it has read to the end has moved since, also one that was empty', async () => {
    const { open } = arrange();
    const [executor, door] = [open(), open()];
    await executor.journal.append(appendOf({}));
    await door.journal.append(appendOf({ stream: 'freezes', events: [noted('freeze')] }));

    const intent = appendOf({
      expectedVersion: 1,
      events: [noted('intent')],
      unmoved: [
        { stream: 'config', version: 0 },
        { stream: 'freezes', version: 0 },
      ],
    });
    const raced = await executor.journal.append(intent);
    const again = await executor.journal.append({ ...intent, unmoved: [{ stream: 'freezes', version: 1 }] });

    expect(raced).toEqual({ ok: false, because: 'moved', stream: 'freezes', version: 1 });
    expect(again).toMatchObject({ ok: true });
    expect(await textsIn(door.journal, 'run_1')).toEqual([{ text: 'first' }, { text: 'intent' }]);
  });

  it('rule 3: an append with an old epoch is refused once a newer one has been granted, and an ask without epoch is not', async () => {
    const { clock, open } = arrange();
    const [old, young] = [open(), open()];
    const epoch = await granted(old, 'executor-1');
    await old.journal.append(appendOf({ epoch }));
    await clock.advance(30_000);
    const next = await granted(young, 'executor-2');

    const late = await old.journal.append(appendOf({ expectedVersion: 1, events: [noted('late intent')], epoch }));
    const current = await young.journal.append(
      appendOf({ expectedVersion: 1, events: [noted('intent')], epoch: next }),
    );
    const ask = await old.journal.append(appendOf({ expectedVersion: 2, events: [noted('hold')] }));

    expect(late).toEqual({ ok: false, because: 'superseded', epoch: next });
    expect([current.ok, ask.ok]).toEqual([true, true]);
    expect(await textsIn(old.journal, 'run_1')).toEqual(['first', 'intent', 'hold'].map((text) => ({ text })));
  });

  it('rule 3: who has lost the lease learns that first, whatever else has moved', async () => {
    const { clock, open } = arrange();
    const [old, young] = [open(), open()];
    const epoch = await granted(old, 'executor-1');
    await clock.advance(30_000);
    await granted(young, 'executor-2');
    await young.journal.append(appendOf({}));

    const late = await old.journal.append(appendOf({ epoch }));

    expect(late).toEqual({ ok: false, because: 'superseded', epoch: epoch + 1 });
  });

  it('rule 3: an expired lease that nobody took over still lets its holder finish', async () => {
    const { clock, open } = arrange();
    const store = open();
    const epoch = await granted(store, 'executor-1');
    await clock.advance(3_600_000);

    const appended = await store.journal.append(appendOf({ epoch }));

    expect(appended.ok).toBe(true);
  });

  it('rule 3: an epoch that this store never granted is a failure, and nothing is written', async () => {
    const store = arrange().open();

    const appending = store.journal.append(appendOf({ epoch: 4 }));

    await expect(appending).rejects.toMatchObject({ kind: 'unknown-epoch' });
    expect(await store.journal.readAll(0, 1)).toEqual([]);
  });
};

const tails = (arrange: ArrangeStore): void => {
  it('a wait is over at once when the event exists already', async () => {
    const { journal } = arrange().open();
    await journal.append(appendOf({}));

    expect(await journal.wait(0, 60_000, never())).toBe(true);
  });

  it('a wait hears an append of its own process without any time passing', async () => {
    const { clock, open } = arrange();
    const { journal } = open();
    const waiting = journal.wait(0, 60_000, never());
    await clock.untilSleeping();

    await journal.append(appendOf({}));

    expect(await waiting).toBe(true);
    expect(clock.now()).toBe(MONDAY_MORNING);
    expect(clock.sleepers).toBe(0);
  });

  it('a wait hears an append of another process within a tenth of a second', async () => {
    const { clock, open } = arrange();
    const waiting = open().journal.wait(0, 60_000, never());
    await clock.untilSleeping();

    await open().journal.append(appendOf({}));
    await clock.advance(100);

    expect(await waiting).toBe(true);
  });

  it('a wait on a quiet store ends at its time with false, and not before', async () => {
    const { clock, open } = arrange();
    const ended: boolean[] = [];
    const waiting = open()
      .journal.wait(0, 1000, never())
      .then((moved) => ended.push(moved));
    await clock.untilSleeping();

    await clock.advance(999);
    const early = [...ended];
    await clock.advance(1);
    await waiting;

    expect(early).toEqual([]);
    expect(ended).toEqual([false]);
    expect(clock.sleepers).toBe(0);
  });

  it('a wait that is aborted rejects with the reason and leaves no timer behind', async () => {
    const { clock, open } = arrange();
    const stop = new AbortController();
    const waiting = open().journal.wait(0, 1000, stop.signal);
    const rejected = expect(waiting).rejects.toThrow('shutting down');
    await clock.untilSleeping();

    stop.abort(new Error('shutting down'));

    await rejected;
    expect(clock.sleepers).toBe(0);
  });

  it('a closed store answers nothing any more, and ends its waits', async () => {
    const { clock, open } = arrange();
    const store = open();
    const waiting = store.journal.wait(0, 60_000, never());
    const rejected = expect(waiting).rejects.toMatchObject({ kind: 'closed' });
    await clock.untilSleeping();

    store.close();

    await rejected;
    await expect(store.journal.append(appendOf({}))).rejects.toMatchObject({ kind: 'closed' });
    await expect(store.lease.holder()).rejects.toMatchObject({ kind: 'closed' });
  });
};

/** Every promise of the Journal port, for whichever store `arrange` makes. */
export const journalContract = (name: string, arrange: ArrangeStore): void => {
  describe(`the journal of ${name}`, () => {
    streamsAndAppends(arrange);
    refusals(arrange);
    tails(arrange);
  });
};

import { setInterval as every } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { packageAssetPath } from '../../../src/compose/assets.ts';
import { paintInThread } from '../../../src/slack/live/painter.ts';
import { drawRun } from '../../../src/slack/live/picture-svg.ts';
import { evacuationEnvelope } from '../../support/run-plan.ts';
import { evacuated, onlyProposed, rolledBack } from '../../support/run-stories.ts';

const FILES = {
  wasm: packageAssetPath('@resvg/resvg-wasm/index_bg.wasm'),
  font: packageAssetPath('dejavu-fonts-ttf/ttf/DejaVuSans.ttf'),
};

const END = evacuated().at(-1)?.at ?? 0;

describe('the drawing of a run', () => {
  it('has its colours and letters inside, and tells its numbers to those who cannot see it', () => {
    const drawing = drawRun(evacuated(), END);

    expect(drawing?.svg).not.toContain('var(');
    expect(drawing?.svg).not.toContain('system-ui');
    expect(drawing?.altText).toBe(
      'run_1: evacuate us-east-1, DONE. Shares of checkout: us-east-1 40 %, eu-west-1 30 %, us-west-2 30 % → eu-west-1 50 %, us-west-2 50 %, us-east-1 0 %. Traffic of checkout seen in us-east-1: 40 % → 0.4 %, lowest 0.4 %.',
    );
  });

  it('begins with DRILL where it is one', () => {
    const { request } = evacuationEnvelope();
    const events = evacuated(evacuationEnvelope({ request: { ...request, mode: 'drill' } }));

    expect(drawRun(events, END)?.title).toMatch(/^DRILL run_1/);
  });

  it('writes foreign text as text', () => {
    const { request } = evacuationEnvelope();
    const hostile = { ...request, services: ['<script>x</script>' as never] };

    const drawing = drawRun(evacuated(evacuationEnvelope({ request: hostile })), END);

    expect(drawing?.svg).not.toContain('<script');
  });

  it('is not made of a run that never started', () => {
    expect(drawRun(onlyProposed(), END)).toBeNull();
  });

  it('becomes a PNG in a thread of its own, while this one goes on', async () => {
    let ticks = 0;
    const stop = new AbortController();
    const ticking = (async () => {
      for await (const _ of every(10, null, { signal: stop.signal })) ticks += 1;
    })().catch(() => {});

    const painted = await paintInThread(FILES, rolledBack(), rolledBack().at(-1)?.at ?? 0);
    stop.abort();
    await ticking;

    expect([...(painted?.png.subarray(0, 8) ?? [])]).toEqual([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
    expect(painted?.png.length).toBeGreaterThan(20_000);
    expect(painted?.png.length).toBeLessThan(1_000_000);
    expect(ticks).toBeGreaterThan(5);
  });

  it('that cannot be made is an error, not a bot that has died', async () => {
    const painting = paintInThread({ ...FILES, font: '/nowhere/at-all.ttf' }, evacuated(), END);

    await expect(painting).rejects.toThrow(/ENOENT/);
  });
});

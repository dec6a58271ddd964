import { describe, expect, it } from 'vitest';
import { initialised, type Place, place, warmedUp } from './place.ts';

const ask = (made: Place) =>
  made.say(['--config', made.options.configFile, 'dns', 'answers', 'checkout.shop.example', '--queries', '600']);

describe('steer dns answers in the local world', () => {
  it('asks the name server of the config, and agrees with the vendor about every region', async () => {
    const made = await warmedUp(await initialised(place()));

    const said = await ask(made);

    expect(said.err).toBe('');
    expect(said.out).toContain('600 answers to 600 questions, 1 server');
    for (const [region, share] of [
      ['us-east-1', '40 %'],
      ['us-west-2', '35 %'],
      ['eu-west-1', '25 %'],
    ])
      expect(said.out).toMatch(new RegExp(`${region} .* \\[[#.|]{24}\\] +\\d+ .* ${share}$`, 'm'));
    expect(said.out).toContain('Agrees with sandbox, as steered');
    expect(said.exit).toBe(0);
  });

  it('shows what servers say also while the control plane is down', async () => {
    const made = await warmedUp(await initialised(place()));
    made.sandbox.local.route53.setOutage('unavailable');

    const said = await ask(made);

    expect(said.out).toContain('Not compared: sandbox could not be asked');
    expect(said.out).toContain('600 answers to 600 questions');
    expect(said.exit).toBe(0);
  });
});

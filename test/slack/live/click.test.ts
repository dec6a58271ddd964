import { describe, expect, it } from 'vitest';
import { EAST } from '../../support/fleet-config.ts';
import { OPS, openHouse, runButton, USERS } from '../support/house.ts';

describe('the button Picture', () => {
  it('asks for a drawing, once for a double click, and changes nothing else', async () => {
    const house = await openHouse();
    const run = await house.desk.model.start({ region: EAST });
    const before = await house.types();
    const value = await runButton(house, run);

    await house.click(USERS.viewer, 'steer.picture', value);
    await house.click(USERS.viewer, 'steer.picture', value);

    const asked = await house.desk.deps.journal.read('slack', 0);
    expect(asked.filter(({ type }) => type === 'slack.picture-asked').map(({ data }) => data)).toEqual([{ run }]);
    expect(await house.types()).toEqual(before);
  });

  it.each([USERS.guest, USERS.stranger, USERS.bot])('does nothing for %s', async (user) => {
    const house = await openHouse();
    const run = await house.desk.model.start({ region: EAST });

    await house.click(user, 'steer.picture', await runButton(house, run), { channel: { id: OPS } });

    const asked = await house.desk.deps.journal.read('slack', 0);
    expect(asked.filter(({ type }) => type === 'slack.picture-asked')).toEqual([]);
  });
});

import { describe, expect, it } from 'vitest';
import { ADDRESS } from '../../contracts/steering/gdnsd-files.ts';
import { changeOf, never, weightsOf, writeOf } from '../../contracts/steering/world.ts';
import { ADMIN, API, arrange, CONFIG, readSet, refusal, WWW, WWW_WEIGHTS, write } from './arrange.ts';

const ZONE = '/etc/gdnsd/zones/example.com';
const END_OF_OWN = '# steer: end\n';
const HAND = `${ADDRESS.www.east}/up`;

/** What answers `www`, and what steer says when it shall change that. */
const REFUSED = [
  [
    'a plugin that steer does not model',
    ZONE,
    'weighted!www',
    'geoip!www',
    /is not answered by one resource of the plugin/,
  ],
  ['addresses of the zone itself', ZONE, 'www 60/60 DYNA weighted!www', 'www A 192.0.2.1', /DYNA weighted!NAME/],
] as const;

describe('what steer refuses to write at a gdnsd', () => {
  it.each(REFUSED)('a name that is answered by %s, which still shows', async (_, path, from, to, message) => {
    const { fake, open } = arrange();
    fake.write(path, (fake.read(path) ?? '').replace(from, to));
    const steering = open();

    const state = await readSet(steering);
    const all = Object.fromEntries(state.members.map(({ member }) => [member, 1]));
    const refused = await refusal(write(steering, all));

    expect(state.members).toHaveLength(1);
    expect(refused.kind).toBe('rejected');
    expect(refused.message).toMatch(message);
  });

  it('new weights of a resource whose items stand in the main config, while draining works', async () => {
    const items = `{ east => [ ${ADDRESS.www.east}, 100 ], west => [ ${ADDRESS.www.west}, 100 ] }`;
    const { steering } = arrange([
      [CONFIG, '{ service_types => [ up ], $include{steer/www} }', items],
      [ADMIN, `"${ADDRESS.www.spare}/up" => DOWN\n`, ''],
    ]);

    const refused = await refusal(write(steering, { east: 30 }));
    await write(steering, { east: null });

    expect(refused.kind).toBe('rejected');
    expect(refused.message).toMatch(
      /can only be drained .* put `\$include\{\/etc\/gdnsd\/steer\/www\}` in their place/,
    );
    expect(weightsOf(await readSet(steering))).toEqual({ east: null, west: 100 });
  });

  it('new weights in a file that two resources include', async () => {
    const { steering } = arrange([[CONFIG, 'steer/api', 'steer/www']]);

    const refused = await refusal(write(steering, { east: 30 }));

    expect(refused.message).toMatch(/included more than once/);
  });

  it('rule 1: a drain that gdnsd would ignore because too little stays up', async () => {
    const { steering } = arrange([[CONFIG, 'up_thresh => 0.01', 'up_thresh => 0.5']]);

    const refused = await refusal(write(steering, { east: null }));

    expect(refused.kind).toBe('rejected');
    expect(refused.message).toMatch(
      /weight 100 of 300 would be up, and below 150 \(up_thresh 0\.5\) .* lower `up_thresh` of weighted!www to 0\.01 and load it/,
    );
  });

  it('rule 1: goes by the default of gdnsd where no up_thresh is written', async () => {
    const { steering } = arrange([[CONFIG, 'up_thresh => 0.01', '']]);

    const refused = await refusal(write(steering, { east: null, west: 100 }));

    expect(refused.message).toMatch(/up_thresh 0\.5/);
  });

  it('a drain that a later line of somebody else undoes', async () => {
    const { steering } = arrange([[ADMIN, END_OF_OWN, `${END_OF_OWN}192.0.2.1*/up => UP\n`]]);

    const refused = await refusal(write(steering, { east: null }));

    expect(refused.kind).toBe('rejected');
    expect(refused.message).toMatch(
      /"east" of www\.example\.com\. would be in service after all: the line `192\.0\.2\.1\*\/up => UP` of admin_state is not steer's/,
    );
  });

  it("a drain for which steer would have to write somebody's line a second time", async () => {
    const { steering } = arrange([[ADMIN, '# someone else\n', `# someone else\n${HAND} => UP\n`]]);

    const refused = await refusal(write(steering, { east: null }));

    expect(refused.message).toMatch(/line 2 of admin_state forces 192\.0\.2\.11\/up UP already/);
  });

  it('giving back what somebody else has drained, which shows as drained', async () => {
    const { steering } = arrange([[ADMIN, '# someone else\n', `*${HAND}* => DOWN\n`]]);

    const state = await readSet(steering);
    const refused = await refusal(write(steering, { east: 100 }));
    await write(steering, { west: 50 });

    expect(weightsOf(state)).toEqual({ east: null, west: 100, spare: null });
    expect(refused.message).toMatch(
      /"east" of www\.example\.com\. would be drained after all: the line `\*192\.0\.2\.11\/up\* => DOWN` of admin_state/,
    );
    expect(weightsOf(await readSet(steering))).toEqual({ east: null, west: 50, spare: null });
  });

  it('a drain that would take the same address out of another name, unless both are in the write', async () => {
    const { steering } = arrange([['/etc/gdnsd/steer/api', ADDRESS.api.east, ADDRESS.www.east]]);
    const changes = async () => [
      changeOf(WWW, await readSet(steering, WWW), { east: null }, 'state'),
      changeOf(API, await readSet(steering, API), { east: null }, 'state'),
    ];

    const refused = await refusal(write(steering, { east: null }));
    await steering.replace(writeOf('example.com', await changes()), never());

    expect(refused.message).toMatch(/"east" of weighted!api has the same address and service type/);
    expect(weightsOf(await readSet(steering, API))).toEqual({ east: null, west: 100, spare: null });
  });

  it('a drain of one and the return of another name that have one address', async () => {
    const { steering } = arrange([
      ['/etc/gdnsd/steer/api', ADDRESS.api.spare, ADDRESS.www.spare],
      ['/etc/gdnsd/steer/api', ADDRESS.api.east, '192.0.2.98'],
    ]);
    const changes = [
      changeOf(WWW, await readSet(steering, WWW), { spare: null }, 'state'),
      changeOf(API, await readSet(steering, API), { spare: 100 }, 'state'),
    ];

    const refused = await refusal(steering.replace(writeOf('example.com', changes), never()));

    expect(refused.kind).toBe('rejected');
    expect(refused.message).toMatch(
      /"spare" of www\.example\.com\. would be in service after all: another member of this write has its address/,
    );
  });

  it('a drain of an address that another plugin uses, too', async () => {
    const { steering } = arrange([
      [CONFIG, 'static => { }', `static => { }\n  multifo => { other => { a => ${ADDRESS.www.east} } }`],
    ]);

    const refused = await refusal(write(steering, { east: null }));

    expect(refused.message).toMatch(/another plugin uses 192\.0\.2\.11, too/);
  });

  it('two names of one write that one resource answers', async () => {
    const { steering } = arrange([[ZONE, 'weighted!api', 'weighted!www']]);
    const state = await readSet(steering, WWW);

    const changes = [WWW, API].map((ref) => changeOf(ref, { ...state, set: ref.set }, { east: 30 }, 'state'));
    const refused = await refusal(steering.replace(writeOf('example.com', changes), never()));

    expect(refused.message).toMatch(/weighted!www answers api\.example\.com\. and another name/);
  });

  it('a drain of a member that the running gdnsd has not loaded yet', async () => {
    const { fake, steering } = arrange();
    fake.write(WWW_WEIGHTS, (fake.read(WWW_WEIGHTS) ?? '').replace(ADDRESS.www.east, '192.0.2.99'));

    const refused = await refusal(write(steering, { east: null }));

    expect(refused.message).toMatch(/gdnsd knows no state 192\.0\.2\.99\/up/);
  });

  it('anything while gdnsd does not run', async () => {
    const { fake, steering } = arrange();
    fake.stop();

    const refused = await refusal(write(steering, { east: null }));

    expect(refused.kind).toBe('unavailable');
    expect(fake.read(ADMIN)).toContain(ADDRESS.www.spare);
    expect(fake.read(ADMIN)).not.toContain(HAND);
  });

  it.each([
    [
      'several answers at once',
      'service_types => [ up ], $include{steer/www}',
      'multi = true, $include{steer/www}',
      /multi = true/,
    ],
    ['groups', '{ service_types => [ up ], $include{steer/www} }', '{ east => $include{steer/www} }', /has groups/],
  ])('weights that are no shares: %s', async (_, from, to, message) => {
    const { fake, open } = arrange();
    fake.write(CONFIG, (fake.read(CONFIG) ?? '').replace(from, to));
    const steering = open();

    const state = await readSet(steering);
    const refused = await refusal(write(steering, Object.fromEntries(state.members.map(({ member }) => [member, 5]))));

    expect(refused.kind).toBe('rejected');
    expect(refused.message).toMatch(message);
  });
});

describe('what steer reads of a gdnsd', () => {
  it('a name that stands in an included file is not "without records"', async () => {
    const { fake, steering } = arrange();
    fake.write(ZONE, '$INCLUDE more\n');

    const refused = await refusal(readSet(steering));

    expect(refused.kind).toBe('unreadable');
    expect(refused.message).toMatch(/does not follow its \$INCLUDE/);
  });

  it.each(['../config', '.', ''])('the zone "%s" is no way out of the folder of zones', async (zone) => {
    const { steering } = arrange();

    const refused = await refusal(readSet(steering, { ...WWW, zone }));

    expect(refused.kind).toBe('not-found');
  });

  it('an admin_state that gdnsd ignores is unreadable, because nobody knows what holds', async () => {
    const { fake, steering } = arrange();
    fake.write(ADMIN, `${HAND} => DOWN\n${HAND} => UP\n`);

    expect((await refusal(readSet(steering))).kind).toBe('unreadable');
  });

  it('a service type besides `up` is the health check of the member', async () => {
    const { steering } = arrange([
      [CONFIG, 'www => { service_types => [ up ]', 'www => { service_types => [ up, web ]'],
    ]);

    const state = await readSet(steering);
    await write(steering, { east: null });

    expect(state.members.map(({ healthCheck }) => healthCheck)).toEqual(['web', 'web', 'web']);
    expect(weightsOf(await readSet(steering))).toEqual({ east: null, west: 100, spare: null });
  });
});

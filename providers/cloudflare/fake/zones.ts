import { z } from 'zod';
import { parsedBody, validated } from './balancers.ts';
import { paged, Refusal, succeeded } from './envelope.ts';
import type { Route } from './route.ts';
import { type FakeZone, timeText } from './state.ts';

const NAME = /^([a-zA-Z0-9][-a-zA-Z0-9]*\.)+[-a-zA-Z0-9]{2,20}$/;

const NEW_ZONE = z.strictObject({
  name: z.string().max(253).regex(NAME),
  account: z.strictObject({ id: z.string().max(32) }),
  type: z.enum(['full', 'partial', 'secondary']).optional(),
});

const shownZone = ({ id, name, account }: FakeZone): Record<string, unknown> => ({
  id,
  name,
  account: { id: account, name: 'Example Account' },
  owner: {},
  meta: {},
  development_mode: 0,
  name_servers: ['ada.ns.cloudflare.com', 'bob.ns.cloudflare.com'],
  original_dnshost: null,
  original_name_servers: null,
  original_registrar: null,
  activated_on: timeText(0),
  created_on: timeText(0),
  modified_on: timeText(0),
});

/** `GET /zones` of the description takes 5 to 50 a page. */
const [USUAL_PAGE, LARGEST_PAGE] = [20, 50];

export const zonesRoutes = (newId: () => string): readonly Route[] => [
  {
    method: 'GET',
    path: /^\/zones$/,
    run: ({ world, account, request: { query } }) => {
      if (Number(query['per_page'] ?? USUAL_PAGE) < 5) throw new Refusal(400, 6007, 'per_page must be at least 5');
      const zones = [...world.zones.values()].filter(
        (zone) => zone.account === account && (query['name'] === undefined || zone.name === query['name']),
      );
      return paged(zones.map(shownZone), query, USUAL_PAGE, LARGEST_PAGE);
    },
  },
  {
    method: 'POST',
    path: /^\/zones$/,
    run: ({ world, account, request }) => {
      const wish = validated(NEW_ZONE, parsedBody(request.body), 1097);
      if (wish.account.id !== account) throw new Refusal(403, 9109, 'Unauthorized to access requested resource');
      if ([...world.zones.values()].some(({ name }) => name === wish.name)) {
        throw new Refusal(400, 1061, `${wish.name} already exists`);
      }
      const zone = { id: newId(), account, name: wish.name, balancers: new Map(), records: new Map() };
      world.zones.set(zone.id, zone);
      return succeeded(shownZone(zone));
    },
  },
  {
    method: 'GET',
    path: /^\/zones\/([^/]+)$/,
    run: ({ zone }) => succeeded(shownZone(zone())),
  },
  {
    method: 'DELETE',
    path: /^\/zones\/([^/]+)$/,
    run: ({ world, zone }) => {
      const { id } = zone();
      world.zones.delete(id);
      return succeeded({ id });
    },
  },
];

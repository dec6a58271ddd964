import { z } from 'zod';
import { choice, constant, name, timeOfDay } from '../leaf.ts';
import { person } from './people.ts';
import { notification, provider, store } from './providers.ts';
import { fleetSafety, safety } from './safety.ts';
import { serviceDefaults, serviceInFile, wholeService } from './services.ts';
import { signal } from './signals.ts';
import { slack } from './slack.ts';

/** Sunday is 0. */
export const DAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'] as const;

const changeWindow = z.strictObject({
  days: z.array(choice('A day of the week, UTC.', DAYS)).describe('Days of the week, UTC.'),
  from: timeOfDay('Start, UTC.'),
  to: timeOfDay('End, UTC; after the start. 24:00 is the end of the day.'),
});

const fleetShape = {
  version: constant('Version of this format.', 1),
  fleet: name('Name of the fleet.'),
  regions: z.array(name('A region.')).describe('Regions that traffic can be moved between; at least two.'),
  store: store.describe('Where the journal is kept.'),
  safety: safety.describe('Limits by mode. None has a default.'),
  ...fleetSafety,
  changeWindows: z
    .array(changeWindow)
    .describe(
      'Drills and planned moves happen only inside these. An empty list allows any time and must be written out.',
    ),
  people: z.record(z.string(), person).describe('Who may do what, by name.'),
  notify: z.array(notification).describe('Where steer tells people what happens; [] for nowhere.'),
  slack: slack.optional().describe('The Slack workspace that steer listens to. Left out: none.'),
  providers: z.record(z.string(), provider).describe('Accounts at vendors, by name.'),
  signals: z
    .record(z.string(), signal)
    .describe('What steer measures, by name. One with {region} stands for one signal per region.'),
};

/** `steer.yaml` as people write it; the schema for editors is made from it. */
export const fileSchema = z.strictObject({
  ...fleetShape,
  serviceDefaults: serviceDefaults.optional().describe('What services share; each of them may say otherwise.'),
  services: z.record(z.string(), serviceInFile).describe('Services that steer moves, by name.'),
});

/** The same once serviceDefaults filled the services in. */
export const wholeSchema = z.strictObject({
  ...fleetShape,
  serviceDefaults: serviceDefaults.optional(),
  services: z.record(z.string(), wholeService),
});

export type File = z.output<typeof wholeSchema>;

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { VENDORS } from '../../providers/registry.ts';
import { declaredGrounds } from '../contract-table/grounds.ts';
import { casesIn } from '../contract-table/results.ts';
import { realVendors, suiteLines, vendorRows, vendorTable } from '../contract-table/table.ts';

const root = join(import.meta.dirname, '..', '..');
const readme = readFileSync(join(root, 'README.md'), 'utf8');

describe('the table of vendors', () => {
  it('says in README what the vendors say of themselves, and what their contract ran against', () => {
    const told = readme.split('\n').filter((line) => line.startsWith('| [') && line.includes('](providers/'));

    const rows = vendorTable(vendorRows(declaredGrounds)).split('\n').slice(2);

    expect(told).toEqual(rows);
  });

  it.each(realVendors().map(({ vendor }) => vendor))(
    '%s has a folder with its fake, its quirks and a suite',
    (vendor) => {
      const folder = join(root, 'providers', vendor);

      const missing = ['about.ts', 'index.ts', 'fake.ts', 'README.md'].filter(
        (file) => !existsSync(join(folder, file)),
      );

      expect(missing).toEqual([]);
      expect(existsSync(join(root, 'test', 'contracts', 'steering', `${vendor}.test.ts`))).toBe(true);
    },
  );

  it('has a suite of records for every vendor that has records', () => {
    const without = VENDORS.filter(
      ({ vendor, records }) =>
        records !== null && !existsSync(join(root, 'test', 'contracts', 'records', `${vendor}.test.ts`)),
    );

    expect(without.map(({ vendor }) => vendor)).toEqual([]);
  });

  it('knows every folder of a vendor by one line of the registry', () => {
    const folders = readdirSync(join(root, 'providers'), { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && existsSync(join(root, 'providers', entry.name, 'about.ts')))
      .map(({ name }) => name);

    expect(VENDORS.map(({ vendor }) => vendor).toSorted()).toEqual(folders.toSorted());
  });

  it('reads vendor, variant, port and ground of a case from a run, and leaves other tests out', () => {
    const run = {
      testResults: [
        {
          assertionResults: [
            {
              ancestorTitles: ['route53, proven, as Steering (described)', 'the ttl'],
              title: 'refuses',
              status: 'passed',
            },
            { ancestorTitles: ['gdnsd as Steering (real)'], title: 'reads', status: 'failed' },
            { ancestorTitles: ['gdnsd as Steering (real)'], title: 'writes', status: 'pending' },
            { ancestorTitles: ['on BIND', 'rfc2136, BIND, as Steering (real)'], title: 'reads', status: 'passed' },
            { ancestorTitles: ['some other suite'], title: 'works', status: 'passed' },
          ],
        },
      ],
    };

    const cases = casesIn(JSON.stringify(run));

    expect(cases[0]).toEqual({
      vendor: 'route53',
      variant: 'proven',
      port: 'Steering',
      ground: 'described',
      case: 'the ttl: refuses',
      outcome: 'passed',
    });
    expect(suiteLines(cases)).toEqual([
      { vendor: 'gdnsd', variant: null, port: 'Steering', ground: 'real', passed: 0, failed: 1, leftOut: 1 },
      { vendor: 'rfc2136', variant: 'BIND', port: 'Steering', ground: 'real', passed: 1, failed: 0, leftOut: 0 },
      { vendor: 'route53', variant: 'proven', port: 'Steering', ground: 'described', passed: 1, failed: 0, leftOut: 0 },
    ]);
  });
});

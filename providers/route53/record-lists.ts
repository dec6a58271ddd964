import { ProviderError } from '../errors.ts';
import type { RecordQuery } from '../records.ts';
import type { ListStart, Route53Api } from './api.ts';
import { vendorName } from './escapes.ts';
import { comparableName } from './names.ts';
import type { RecordSet } from './record.ts';
import { scanZone } from './scan.ts';

type ListRecords = Pick<Route53Api, 'listRecords'>['listRecords'];

const startText = (start: ListStart): string => JSON.stringify([start.name, start.type, start.identifier]);

/** From a start on, page by page, as long as `goesOn` likes the last record of a page. */
const listedFrom = async (
  list: (start: ListStart) => ReturnType<ListRecords>,
  from: ListStart,
  goesOn: (record: RecordSet) => boolean,
): Promise<readonly RecordSet[]> => {
  const records: RecordSet[] = [];
  let start: ListStart | null = from;
  while (start !== null) {
    const page: Awaited<ReturnType<ListRecords>> = await list(start);
    records.push(...page.records);
    const last = page.records.at(-1);
    if (page.next !== null && startText(page.next) === startText(start)) {
      throw new ProviderError(
        'unreadable',
        `the list after ${start.name ?? 'the start'} begins with the same record again`,
      );
    }
    start = last === undefined || goesOn(last) ? page.next : null;
  }
  return records;
};

/** Record sets of a zone that a query asks for, in as few pages as the vendor allows; more may come with them. */
export const listRecords = async (
  api: Pick<Route53Api, 'listRecords'>,
  zone: string,
  { name, type }: RecordQuery,
  signal: AbortSignal,
): Promise<readonly RecordSet[]> => {
  const list = (start: ListStart) => api.listRecords(zone, start, signal);
  if (name === undefined) return listedFrom(list, { name: null, type: null, identifier: null }, () => true);
  const its = vendorName(name);
  if (type !== undefined) return [...(await scanZone([{ name: its, type }], list)).values()].flat();
  const records = await listedFrom(
    list,
    { name: its, type: null, identifier: null },
    (last) => comparableName(last.Name) === comparableName(its),
  );
  return records.filter((record) => comparableName(record.Name) === comparableName(its));
};

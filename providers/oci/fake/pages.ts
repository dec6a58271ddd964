import { type FakeRequest, type FakeResponse, json } from '../../fake-kit/wire.ts';
import { invalid } from './errors.ts';

export interface RouteOptions {
  readonly now: () => number;
  readonly pageSize: number;
}

/** One page of a list, the next one named in the header. */
export const pageOf = (
  all: readonly unknown[],
  query: FakeRequest['query'],
  most: number,
  shown: (items: readonly unknown[]) => unknown = (items) => items,
): FakeResponse => {
  const limit = query['limit'] === undefined ? most : Number(query['limit']);
  if (!Number.isInteger(limit) || limit < 1) throw invalid('limit');
  const start = query['page'] === undefined ? 0 : Number(/^page-(\d+)$/.exec(query['page'])?.[1] ?? Number.NaN);
  if (Number.isNaN(start)) throw invalid('page');
  const end = start + Math.min(limit, most);
  return json(200, shown(all.slice(start, end)), end < all.length ? { 'opc-next-page': `page-${end}` } : {});
};

import { type FakeResponse, json } from '../../fake-kit/wire.ts';
import { badRequest } from './refusal.ts';

export interface Paged {
  readonly url: string;
  readonly query: Readonly<Record<string, string>>;
  readonly pageSize: number;
}

const wholeNumber = (text: string | undefined, otherwise: number): number => {
  if (text === undefined) return otherwise;
  if (!/^\d{1,9}$/.test(text)) throw badRequest(`'${text}' is no whole number.`);
  return Number(text);
};

/** One page of a list, and the address of the next one where there is more. */
export const pageOf = (all: readonly unknown[], { url, query, pageSize }: Paged): FakeResponse => {
  const top = Math.min(wholeNumber(query['$top'], pageSize), pageSize);
  const from = wholeNumber(query['$skipToken'], 0);
  const to = from + top;
  const next = `${url}?api-version=${query['api-version']}&$top=${top}&$skipToken=${to}`;
  return json(200, { value: all.slice(from, to), ...(to < all.length ? { nextLink: next } : {}) });
};

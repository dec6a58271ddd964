import { z } from 'zod';
import { ProviderError } from '../errors.ts';
import type { HttpRequest } from '../http.ts';
import type { HttpAccount } from '../http-account.ts';

/** One page of a list of Resource Manager. */
const pageSchema = <T extends z.ZodType>(item: T) =>
  z.looseObject({ value: z.array(item), nextLink: z.string().nullish() });

export interface ListCall<T extends z.ZodType> {
  readonly action: string;
  readonly zone: string | null;
  readonly request: HttpRequest;
  readonly item: T;
  /** Where every page must lie: the token goes nowhere else, whatever an answer says. */
  readonly endpoint: string;
}

const nextRequest = (request: HttpRequest, link: string, endpoint: string): HttpRequest => {
  const next = URL.canParse(link) ? new URL(link) : null;
  if (next !== null && next.origin === new URL(endpoint).origin) return { ...request, url: link };
  throw new ProviderError('unreadable', `azure: the address of the next page, ${link}, is not at ${endpoint}`);
};

/** All items of a list, page by page. Throws `unreadable` when a page leads elsewhere or back to one that was read. */
export const everyPage = async <T extends z.ZodType>(
  account: HttpAccount,
  { action, zone, request, item, endpoint }: ListCall<T>,
  signal: AbortSignal,
): Promise<readonly z.infer<T>[]> => {
  const schema = pageSchema(item);
  const seen = new Set<string>();
  const items: z.infer<T>[] = [];
  let page: HttpRequest | null = request;
  while (page !== null) {
    if (seen.has(page.url)) throw new ProviderError('unreadable', `azure ${action}: its pages lead in a circle`);
    seen.add(page.url);
    const answer: z.infer<typeof schema> = await account.call(
      { action, zone, request: page, changes: false, schema },
      signal,
    );
    items.push(...answer.value);
    const link: string | null | undefined = answer.nextLink;
    page = link === null || link === undefined || link === '' ? null : nextRequest(request, link, endpoint);
  }
  return items;
};

import { type FakeResponse, json } from '../../fake-kit/wire.ts';

/** A refusal in the vendor's envelope. Codes below 1000 do not exist. */
export class Refusal extends Error {
  readonly status: number;
  readonly code: number;

  constructor(status: number, code: number, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

export const refused = (status: number, code: number, message: string): FakeResponse =>
  json(status, { success: false, errors: [{ code, message }], messages: [], result: null });

export const succeeded = (result: unknown, info?: Readonly<Record<string, number>>): FakeResponse =>
  json(200, { success: true, errors: [], messages: [], result, ...(info === undefined ? {} : { result_info: info }) });

const positive = (text: string | undefined, usual: number, most: number, what: string): number => {
  if (text === undefined) return usual;
  const value = Number(text);
  if (Number.isInteger(value) && value >= 1 && value <= most) return value;
  throw new Refusal(400, 6007, `${what} must be between 1 and ${most}`);
};

/** One page of a list; `usual` is how many a page holds when nobody says. */
export const paged = (
  rows: readonly unknown[],
  query: Readonly<Record<string, string>>,
  usual: number,
  most: number,
): FakeResponse => {
  const page = positive(query['page'], 1, Number.MAX_SAFE_INTEGER, 'page');
  const perPage = positive(query['per_page'], usual, most, 'per_page');
  const result = rows.slice((page - 1) * perPage, page * perPage);
  return succeeded(result, {
    page,
    per_page: perPage,
    count: result.length,
    total_count: rows.length,
  });
};

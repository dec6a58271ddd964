import { z } from 'zod';
import type { HttpResponse } from '../http.ts';
import type { ReadFailure } from '../http-account.ts';

const SAID = z.object({ message: z.string() });

const bodyOf = (response: HttpResponse): unknown => {
  try {
    return JSON.parse(response.body);
  } catch {
    return null;
  }
};

/** NS1 says no with `{message}` and a status; the status decides, the text is only shown. */
export const ns1Failure: ReadFailure = (response) => {
  const said = SAID.safeParse(bodyOf(response));
  return said.success ? { message: said.data.message } : null;
};

import { type FakeResponse, json } from '../../fake-kit/wire.ts';

/** How Cloud DNS says no. Thrown inside the fake, an answer at its edge. */
export class Refusal extends Error {
  readonly status: number;
  readonly reason: string;

  constructor(status: number, reason: string, message: string) {
    super(message);
    this.status = status;
    this.reason = reason;
  }
}

const STATUS: Readonly<Record<number, string>> = {
  400: 'INVALID_ARGUMENT',
  401: 'UNAUTHENTICATED',
  403: 'PERMISSION_DENIED',
  404: 'NOT_FOUND',
  409: 'ALREADY_EXISTS',
  412: 'FAILED_PRECONDITION',
  429: 'RESOURCE_EXHAUSTED',
  503: 'UNAVAILABLE',
};

export const errorAnswer = (code: number, reason: string, message: string): FakeResponse =>
  json(code, {
    error: { code, message, errors: [{ message, domain: 'global', reason }], status: STATUS[code] ?? 'UNKNOWN' },
  });

export const answerOf = ({ status, reason, message }: Refusal): FakeResponse => errorAnswer(status, reason, message);

import { type FakeResponse, json } from '../../fake-kit/wire.ts';

/** How OCI says no. Thrown inside the fake, an answer at its edge. */
export class Refusal extends Error {
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

export const errorAnswer = (status: number, code: string, message: string): FakeResponse =>
  json(status, { code, message }, { 'opc-request-id': 'fake-request' });

export const answerOf = ({ status, code, message }: Refusal): FakeResponse => errorAnswer(status, code, message);

export const invalid = (message: string): Refusal => new Refusal(400, 'InvalidParameter', message);

/** Oracle does not tell what is missing from what may not be seen. */
export const missing = (what: string): Refusal =>
  new Refusal(404, 'NotAuthorizedOrNotFound', `Authorization failed or requested resource not found: ${what}`);

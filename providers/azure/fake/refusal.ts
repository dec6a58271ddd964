import { type FakeResponse, json } from '../../fake-kit/wire.ts';

/** What Resource Manager says no with. Thrown inside the fake, answered at its door. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

export const armError = (
  status: number,
  code: string,
  message: string,
  headers: Readonly<Record<string, string>> = {},
): FakeResponse => json(status, { error: { code, message } }, headers);

export const badRequest = (message: string): Refusal => new Refusal(400, 'BadRequest', message);

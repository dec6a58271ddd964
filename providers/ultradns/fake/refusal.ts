import { type FakeResponse, json } from '../../fake-kit/wire.ts';

/** What the vendor says no with; thrown inside the fake, answered at its edge. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly status: number;
  readonly code: number;

  constructor(status: number, code: number, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }

  /** Most errors come as a list, those of the login as one object. */
  answer(): FakeResponse {
    const error = { errorCode: this.code, errorMessage: this.message };
    return json(this.status, this.code >= 60001 && this.code <= 60018 ? error : [error]);
  }
}

export const invalid = (what: string): Refusal => new Refusal(400, 53005, `Invalid input: ${what}`);
export const notFound = (): Refusal => new Refusal(404, 70002, 'Data not found.');
export const noZone = (): Refusal => new Refusal(404, 1801, 'Zone does not exist in the system.');

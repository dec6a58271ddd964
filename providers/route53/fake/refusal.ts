/** A refusal in the vendor's own words: the code a client branches on, the HTTP status, the text. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly code: string;
  readonly status: number;

  constructor(code: string, status: number, message: string) {
    super(message);
    this.code = code;
    this.status = status;
  }
}

export const invalidInput = (message: string): Refusal => new Refusal('InvalidInput', 400, message);

/** All errors of one batch as the one text that the service sends: `[first, second]`. */
export const invalidChangeBatch = (messages: readonly string[]): Refusal =>
  new Refusal('InvalidChangeBatch', 400, `[${messages.join(', ')}]`);

export const noSuchHostedZone = (id: string): Refusal =>
  new Refusal('NoSuchHostedZone', 404, `No hosted zone found with ID: ${id}`);

export const noSuchHealthCheck = (id: string): Refusal =>
  new Refusal('NoSuchHealthCheck', 404, `No health check exists with the specified ID: ${id}`);

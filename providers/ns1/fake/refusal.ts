/** What NS1 says no with: a status and a sentence. Thrown inside the fake, answered at its door. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

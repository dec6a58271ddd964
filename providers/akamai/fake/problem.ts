import { type FakeResponse, json } from '../../fake-kit/wire.ts';

/** A refusal as the vendor's problem document. `kind` ends its `type`. */
export class Problem extends Error {
  readonly status: number;
  readonly kind: string;
  readonly details: readonly string[];

  constructor(status: number, kind: string, title: string, details: readonly string[] = []) {
    super(title);
    this.status = status;
    this.kind = kind;
    this.details = details;
  }
}

const PREFIX = 'https://problems.luna.akamaiapis.net/config-gtm/v1';

export const problem = ({ status, kind, message, details }: Problem): FakeResponse =>
  json(
    status,
    {
      status,
      title: message,
      type: `${PREFIX}/${kind}`,
      ...(details.length === 0
        ? {}
        : { errors: details.map((detail) => ({ title: message, detail, type: `${PREFIX}/${kind}` })) }),
    },
    { 'content-type': 'application/api-problem+json' },
  );

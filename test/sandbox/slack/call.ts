import { SANDBOX_WORKSPACE } from '../../../src/sandbox/slack/seed.ts';
import type { SlackWorkspace } from '../../../src/sandbox/slack/workspace.ts';
import type { WireResponse } from '../../../src/sandbox/wire.ts';

const { botToken } = SANDBOX_WORKSPACE.app;

export interface Called {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly ok: boolean;
  readonly error?: string;
  readonly [field: string]: unknown;
}

const read = (answer: WireResponse): Called => ({
  ...JSON.parse(answer.body),
  status: answer.status,
  headers: answer.headers,
});

/** Posts bytes to the workspace as a client would. */
export const send = async (
  workspace: SlackWorkspace,
  path: string,
  body: string,
  headers: Record<string, string> = {},
): Promise<WireResponse> => {
  const answer = await workspace.handle({ method: 'POST', path, query: {}, headers, body });
  if (typeof answer === 'string') throw new TypeError(`the workspace answered with ${answer}`);
  return answer;
};

/** One call of the Web API with a form, as the SDK makes it: structures as JSON text inside. */
export const call = async (
  workspace: SlackWorkspace,
  method: string,
  args: Readonly<Record<string, unknown>> = {},
  token: string = botToken,
): Promise<Called> => {
  const fields = Object.entries(args).map(([name, value]): [string, string] => [
    name,
    typeof value === 'object' ? JSON.stringify(value) : String(value),
  ]);
  return read(
    await send(workspace, `/api/${method}`, new URLSearchParams(fields).toString(), {
      'content-type': 'application/x-www-form-urlencoded',
      ...(token === '' ? {} : { authorization: `Bearer ${token}` }),
    }),
  );
};

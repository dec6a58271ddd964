import type { FetchFunction } from '@slack/web-api';

export interface ApiCall {
  readonly method: string;
  readonly args: Readonly<Record<string, unknown>>;
}

export interface ApiUser {
  readonly id: string;
  readonly team_id: string;
  readonly is_bot?: boolean;
  readonly deleted?: boolean;
  readonly is_restricted?: boolean;
  readonly is_ultra_restricted?: boolean;
  readonly is_stranger?: boolean;
}

export const TEAM = 'T0HOME';
export const ENDPOINT = 'http://127.0.0.1:9/api/';

/** Structured arguments travel as JSON in a form. */
const json = (text: string): unknown => {
  if (!/^[[{]/.test(text)) return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
};

/** The methods that the listeners call, answered in this process: enough to see what a person would be told. */
export class SlackApi {
  readonly calls: ApiCall[] = [];
  readonly users = new Map<string, ApiUser>();
  readonly groups = new Map<string, readonly string[]>();
  readonly shared = new Set<string>();
  /** Methods that fail, by the error they answer with; `hang` never answers. */
  readonly failing = new Map<string, string>();
  #views = 0;

  readonly fetch: FetchFunction = async (input, init) => {
    const url = new URL(String(input));
    const method = url.pathname.startsWith('/api/') ? url.pathname.slice('/api/'.length) : 'response_url';
    const text = typeof init?.body === 'string' ? init.body : String(init?.body ?? '');
    const args =
      method === 'response_url'
        ? (JSON.parse(text) as Record<string, unknown>)
        : Object.fromEntries([...new URLSearchParams(text)].map(([name, value]) => [name, json(value)]));
    this.calls.push({ method, args });
    const error = this.failing.get(method) ?? this.failing.get('*');
    if (error === 'hang') return new Promise<Response>(() => {});
    const body = error === undefined ? this.#answer(method, args) : { ok: false, error };
    return new Response(JSON.stringify(body), {
      status: method === 'response_url' && error !== undefined ? 500 : 200,
      headers: { 'content-type': 'application/json' },
    });
  };

  of(method: string): readonly ApiCall[] {
    return this.calls.filter((call) => call.method === method);
  }

  /** Every answer to a person, oldest first, as one text each. */
  told(): readonly string[] {
    return this.calls
      .filter(({ method }) => ['response_url', 'chat.postEphemeral', 'chat.postMessage'].includes(method))
      .map(({ args }) => JSON.stringify(args));
  }

  /** The newest state of the modal that was opened or updated last. */
  modal(): { readonly id: string; readonly metadata: string; readonly text: string } {
    const last = this.calls.findLast(({ method }) => method === 'views.open' || method === 'views.update');
    const view = (last?.args['view'] ?? {}) as { private_metadata?: string };
    return { id: `V${this.#views}`, metadata: view.private_metadata ?? '', text: JSON.stringify(view) };
  }

  #answer(method: string, args: Readonly<Record<string, unknown>>): Record<string, unknown> {
    switch (method) {
      case 'users.info': {
        const user = this.users.get(String(args['user']));
        return user === undefined ? { ok: false, error: 'user_not_found' } : { ok: true, user };
      }
      case 'usergroups.users.list':
        return { ok: true, users: this.groups.get(String(args['usergroup'])) ?? [] };
      case 'conversations.info': {
        const id = String(args['channel']);
        return { ok: true, channel: { id, is_ext_shared: this.shared.has(id), is_org_shared: false } };
      }
      case 'views.open':
        this.#views += 1;
        return { ok: true, view: { id: `V${this.#views}`, hash: '1.a' } };
      default:
        return { ok: true };
    }
  }
}

import type { State } from './state.ts';

const SPECIAL: ReadonlySet<string> = new Set(['here', 'channel', 'everyone']);
/** A host name as Slack's client finds it in typed text. */
const HOST =
  /(^|\s)((?:https?:\/\/)?(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+(?:com|net|org|io|dev|test))(?=$|[\s,;!?])/gi;

const linkOf = (host: string): string => {
  const url = /^https?:/i.test(host) ? host : `http://${host}`;
  return url === host ? `<${url}>` : `<${url}|${host}>`;
};

const escapeMarkup = (text: string): string => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');

const mentionOf = (state: State, name: string): string | null => {
  const user = [...state.users.values()].find((one) => one.name === name);
  if (user !== undefined) return `<@${user.id}>`;
  const group = [...state.groups].find(([, { handle }]) => handle === name);
  if (group !== undefined) return `<!subteam^${group[0]}>`;
  return SPECIAL.has(name) ? `<!${name}>` : null;
};

/**
 * What a person typed, as the client sends it: control characters escaped, `@name` and `#channel` turned into
 * mentions, host names into links (https://docs.slack.dev/messaging/formatting-message-text). `<@U…>` of a member is
 * taken as the mention that it stands for, so that a caller need not know names; nothing else in brackets is.
 */
export const encodeTyped = (state: State, typed: string): string => {
  const named = typed.replace(/<@(U\w+)>/g, (whole, id: string) => {
    const user = state.users.get(id);
    return user === undefined ? whole : `@${user.name}`;
  });
  return escapeMarkup(named)
    .replace(/(^|\s)@([\w.-]*\w)/g, (whole, before: string, name: string) => {
      const mention = mentionOf(state, name);
      return mention === null ? whole : `${before}${mention}`;
    })
    .replace(/(^|\s)#([\w.-]*\w)/g, (whole, before: string, name: string) => {
      const channel = [...state.channels.values()].find((one) => one.directWith === null && one.name === name);
      return channel === undefined ? whole : `${before}<#${channel.id}|${channel.name}>`;
    })
    .replace(HOST, (_whole, before: string, host: string) => `${before}${linkOf(host)}`);
};

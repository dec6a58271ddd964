import type { Looking, TrafficPoint, WorkspaceShown, WorldShown } from '../types.ts';

export interface StreamEvents {
  readonly workspace: (shown: WorkspaceShown) => void;
  readonly world: (shown: WorldShown) => void;
  readonly history: (points: readonly TrafficPoint[]) => void;
  readonly connected: (isConnected: boolean) => void;
}

/** What the server tells; it is this page's own server, so its types are taken at their word. */
const listen = <T>(source: EventSource, name: string, tell: (value: T) => void): void =>
  source.addEventListener(name, (event: MessageEvent<string>) => tell(JSON.parse(event.data)));

/** Opens the stream for one look at the workspace; the browser reconnects by itself. Gives how to end it. */
export const openStream = ({ as, channel, thread }: Looking, events: StreamEvents): (() => void) => {
  const query = new URLSearchParams({ as, channel });
  if (thread !== null) query.set('thread', thread);
  const source = new EventSource(`/events?${query}`);
  listen(source, 'workspace', events.workspace);
  listen(source, 'world', events.world);
  listen(source, 'history', events.history);
  source.addEventListener('open', () => events.connected(true));
  source.addEventListener('error', () => events.connected(false));
  return () => source.close();
};

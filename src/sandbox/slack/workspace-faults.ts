import type { CallFaults } from './call-faults.ts';
import type { Dispatch } from './delivery/dispatch.ts';
import type { SocketHub } from './delivery/socket-hub.ts';
import type { WorkspaceFaults } from './types.ts';

/** What the switches of the workspace work on. */
export interface Switches {
  readonly calls: CallFaults;
  readonly hub: SocketHub;
  readonly dispatch: Dispatch;
  readonly setOut: (isOut: boolean) => void;
}

export const createWorkspaceFaults = ({ calls, hub, dispatch, setOut }: Switches): WorkspaceFaults => ({
  rateLimit: (method, times, retryAfterSeconds) => calls.add(method, times, { kind: 'rate-limit', retryAfterSeconds }),
  fail: (method, times, error) => calls.add(method, times, { kind: 'fail', error }),
  slow: (method, times, ms) => calls.add(method, times, { kind: 'slow', ms }),
  breakHttp: (method, times, status) => calls.add(method, times, { kind: 'http', status }),
  outage: (isOut) => {
    setOut(isOut);
    if (isOut) hub.drop();
  },
  refresh: hub.refresh,
  dropSockets: hub.drop,
  duplicate: dispatch.duplicate,
  reorder: dispatch.reorder,
  clear: () => {
    setOut(false);
    calls.clear();
    dispatch.clear();
  },
});

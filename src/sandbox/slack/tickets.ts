/** A WebSocket address is good for one connection, and not for long. */
const LIFE_MS = 30_000;

/** The tickets in the addresses that `apps.connections.open` gives. */
export interface Tickets {
  make(): string;
  /** True once, while the ticket lives. */
  redeem(ticket: string): boolean;
}

export const createTickets = (now: () => number, uuid: () => string): Tickets => {
  const made = new Map<string, number>();
  return {
    make: () => {
      for (const [ticket, at] of made) if (now() - at > LIFE_MS) made.delete(ticket);
      const ticket = uuid();
      made.set(ticket, now());
      return ticket;
    },
    redeem: (ticket) => {
      const at = made.get(ticket);
      made.delete(ticket);
      return at !== undefined && now() - at <= LIFE_MS;
    },
  };
};

/** What stands in the log where nobody gave a reason for an ask that must not wait for one. */
export const NO_REASON = 'no reason given';

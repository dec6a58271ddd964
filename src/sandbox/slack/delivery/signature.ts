import { createHmac } from 'node:crypto';

/**
 * The headers that prove a request to be Slack's
 * (https://docs.slack.dev/authentication/verifying-requests-from-slack): `v0=` and the HMAC-SHA256 of
 * `v0:<seconds>:<body>`.
 *
 * @param seconds since 1970; a test may lie
 */
export const signatureHeaders = (signingSecret: string, body: string, seconds: number): Record<string, string> => ({
  'x-slack-request-timestamp': String(seconds),
  'x-slack-signature': `v0=${createHmac('sha256', signingSecret).update(`v0:${seconds}:${body}`).digest('hex')}`,
});

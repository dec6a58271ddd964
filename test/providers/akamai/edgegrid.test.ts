import { describe, expect, it } from 'vitest';
import { edgeGridHeader, edgeGridTime } from '../../../providers/akamai/edgegrid.ts';

/**
 * Inputs and signatures of the vendor's own Python client (github.com/akamai/AkamaiOPEN-edgegrid-python,
 * akamai/edgegrid/test/testdata.json and testcases.json, read in November 2026).
 */
const CREDENTIALS = {
  clientToken: 'akab-client-token-xxx-xxxxxxxxxxxxxxxx',
  clientSecret: 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx=',
  accessToken: 'akab-access-token-xxx-xxxxxxxxxxxxxxxx',
};
const MOMENT = { nowMs: Date.UTC(2014, 2, 21, 19, 34, 21), nonce: 'nonce-xx-xxxx-xxxx-xxxx-xxxxxxxxxxxx' };
const HOST = 'https://akaa-baseurl-xxxxxxxxxxx-xxxxxxxxxxxxx.luna.akamaiapis.net';
const MAX_BODY = 2048;

const headerOf = (method: string, path: string, body: string | null = null): string =>
  edgeGridHeader({ method, url: `${HOST}${path}`, body }, CREDENTIALS, MOMENT, MAX_BODY);

describe('an EdgeGrid signature', () => {
  it.each([
    ['a GET', 'GET', '/', null, 'tL+y4hxyHxgWVD30X3pWnGKHcPzmrIF+LThiAOhMxYU='],
    ['a GET with a query', 'GET', '/testapi/v1/t1?p1=1&p2=2', null, 'hKDH1UlnQySSHjvIcZpDMbQHihTQ0XyVAKZaApabdeA='],
    [
      'a GET with numbers in the query',
      'GET',
      '/testapi/v1/configs/111?from=12345&limit=200000',
      null,
      'XM+hsuSs6nuy/5eDRty1IjtVCAdr8xPFRAZ/b8RXDm8=',
    ],
    [
      'a GET with separators in the path',
      'GET',
      '/testapi/v1/configs/111;222;333?from=12345&limit=200000',
      null,
      'pmQF7Is2+O4r/mMojPR4yeF58BrempNNoBX5/DT0Fxs=',
    ],
    ['a POST', 'POST', '/testapi/v1/t3', 'data'.repeat(8), 'hXm4iCxtpN22m4cbZb4lVLW5rhX8Ca82vCFqXzSTPe4='],
    ['a POST without a body', 'POST', '/testapi/v1/t6', '', '1gEDxeQGD5GovIkJJGcBaKnZ+VaPtrc4qBUHixjsPCQ='],
    [
      'a POST as long as is signed',
      'POST',
      '/testapi/v1/t3',
      'd'.repeat(2048),
      '6Q6PiTipLae6n4GsSIDTCJ54bEbHUBp+4MUXrbQCBoY=',
    ],
    ['a longer POST', 'POST', '/testapi/v1/t3', 'd'.repeat(2049), '6Q6PiTipLae6n4GsSIDTCJ54bEbHUBp+4MUXrbQCBoY='],
    [
      'a PUT, whose body is not signed',
      'PUT',
      '/testapi/v1/t6',
      'PPPPPPPPPPPPPPPPPPPPPPPPPPPPPPP',
      'GNBWEYSEWOLtu+7dD52da2C39aX/Jchpon3K/AmBqBU=',
    ],
  ])("of %s is the vendor's", (_, method, path, body, signature) => {
    expect(headerOf(method, path, body)).toBe(
      `EG1-HMAC-SHA256 client_token=${CREDENTIALS.clientToken};access_token=${CREDENTIALS.accessToken};timestamp=20140321T19:34:21+0000;nonce=${MOMENT.nonce};signature=${signature}`,
    );
  });

  it('never holds the secret that it is made with', () => {
    expect(headerOf('GET', '/')).not.toContain(CREDENTIALS.clientSecret);
  });

  it('writes the time in UTC to the second', () => {
    expect(edgeGridTime(Date.UTC(2026, 0, 5, 9, 4, 3, 999))).toBe('20260105T09:04:03+0000');
  });
});

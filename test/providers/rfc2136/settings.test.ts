import { describe, expect, it } from 'vitest';
import type { Json } from '../../../src/domain/canonical.ts';
import { arrangeRfc2136, rfc2136Config, SETTINGS } from '../../contracts/steering/rfc2136-world.ts';

const withSettings = (settings: Readonly<Record<string, unknown>>) =>
  rfc2136Config({ settings: JSON.parse(JSON.stringify({ ...SETTINGS, ...settings })) });

describe('settings', () => {
  const wrong: readonly (readonly [string, Json])[] = [
    ['a value in two pools', { 'www.example.com. A': { east: ['192.0.2.1'], west: ['192.0.2.1'] } }],
    ['a value that is no address', { 'www.example.com. A': { east: ['east'] } }],
    ['a name without its dot', { 'www.example.com A': { east: ['192.0.2.1'] } }],
    ['a type that cannot be counted', { 'www.example.com. CNAME': { east: ['a.example.com.'] } }],
    ['an empty pool', { 'www.example.com. A': { east: [] } }],
  ];

  it.each(wrong)('refuse %s', async (_, pools) => {
    await expect(arrangeRfc2136(withSettings({ pools }))).rejects.toThrow(/settings\.pools/);
  });

  it('need a primary that speaks DNS', async () => {
    await expect(arrangeRfc2136(rfc2136Config({ endpoint: 'https://127.0.0.1' }))).rejects.toThrow(/dns:\/\/host:port/);
  });
});

import { describe, expect, it } from 'vitest';
import { originParts } from '../../../src/ui/origin.ts';

describe('originParts', () => {
  it.each([
    ['https://example.com', 'https://', '', 'example.com', ''],
    ['https://desk.example.com:8443', 'https://', 'desk.', 'example.com', ':8443'],
    ['https://backpack.exchange.evil.test', 'https://', 'backpack.exchange.', 'evil.test', ''],
    ['https://shop.example.co.uk', 'https://', 'shop.', 'example.co.uk', ''],
    ['https://somebody.github.io', 'https://', '', 'somebody.github.io', ''],
    ['https://a.somebody.vercel.app', 'https://', 'a.', 'somebody.vercel.app', ''],
    ['http://localhost:3000', 'http://', '', 'localhost', ':3000'],
    ['http://127.0.0.1:3000', 'http://', '', '127.0.0.1', ':3000'],
    ['https://[2001:db8::1]', 'https://', '', '[2001:db8::1]', ''],
  ])('stresses who registered %s', (origin, scheme, before, stressed, port) => {
    expect(originParts(origin)).toMatchObject({ scheme, before, stressed, port });
  });

  it('R11: shows the host in ASCII and says that its letters may imitate', () => {
    const { origin } = new URL('https://bаckpack.exchange');
    expect(originParts(origin)).toMatchObject({
      stressed: expect.stringMatching(/^xn--.*\.exchange$/),
      isForeignScript: true,
    });
  });

  it.each([
    'https://user@example.com',
    'https://example.com/path',
    'nonsense',
    'HTTPS://EXAMPLE.COM',
    '',
  ])('R11: stresses all of what is no origin: "%s"', (text) => {
    expect(originParts(text)).toMatchObject({ scheme: '', before: '', stressed: text, port: '' });
  });

  it('knows a program on this computer', () => {
    expect(originParts('http://localhost:3000').isLocal).toBe(true);
    expect(originParts('https://localhost').isLocal).toBe(false);
  });
});

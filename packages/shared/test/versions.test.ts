import { describe, expect, it } from 'vitest';
import { versionsOf } from '../src/versions.ts';

describe('versionsOf', () => {
  it('distinguishes a missing header from any version', () => {
    expect(versionsOf(undefined)).toBeUndefined();
    expect(versionsOf('*')).toBe('*');
  });

  it.each([
    ['W/"1"', 'nginx, Cloudflare and Varnish'],
    ['"1-gzip"', 'Apache and Caddy'],
    ['W/"1-gzip"', 'nginx behind Apache'],
    ['"1--gzip"', 'Jetty'],
    ['"1;gzip"', 'an old mod_deflate'],
    ['"1-br"', 'mod_brotli'],
    ['W/"1-br"', 'a CDN'],
    ['"1-zstd"', 'Caddy'],
    ['"1-deflate"', 'mod_deflate'],
    ['"1:gzip"', 'a CDN'],
    ['"1_gzip"', 'a CDN'],
    ['"1-gzip-br"', 'two proxies'],
    ['"1-gzip;br"', 'two proxies'],
  ])('%s is version 1, as %s has it', (tag) => {
    expect(versionsOf(tag)).toEqual([1]);
  });

  it('parses a list of them in any form', () => {
    expect(versionsOf('"1",W/"2" ,\t"3-gzip", W/"4-br" ,"1234567890--gzip"')).toEqual([1, 2, 3, 4, 1234567890]);
    expect(versionsOf('"canary", W/"2", "canary-gzip"')).toEqual([2]);
  });

  it.each([
    '""',
    '"0"',
    '"01"',
    '"-1"',
    '"1.5"',
    '"1-1"',
    '"1-"',
    '"-gzip"',
    '"canary"',
    '"1canary"',
    '"12345678901"',
    'W/""',
  ])('finds no version in %s', (tag) => {
    expect(versionsOf(tag)).toEqual([]);
  });

  it('takes little time for a long tag', () => {
    const startedAt = performance.now();
    expect(versionsOf(`"1${'-gzip'.repeat(10_000)}!"`)).toEqual([]);
    expect(performance.now() - startedAt).toBeLessThan(200);
  });
});

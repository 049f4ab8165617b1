import { describe, expect, it } from 'vitest';
import { versionsOf } from '../src/versions.ts';

describe('versionsOf', () => {
  it('knows no header from any version', () => {
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
    ['"1-gzip-br"', 'two of them'],
    ['"1-gzip;br"', 'two of them'],
  ])('%s is version 1, as %s has it', (tag) => {
    expect(versionsOf(tag)).toEqual([1]);
  });

  it('takes a list of them in any spelling', () => {
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
  ])('takes no version from %s', (tag) => {
    expect(versionsOf(tag)).toEqual([]);
  });

  it('takes no time over a long tag', () => {
    const startedAt = performance.now();
    expect(versionsOf(`"1${'-gzip'.repeat(10_000)}!"`)).toEqual([]);
    expect(performance.now() - startedAt).toBeLessThan(200);
  });
});

import { describe, expect, it } from 'vitest';
import { connect } from '../support/requests/client.ts';
import { startServer } from '../support/servers/server.ts';

const open = connect(await startServer({}, { corsOrigins: ['https://chat.example', 'http://localhost:3000'] }));
const closed = connect(await startServer());

const CORS = 'access-control-allow-origin';

describe('CORS', () => {
  it.each(['https://chat.example', 'http://localhost:3000'])(
    '200 with CORS headers for a page of %s',
    async (origin) => {
      const { headers } = await open.call('GET', '/health', { headers: { origin } });
      expect(headers.get(CORS)).toBe(origin);
      expect(headers.get('access-control-allow-credentials')).toBe('true');
      expect(headers.get('access-control-expose-headers')).toBe(
        'X-Request-Id,Retry-After,RateLimit,RateLimit-Policy,ETag',
      );
      expect(headers.get('vary')).toContain('Origin');
    },
  );

  it.each([
    'https://evil.example',
    'http://chat.example',
    'https://chat.example.evil.example',
    'https://chat.example:8443',
    'null',
  ])('200 without CORS headers for a page of %s', async (origin) => {
    const { headers } = await open.call('GET', '/health', { headers: { origin } });
    expect(headers.has(CORS)).toBe(false);
    expect(headers.get('vary')).toContain('Origin');
  });

  it('204 for a preflight request', async () => {
    const response = await fetch(`${open.baseUrl}/messages`, {
      method: 'OPTIONS',
      headers: {
        origin: 'https://chat.example',
        'access-control-request-method': 'PUT',
        'access-control-request-headers': 'content-type',
      },
    });
    expect(response.status).toBe(204);
    expect(response.headers.get(CORS)).toBe('https://chat.example');
    expect(response.headers.get('access-control-allow-methods')).toContain('PUT');
    expect(response.headers.get('access-control-max-age')).toBe('600');
  });

  it('405 for a preflight request if no origin is configured, without CORS headers', async () => {
    const headers = { origin: 'https://chat.example', 'access-control-request-method': 'PUT' };
    const response = await closed.call('OPTIONS', '/messages', { headers });
    expect(response.status).toBe(405);
    expect(response.headers.has(CORS)).toBe(false);
  });
});

describe('the headers of a data response', () => {
  it('200 that cannot be rendered as a page or sniffed, without X-Powered-By', async () => {
    const { headers } = await closed.call('GET', '/health');
    expect(headers.get('content-security-policy')).toBe("default-src 'none';frame-ancestors 'none'");
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.has('x-powered-by')).toBe(false);
  });
});

/** The baseline: the bare server with the headers, the request id and the log line of the server. */
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { ORIGIN } from '../loads.ts';
import { byHand, type Edge } from './by-hand.ts';
import { listen } from './listen.ts';
import { logByHand } from './log-by-hand.ts';

const SECURITY = {
  'Content-Security-Policy': "default-src 'none';frame-ancestors 'none'",
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Origin-Agent-Cluster': '?1',
  'Referrer-Policy': 'no-referrer',
  'Strict-Transport-Security': 'max-age=31536000; includeSubDomains',
  'X-Content-Type-Options': 'nosniff',
  'X-DNS-Prefetch-Control': 'off',
  'X-Download-Options': 'noopen',
  'X-Frame-Options': 'SAMEORIGIN',
  'X-Permitted-Cross-Domain-Policies': 'none',
  'X-XSS-Protection': '0',
};
const CORS = {
  Vary: 'Origin',
  'Access-Control-Allow-Credentials': 'true',
  'Access-Control-Expose-Headers': 'X-Request-Id,Retry-After,RateLimit,RateLimit-Policy,ETag',
};
const TYPES = {
  'application/json': { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' },
  'text/event-stream': {
    'Content-Type': 'text/event-stream',
    'Cache-Control': 'no-store, no-transform',
    'X-Accel-Buffering': 'no',
  },
};

/** All headers that do not change, flat, which Node writes fastest. */
const headersFor = (origin: object) => {
  const flat = (type: object) => Object.entries({ ...CORS, ...origin, ...SECURITY, ...type }).flat();
  return { 'application/json': flat(TYPES['application/json']), 'text/event-stream': flat(TYPES['text/event-stream']) };
};
const WITHOUT_ORIGIN = headersFor({});
const WITH_ORIGIN = headersFor({ 'Access-Control-Allow-Origin': ORIGIN });

const log = logByHand();

const edge: Edge = {
  begin(req, res) {
    const startedAt = performance.now();
    const record = { requestId: randomUUID(), operation: '', user: undefined };
    res.once('close', () => log(req, res, record, startedAt));
    return record;
  },

  headersOf(req, { requestId }, type) {
    const headers = req.headers.origin === ORIGIN ? WITH_ORIGIN : WITHOUT_ORIGIN;
    return headers[type].concat('X-Request-Id', requestId);
  },
};

await listen(createServer({ keepAliveTimeout: 72_000 }, byHand(edge)));

/** Fastify 5 with the features of the server: sessions, validation, security headers, CORS, request ids and a log line. */
import { randomUUID } from 'node:crypto';
import { createRequire } from 'node:module';
import { document } from '@async-chatbot/api-spec';
import { logDestination } from '../../packages/server/src/log-destination.ts';
import { ORIGIN } from '../loads.ts';
import { USER } from './canned.ts';
import { chosenDeltas } from './deltas.ts';
import type { Fastify, FastifyModule, Handler } from './fastify-types.ts';
import { listen } from './listen.ts';
import { sessions } from './sessions.ts';
import { documentStorage } from './storage.ts';
import { eventsOf } from './turn.ts';

// Not in the workspace: `pnpm bench` installs it.
const require = createRequire(new URL('../tools/package.json', import.meta.url));
const { fastify, LogController }: FastifyModule = require('fastify');

const userOf = await sessions();
const { list, send, finish } = documentStorage();

const app = fastify({
  logger: { level: 'info', base: null, stream: logDestination() },
  // Logs one line per request, below, instead of two.
  logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'requestId' }),
  requestIdHeader: false,
  genReqId: () => randomUUID(),
  keepAliveTimeout: 72_000,
  ajv: { customOptions: { strict: false, removeAdditional: false } },
});

app.register(require('@fastify/cookie'));
app.register(require('@fastify/helmet'), {
  contentSecurityPolicy: { useDefaults: false, directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] } },
});
app.register(require('@fastify/cors'), {
  origin: [ORIGIN],
  credentials: true,
  maxAge: 600,
  exposedHeaders: ['X-Request-Id', 'Retry-After', 'RateLimit', 'RateLimit-Policy', 'ETag'],
});
app.decorateRequest('user', undefined);
app.addHook('onRequest', async ({ id }, reply) => {
  reply.header('X-Request-Id', id).header('Cache-Control', 'no-store');
});
app.addHook('onResponse', async ({ log, method, routeOptions, user }, { statusCode, elapsedTime }) => {
  const durationMs = Math.round(elapsedTime * 10) / 10;
  const { operation } = routeOptions.config;
  log.info({ operation, method, status: statusCode, durationMs, user: user?.hash }, 'request');
});

app.addSchema({ $id: 'contract', components: document.components });
const schemaOf = (name: string) => ({ $ref: `contract#/components/schemas/${name}` });
const parameter = (name: keyof typeof document.components.parameters) => document.components.parameters[name].schema;
const refTo = ({ $ref }: { $ref: string }) => ({ $ref: `contract${$ref}` });

const authenticate: Handler = async (request, reply) => {
  request.user = await userOf(request.cookies.access_token);
  if (!request.user) return reply.code(401).send({ code: 'unauthenticated' });
};

app.register(async (routes: Fastify) => {
  const health = { schema: { response: { 200: schemaOf('Health') } }, config: { operation: 'getHealth' } };
  routes.get('/health', health, async () => ({ status: 'OK' }));

  const me = { schema: { response: { 200: schemaOf('User') } }, config: { operation: 'getCurrentUser' } };
  routes.get('/users/me', { ...me, onRequest: authenticate }, async ({ user }) => ({
    user_id: user?.id,
    email: USER.email,
  }));

  const page = {
    querystring: {
      type: 'object',
      additionalProperties: false,
      properties: {
        id_conversation: refTo(parameter('InConversation') as { $ref: string }),
        limit: parameter('Limit'),
        cursor: refTo(parameter('CursorInQuery') as { $ref: string }),
        order: { type: 'string', enum: ['asc', 'desc'] },
      },
    },
    response: { 200: schemaOf('MessagePage') },
  };
  const listOptions = { schema: page, onRequest: authenticate, config: { operation: 'listMessages' } };
  routes.get('/messages', listOptions, async ({ user }) => list(user?.id ?? ''));

  const draft = {
    querystring: {
      type: 'object',
      additionalProperties: false,
      properties: { id_conversation: page.querystring.properties.id_conversation },
    },
    headers: { type: 'object', properties: { 'idempotency-key': parameter('IdempotencyKey') } },
    body: schemaOf('MessageDraft'),
    response: { 201: schemaOf('Exchange') },
  };
  const sendOptions = { schema: draft, onRequest: authenticate, config: { operation: 'sendMessage' } };
  routes.post('/messages', sendOptions, async ({ user, headers, query, body }, reply) => {
    // The cast: Node joins repeated headers.
    const key = headers['idempotency-key'] as string | undefined;
    const { id_conversation } = query;
    const isStreamed = headers.accept === 'text/event-stream';
    const exchange = await send({ userId: user?.id ?? '', content: body.content, key, id_conversation }, isStreamed);
    if (!isStreamed) return reply.code(201).send(exchange);
    reply.type('text/event-stream').header('Cache-Control', 'no-store, no-transform').header('X-Accel-Buffering', 'no');
    reply.hijack();
    reply.raw.writeHead(201, reply.getHeaders());
    for await (const event of eventsOf(exchange, chosenDeltas, finish)) reply.raw.write(event);
    reply.raw.end();
  });
});

await app.ready();
await listen(app.server);

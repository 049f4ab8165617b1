/** Express 5 and openapi-backend as their documentation combines them, with the same OpenAPI document. */
import { createServer } from 'node:http';
import { document } from '@async-chatbot/api-spec';
import cookieParser from 'cookie-parser';
import express, { type Request as ExpressRequest, type Response } from 'express';
import { type Context, type Document, OpenAPIBackend, type Request } from 'openapi-backend';
import { USER } from './canned.ts';
import { chosenDeltas } from './deltas.ts';
import { listen } from './listen.ts';
import { type SessionUser, sessions } from './sessions.ts';
import { documentStorage } from './storage.ts';
import { eventsOf } from './turn.ts';

const userOf = await sessions();
const { list, send, finish } = documentStorage();

const idOf = ({ security }: Context): string => (security.accessCookie as SessionUser).id;

const api = new OpenAPIBackend({
  definition: document as unknown as Document,
  // Without `quick`, it validates the document as OpenAPI 3.0, which it is not.
  quick: true,
  coerceTypes: true,
  ajvOpts: { logger: false },
  handlers: {
    getHealth: (_context, _req, res: Response) => res.json({ status: 'OK' }),
    getCurrentUser: (context: Context, _req, res: Response) => res.json({ user_id: idOf(context), email: USER.email }),
    listMessages: async (context: Context, _req, res: Response) => res.json(await list(idOf(context))),
    sendMessage,
    unauthorizedHandler: (_context, _req, res: Response) => res.status(401).json({ code: 'unauthenticated' }),
    validationFail: ({ validation }, _req, res: Response) => res.status(422).json({ errors: validation.errors }),
    notFound: (_context, _req, res: Response) => res.status(404).json({ code: 'not-found' }),
  },
  securityHandlers: {
    accessCookie: (_context, req: ExpressRequest) => userOf(req.cookies.access_token),
    accessToken: () => undefined,
  },
});
await api.init();

async function sendMessage(context: Context, req: ExpressRequest, res: Response) {
  const { content } = context.request.requestBody;
  const { id_conversation } = context.request.query as Record<string, string | undefined>;
  const draft = { userId: idOf(context), content, id_conversation, key: req.get('idempotency-key') };
  const isStreamed = req.get('accept') === 'text/event-stream';
  const exchange = await send(draft, isStreamed);
  if (!isStreamed) return res.status(201).json(exchange);
  res.status(201).type('text/event-stream');
  for await (const event of eventsOf(exchange, chosenDeltas, finish)) res.write(event);
  return res.end();
}

const app = express();
app.use(express.json());
app.use(cookieParser());
app.use((req, res) => api.handleRequest(req as Request, req, res));

await listen(createServer(app));

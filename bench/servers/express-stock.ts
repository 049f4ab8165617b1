/** Express 5 and openapi-backend as their documentation combines them, with the same OpenAPI document and canned responses. */
import { createServer } from 'node:http';
import { document } from '@async-chatbot/api-spec';
import cookieParser from 'cookie-parser';
import express, { type Request as ExpressRequest, type Response } from 'express';
import { type Context, type Document, OpenAPIBackend, type Request } from 'openapi-backend';
import { exchangeOf, MESSAGES, USER } from './canned.ts';
import { listen } from './listen.ts';

const users = new Map([[process.env.ACCESS_TOKEN, USER]]);

const api = new OpenAPIBackend({
  definition: document as unknown as Document,
  // Without `quick`, it validates the document as OpenAPI 3.0, which it is not.
  quick: true,
  coerceTypes: true,
  ajvOpts: { logger: false },
  handlers: {
    getHealth: (_context, _req, res: Response) => res.json({ status: 'OK' }),
    getCurrentUser: ({ security }: Context, _req, res: Response) => res.json(security.accessCookie),
    listMessages: (_context, _req, res: Response) => res.json({ messages: MESSAGES }),
    sendMessage: ({ request }: Context, _req, res: Response) =>
      res.status(201).json(exchangeOf(request.requestBody.content)),
    unauthorizedHandler: (_context, _req, res: Response) => res.status(401).json({ code: 'unauthenticated' }),
    validationFail: ({ validation }, _req, res: Response) => res.status(422).json({ errors: validation.errors }),
    notFound: (_context, _req, res: Response) => res.status(404).json({ code: 'not-found' }),
  },
  securityHandlers: {
    accessCookie: (_context, req: ExpressRequest) => users.get(req.cookies.access_token),
    accessToken: () => undefined,
  },
});
await api.init();

const app = express();
app.use(express.json());
app.use(cookieParser());
app.use((req, res) => api.handleRequest(req as Request, req, res));

await listen(createServer(app));

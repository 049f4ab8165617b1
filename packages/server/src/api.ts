import type { Deps } from '@async-chatbot/core/deps';
import { requestBudgets } from '@async-chatbot/core/http/request-budgets';
import type { Handler, OperationId, OperationResponse } from '@async-chatbot/core/operation';
import { operations } from '@async-chatbot/core/operations/index';
import type { RateLimitName } from '@async-chatbot/core/ports/rate-limiter';
import { summaryOf, toFaults } from '@async-chatbot/shared/faults';
import { Problem } from '@async-chatbot/shared/problem';
import { streamSlots } from '@async-chatbot/shared/stream-slots';
import type { Request, RequestHandler, Response } from 'express';
import type { Context, Operation as SpecOperation, Request as SpecRequest } from 'openapi-backend';
import { authenticate, type Caller, NoCredentialsError } from './auth/authenticate.ts';
import { originCheck } from './auth/origin.ts';
import type { SessionCookie } from './auth/session-cookie.ts';
import { createBackend } from './backend.ts';
import { toCall } from './call.ts';
import { readBody } from './http/read-body.ts';
import { onClose } from './on-close.ts';
import { sendReply } from './send-reply.ts';

export interface ApiOptions {
  sessionCookie: SessionCookie;
  /** Whose pages may call, beside the API's own. */
  allowedOrigins: readonly string[];
  /** Told of a reply that the spec does not allow. What it throws is answered as an internal error. */
  onBrokenReply: (error: Error) => void;
}

/** The seam: HTTP becomes a `Call`, a `Reply` becomes HTTP, and everything that goes wrong is thrown as a `Problem`. */
export async function createApi(
  deps: Deps,
  { sessionCookie, allowedOrigins, onBrokenReply }: ApiOptions,
): Promise<RequestHandler> {
  const checkOrigin = originCheck(allowedOrigins);
  const schemes = authenticate(deps.identity, sessionCookie);
  const takeStream = streamSlots();
  const { backend, router } = await createBackend({
    securityHandlers: {
      accessCookie: (_context, req: Request) => schemes.accessCookie(req),
      accessToken: (_context, req: Request) => schemes.accessToken(req),
    },
    handlers: {
      ...Object.fromEntries(
        Object.entries(operations).map(([id, operation]) => [id, handlerOf(operation as AnyOperation)]),
      ),
      notFound: () => {
        throw new Problem('not-found');
      },
      methodNotAllowed: ({ request }) => {
        throw new Problem('method-not-allowed', { headers: { Allow: router.methodsOf(request.path).join(', ') } });
      },
      unauthorizedHandler: ({ security }) => {
        const failed = security.accessCookie?.error ?? security.accessToken?.error;
        throw failed ?? new Problem('unauthenticated', { cause: new NoCredentialsError() });
      },
      validationFail: ({ validation }) => {
        const errors = toFaults(validation.errors ?? []);
        throw new Problem('validation-failed', { errors, detail: summaryOf(errors) });
      },
    },
  });

  return async function api(req, res) {
    const request = toSpecRequest(req);
    const operation = router.matchOperation(request);
    res.locals.operation = operation?.operationId;
    if (operation) checkOrigin(req);
    if (operation?.requestBody) request.body = await readBody(req, res);

    const reply: OperationResponse<OperationId> = await backend
      .handleRequest(request, req, res)
      .catch((error: unknown) => {
        if (endsSession(error)) sessionCookie.write(res, null);
        throw error;
      });
    sessionCookie.write(res, reply.session);
    if (operation && 'body' in reply) check(reply, operation);
    await sendReply(res, reply);
  };

  function handlerOf(operation: AnyOperation) {
    return async (context: Context, req: Request, res: Response) => {
      const { request, security, operation: spec } = context;
      const caller: Caller | undefined = security.accessCookie ?? security.accessToken;
      res.locals.userId = caller?.user.id;
      const leaving = new AbortController();
      onClose(res, () => leaving.abort());
      const session = caller?.session ?? schemes.sessionOf(req);
      const call = toCall(context, req, { caller, session, signal: leaving.signal });
      // The cast: the extension is ours, and the spec's linters know its values.
      const { 'x-rate-limits': limits } = spec as { 'x-rate-limits'?: RateLimitName[] };
      if (limits) {
        const budgets = requestBudgets(deps.rateLimiter, spec.operationId ?? '', limits);
        await budgets.takeAddress(req.ip);
        await budgets.takeAccount({ email: request.requestBody?.email, userId: caller?.user.id });
        res.set(budgets.headers());
      }
      if (call.wantsEvents && caller) onClose(res, takeStream(caller.user.id));
      const reply = await operation(call, deps);
      // A machine with a bearer token is given no cookies.
      return security.accessToken && reply.session ? { ...reply, session: undefined } : reply;
    };
  }

  function check({ status, body }: { status: number; body?: unknown }, operation: SpecOperation): void {
    const { errors } = backend.validateResponse(body, operation, status);
    if (!errors) return;
    const faults = errors.map(({ instancePath, message }) => `${instancePath} ${message}`).join('; ');
    onBrokenReply(new Error(`${operation.operationId} breaks its promise of ${status}: ${faults}`));
  }
}

/** Problems after which a session's cookies are good for nothing. */
const endsSession = (error: unknown): boolean =>
  error instanceof Problem && ['refresh-reused', 'session-expired'].includes(error.code);

/** The cast that makes one of all operations: each gets the call that the spec says it gets. */
type AnyOperation = Handler<OperationId>;

/** A plain copy: Express keeps `path` and `query` on the prototype. HEAD is GET without the body (RFC 9110, 9.3.2). */
function toSpecRequest({ method, path, headers, query, cookies }: Request): SpecRequest {
  const request = { method: method === 'HEAD' ? 'GET' : method, path, headers, query, cookies };
  // The cast: Node's header values may be undefined by type, though never when they are enumerated.
  return request as SpecRequest;
}

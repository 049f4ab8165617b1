import { Problem, toProblem } from '@async-chatbot/shared/problem';
import type { Context } from 'openapi-backend';
import type { Deps } from '../deps.ts';
import type { Handler, OperationId, OperationResponse } from '../operation.ts';
import { operations } from '../operations/index.ts';
import { type Authentication, authenticator, NoCredentialsError } from './authenticate.ts';
import { createBackend } from './backend.ts';
import { csrfCheck } from './csrf.ts';
import type { Handle, HttpRequest, HttpResponse, RequestRecord } from './handle.ts';
import { operationEntries, operationIds } from './operation-entries.ts';
import { operationRequest } from './operation-request.ts';
import { type RequestRateLimits, requestRateLimits } from './request-rate-limits.ts';
import { type ResponseValidation, validateResponse } from './response-validation.ts';
import { operationResponse, problemResponse } from './responses.ts';
import type { RoutedRequest } from './router.ts';
import { type CookieConfig, sessionCookie } from './session-cookie.ts';
import { sessionEnd } from './session-end.ts';
import { streamSlots } from './stream-slots.ts';
import { assertValid } from './validation-errors.ts';

export interface PipelineOptions {
  cookies: CookieConfig;
  /** Origins allowed to send requests, besides the API's own. */
  allowedOrigins: readonly string[];
  /** If omitted, responses are not validated. */
  responseValidation?: ResponseValidation | undefined;
  /** Called after matching, whether or not there is an operation. If it returns a response, that is sent. */
  intercept?: (request: HttpRequest, record: RequestRecord) => Promise<HttpResponse | undefined>;
}

/** Passed through openapi-backend to each step, besides its context. */
interface RequestState {
  request: HttpRequest;
  routed: RoutedRequest;
  record: RequestRecord;
  rateLimits?: RequestRateLimits;
  intercepted?: HttpResponse | undefined;
}

/**
 * Handles requests in the same order on every host: match, check CSRF, apply address limits, authenticate, read the
 * body, validate, apply account limits, run the operation.
 */
export function createPipeline(deps: Deps, options: PipelineOptions): Handle {
  const cookies = sessionCookie(options.cookies, deps.now);
  const checkCsrf = csrfCheck(options.allowedOrigins);
  const { authenticate, sessionOf } = authenticator(deps.identity, cookies);
  const takeStream = streamSlots();
  const { responseValidation, intercept } = options;

  const backendPromise = createBackend({
    securityHandlers: { session: (_context, { request }: RequestState) => authenticate(request) },
    handlers: {
      ...Object.fromEntries(operationIds.map((id) => [id, handlerOf(id)])),
      postRoutingHandler,
      postSecurityHandler,
      unauthorizedHandler({ security }) {
        throw security.session?.error ?? new Problem('unauthenticated', { cause: new NoCredentialsError() });
      },
    },
  });

  return async function handle(request, record) {
    const { requestId } = record;
    const state: RequestState = { request, routed: routedRequest(request), record };
    try {
      const backend = await backendPromise;
      const response: OperationResponse<OperationId> = await backend.handleRequest(state.routed, state);
      if (responseValidation) validateResponse(response, record, responseValidation);
      const { headers, ...rest } = operationResponse(response, state.rateLimits?.headers(), requestId);
      return { ...rest, headers: [...headers, ...cookies.headers(response.session, request)] };
    } catch (error) {
      if (state.intercepted) return state.intercepted;
      const problem = toProblem(error);
      record.problem = problem;
      const { headers, ...rest } = problemResponse(problem, state.rateLimits?.headers(), requestId);
      return { ...rest, headers: [...headers, ...cookies.headersAfter(problem.code, request)] };
    }
  };

  /** `operation` is undefined if the contract does not have the path or the method. */
  async function postRoutingHandler({ operation }: Context, state: RequestState): Promise<void> {
    const { request, routed, record } = state;
    record.operationId = operation && idOf(operation);
    state.intercepted = await intercept?.(request, record);
    if (state.intercepted) throw new Error('Intercepted');
    if (!operation) return;
    const id = idOf(operation);
    checkCsrf(request);
    const { rateLimits } = operationEntries[id];
    if (rateLimits) {
      state.rateLimits = requestRateLimits(deps.rateLimiter, id, rateLimits);
      await state.rateLimits.takeAddress(request.address?.());
    }
    if (routed.pathProblem) throw routed.pathProblem;
  }

  /** Reads and validates the request only after authentication has succeeded. */
  async function postSecurityHandler(context: Context, { request, record }: RequestState): Promise<void> {
    const id = idOf(context.operation);
    const { hasBody, isAuthenticated } = operationEntries[id];
    if (isAuthenticated && !context.security.authorized) return;
    record.userId = authenticationOf(context)?.user.id;
    if (hasBody) context.request.requestBody = await request.readBody();
    assertValid(id, context.request);
  }

  function handlerOf(id: OperationId) {
    // The cast: `operationRequest` creates the request that this operation describes.
    const handler = operations[id] as Handler<OperationId>;

    return async (context: Context, { request, rateLimits }: RequestState): Promise<OperationResponse<OperationId>> => {
      const { user, session = sessionOf(request), isBearer } = authenticationOf(context) ?? {};
      await rateLimits?.takeAccount({ email: context.request.requestBody?.email, userId: user?.id });
      const parsed = operationRequest(id, context.request, request, { user, session });
      // A HEAD response has no body, so it takes no stream slot.
      const isStream = parsed.wantsEvents && request.method !== 'HEAD';
      if (isStream && user) {
        takeStream(user.id, request.signal());
        const { signal, watch } = sessionEnd(request.signal(), () => deps.identity.verify(session));
        const response = await handler({ ...parsed, signal: () => signal }, deps);
        return 'events' in response ? { ...response, events: watch(response.events) } : response;
      }
      const response = await handler(parsed, deps);
      // Clients that use a bearer token get no cookies.
      return isBearer && response.session ? { ...response, session: undefined } : response;
    };
  }
}

// The cast: openapi-backend has only the contract's operations.
const idOf = ({ operationId }: Context['operation']) => operationId as OperationId;

/** Undefined if the operation needs no session. */
const authenticationOf = ({ security }: Context): Authentication | undefined => security.session;

/** The request in openapi-backend's form. HEAD is handled as GET (RFC 9110, section 9.3.2). */
function routedRequest({ method, path, headers, query, cookies }: HttpRequest): RoutedRequest {
  const request = { method: method === 'HEAD' ? 'GET' : method, path, headers, query, cookies };
  // The cast: openapi-backend's types allow no undefined values.
  return request as RoutedRequest;
}

import { toProblem } from '@async-chatbot/shared/problem';
import type { ParsedRequest } from 'openapi-backend';
import type { Deps } from '../deps.ts';
import type { Handler, OperationId, OperationResponse } from '../operation.ts';
import { operations } from '../operations/index.ts';
import { type Authentication, authenticator } from './authenticate.ts';
import { csrfCheck } from './csrf.ts';
import type { Handle, HttpRequest, HttpResponse, RequestRecord } from './handle.ts';
import { operationEntries } from './operation-entries.ts';
import { operationRequest } from './operation-request.ts';
import { type RequestRateLimits, requestRateLimits } from './request-rate-limits.ts';
import { type ResponseValidation, validateResponse } from './response-validation.ts';
import { operationResponse, problemResponse } from './responses.ts';
import { type RoutedRequest, Router } from './router.ts';
import { type CookieConfig, sessionCookie } from './session-cookie.ts';
import { sessionEnd } from './session-end.ts';
import { slimDefinition } from './slim-definition.ts';
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

/**
 * Handles requests in the same order on every host: match, check CSRF, apply address limits, authenticate, read the
 * body, validate, apply account limits, run the operation.
 */
export function createPipeline(deps: Deps, options: PipelineOptions): Handle {
  const cookies = sessionCookie(options.cookies, deps.now);
  const checkCsrf = csrfCheck(options.allowedOrigins);
  const { authenticate, sessionOf } = authenticator(deps.identity, cookies);
  const takeStream = streamSlots();
  const router = new Router(slimDefinition());
  const { responseValidation, intercept } = options;

  return async function handle(request, record) {
    const { requestId } = record;
    let rateLimits: RequestRateLimits | undefined;
    try {
      const routed = routedRequest(request);
      const operation = router.matchOperation(routed);
      // The cast: the router has only the contract's operations.
      const id = operation?.operationId as OperationId | undefined;
      record.operationId = id;
      const intercepted = intercept && (await intercept(request, record));
      if (intercepted) return intercepted;
      if (!id) throw router.mismatch(routed);

      checkCsrf(request);
      const entry = operationEntries[id];
      if (entry.rateLimits) {
        rateLimits = requestRateLimits(deps.rateLimiter, id, entry.rateLimits);
        await rateLimits.takeAddress(request.address?.());
      }
      const parsed = router.parseRequest(routed, operation);
      const authentication = entry.isAuthenticated ? await authenticate(request) : undefined;
      record.userId = authentication?.user.id;
      if (entry.hasBody) parsed.requestBody = await request.readBody();
      assertValid(id, parsed);
      await rateLimits?.takeAccount({ email: parsed.requestBody?.email, userId: record.userId });

      const response = await run(id, parsed, request, authentication);
      if (responseValidation) validateResponse(response, record, responseValidation);
      const converted = operationResponse(response, rateLimits?.headers(), requestId);
      converted.headers.push(...cookies.headers(response.session, request));
      return converted;
    } catch (error) {
      const problem = toProblem(error);
      record.problem = problem;
      const converted = problemResponse(problem, rateLimits?.headers(), requestId);
      converted.headers.push(...cookies.headersAfter(problem.code, request));
      return converted;
    }
  };

  async function run(
    id: OperationId,
    parsed: ParsedRequest,
    request: HttpRequest,
    authentication: Authentication | undefined,
  ): Promise<OperationResponse<OperationId>> {
    // The cast: `operationRequest` creates the request that this operation describes.
    const handler = operations[id] as Handler<OperationId>;
    const { user, session = sessionOf(request), isBearer } = authentication ?? {};
    const common = operationRequest(id, parsed, request, { user, session });
    // A HEAD response has no body, so it takes no stream slot.
    if (user && common.wantsEvents && request.method !== 'HEAD') {
      takeStream(user.id, request.signal());
      const { signal, watch } = sessionEnd(request.signal(), () => deps.identity.verify(session));
      const response = await handler({ ...common, signal: () => signal }, deps);
      return 'events' in response ? { ...response, events: watch(response.events) } : response;
    }
    const response = await handler(common, deps);
    // Clients that use a bearer token get no cookies.
    return isBearer && response.session ? { ...response, session: undefined } : response;
  }
}

/** The request in openapi-backend's form. HEAD is handled as GET (RFC 9110, section 9.3.2). */
function routedRequest({ method, path, headers, query, cookies }: HttpRequest): RoutedRequest {
  const request = { method: method === 'HEAD' ? 'GET' : method, path, headers, query, cookies };
  // The cast: openapi-backend's types allow no undefined values.
  return request as RoutedRequest;
}

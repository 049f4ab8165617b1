import { responseValidators } from '@async-chatbot/api-spec/response-validators';
import type { Deps } from '@async-chatbot/core/deps';
import { createPipeline } from '@async-chatbot/core/http/pipeline';
import type { ResponseValidation } from '@async-chatbot/core/http/response-validation';
import type { CookieConfig } from '@async-chatbot/core/http/session-cookie';
import cookieParser from 'cookie-parser';
import cors from 'cors';
import express, { type Express, type RequestHandler } from 'express';
import helmet from 'helmet';
import type { Logger } from 'pino';
import { docs } from '../docs/docs.ts';
import { notFound } from '../docs/not-found-page.ts';
import type { RequestContext } from '../request-context.ts';
import { type AdmissionOptions, admissionGate } from './admission-gate.ts';
import { host } from './host.ts';
import { problemHandler } from './problem-handler.ts';
import { requestLog } from './request-log.ts';
import { requestRecords } from './request-record.ts';
import { constantHeaders, setHeaders } from './response-headers.ts';

export interface AppDeps extends Deps {
  /** The context in which the adapters make their calls. */
  context: RequestContext;
}

export interface AppOptions {
  log: Logger;
  cookies: CookieConfig;
  /** Origins allowed to send requests with credentials, such as `https://chat.example.com`. */
  corsOrigins: string[];
  /** The number of trusted proxies in front of the server, each of which adds an address to `X-Forwarded-For`. */
  proxyHops: number;
  /** The URL by which clients reach the server, if configured. */
  publicUrl?: string | undefined;
  responseValidation: Omit<ResponseValidation, 'validators'>;
  admission?: Partial<AdmissionOptions> | undefined;
  /** How long the calls of a request to DynamoDB and Cognito may take together. */
  requestMs?: number | undefined;
}

/** Creates the Express application. */
export function createApp(
  deps: AppDeps,
  { log, cookies, corsOrigins, proxyHops, publicUrl, responseValidation, admission, requestMs }: AppOptions,
): Express {
  const handle = createPipeline(deps, {
    cookies,
    allowedOrigins: corsOrigins,
    responseValidation: { ...responseValidation, validators: responseValidators },
  });
  const allowOrigins = corsFor(corsOrigins);
  const recordOf = requestRecords(constantHeaders([...allowOrigins, apiHeaders], corsOrigins));
  const { gate, onWait } = admissionGate(log, recordOf, admission);
  const api = host(handle, deps.context, { onWait, requestMs });
  const app = express().disable('x-powered-by').set('query parser', 'simple').set('trust proxy', proxyHops);
  // One route for all paths: Express takes longer to go through handlers that are added by `use`.
  app.route(/^/).all(preflight(allowOrigins), gate, requestLog(log, recordOf), cookieParser(), api);
  return app.use(setHeaders, docs({ publicUrl, cookies }), notFound).use(problemHandler);
}

/** Responds to preflight requests. The CORS headers of other responses are constant. */
const preflight =
  ([allowOrigins]: RequestHandler[]): RequestHandler =>
  (req, res, next) =>
    req.method === 'OPTIONS' && allowOrigins ? allowOrigins(req, res, next) : next();

/** Allows exactly these origins. Without any, sends no CORS headers. */
const corsFor = (origins: string[]): RequestHandler[] =>
  origins.length === 0
    ? []
    : [cors({ origin: origins, credentials: true, maxAge: 600, exposedHeaders: EXPOSED_HEADERS })];

/** Response headers that scripts may read. */
const EXPOSED_HEADERS = ['X-Request-Id', 'Retry-After', 'RateLimit', 'RateLimit-Policy', 'ETag'];

/** For responses that are data; the documentation pages replace the policy. */
const apiHeaders = helmet({
  contentSecurityPolicy: { useDefaults: false, directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] } },
});

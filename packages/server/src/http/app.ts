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
import { host } from './host.ts';
import { problemHandler } from './problem-handler.ts';
import { requestLog } from './request-log.ts';

export interface AppOptions {
  log: Logger;
  cookies: CookieConfig;
  /** The origins whose pages may send requests with credentials, such as `https://chat.example.com`. */
  corsOrigins: string[];
  /** How many proxies of the operator's stand before this server; each adds one address to `X-Forwarded-For`. */
  proxyHops: number;
  /** Where clients reach the server, if it is configured. */
  publicUrl?: string | undefined;
  /** The share of responses that are validated, and how a violation is handled. */
  responseValidation: Omit<ResponseValidation, 'validators'>;
}

/** The application, which does not listen yet. */
export function createApp(
  deps: Deps,
  { log, cookies, corsOrigins, proxyHops, publicUrl, responseValidation }: AppOptions,
): Express {
  const handle = createPipeline(deps, {
    cookies,
    allowedOrigins: corsOrigins,
    responseValidation: { ...responseValidation, validators: responseValidators },
  });
  return express()
    .disable('x-powered-by')
    .set('query parser', 'simple')
    .set('trust proxy', proxyHops)
    .use(requestLog(log), apiHeaders, ...corsFor(corsOrigins))
    .use(docs({ publicUrl, cookies }))
    .use(cookieParser(), host(handle))
    .use(problemHandler);
}

/** Allows these exact origins. Other origins get no CORS header at all. */
const corsFor = (origins: string[]): RequestHandler[] =>
  origins.length === 0
    ? []
    : [cors({ origin: origins, credentials: true, maxAge: 600, exposedHeaders: EXPOSED_HEADERS })];

/** What a page's script may read beside the body. */
const EXPOSED_HEADERS = ['X-Request-Id', 'Retry-After', 'RateLimit', 'RateLimit-Policy', 'ETag'];

/** For responses that are data, never a page. */
const apiHeaders = helmet({
  contentSecurityPolicy: { useDefaults: false, directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] } },
});

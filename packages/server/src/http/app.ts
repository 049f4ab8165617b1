import type { Deps } from '@async-chatbot/core/deps';
import cookieParser from 'cookie-parser';
import cors from 'cors';
import express, { type Express, type RequestHandler } from 'express';
import helmet from 'helmet';
import type { Logger } from 'pino';
import { createApi } from '../api.ts';
import { type CookieConfig, sessionCookie } from '../auth/session-cookie.ts';
import { docs } from '../docs/docs.ts';
import { problemHandler } from './problem-handler.ts';
import { requestLog } from './request-log.ts';

export interface AppOptions {
  log: Logger;
  cookies: CookieConfig;
  /** Whose pages may call with credentials, such as `https://chat.example.com`. */
  corsOrigins: string[];
  /** How many proxies of the operator's stand before this server; each adds one address to `X-Forwarded-For`. */
  proxyHops: number;
  /** Where clients reach the server, if it is configured. */
  publicUrl?: string | undefined;
  onBrokenReply: (error: Error) => void;
}

/** The application as a value; it listens nowhere yet. */
export async function createApp(
  deps: Deps,
  { log, cookies, corsOrigins, proxyHops, publicUrl, onBrokenReply }: AppOptions,
): Promise<Express> {
  return express()
    .disable('x-powered-by')
    .set('query parser', 'simple')
    .set('trust proxy', proxyHops)
    .use(requestLog(log), apiHeaders, ...corsFor(corsOrigins))
    .use(docs({ publicUrl, cookies }))
    .use(notStored, cookieParser())
    .use(await createApi(deps, { sessionCookie: sessionCookie(cookies), allowedOrigins: corsOrigins, onBrokenReply }))
    .use(problemHandler);
}

/** Whose pages may call, to the letter. Nobody else's browser gets as much as a header. */
const corsFor = (origins: string[]): RequestHandler[] =>
  origins.length === 0 ? [] : [cors({ origin: origins, credentials: true, maxAge: 600, exposedHeaders: EXPOSED })];

/** What a page's script may read beside the body. */
const EXPOSED = ['X-Request-Id', 'Retry-After', 'RateLimit', 'RateLimit-Policy', 'ETag'];

/** No cache may keep what is somebody's own (RFC 9111, section 5.2.2.5). */
const notStored: RequestHandler = (_req, res, next) => {
  res.setHeader('Cache-Control', 'no-store');
  next();
};

/** For answers that are data, never a page. */
const apiHeaders = helmet({
  contentSecurityPolicy: { useDefaults: false, directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] } },
});

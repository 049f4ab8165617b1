import type { IncomingHttpHeaders, Server, ServerResponse } from 'node:http';
import type { SessionUser } from './sessions.ts';

/** The part of Fastify that is used. The package is not installed in the workspace. */
export interface FastifyModule {
  fastify: (options: object) => Fastify;
  LogController: new (options: object) => object;
}

export interface Fastify {
  server: Server;
  register(plugin: unknown, options?: object): Fastify;
  addSchema(schema: object): Fastify;
  addHook(name: 'onRequest' | 'onResponse', hook: (request: Request, reply: Reply) => Promise<unknown>): Fastify;
  decorateRequest(name: string, value: unknown): Fastify;
  get(path: string, options: RouteOptions, handler: Handler): Fastify;
  post(path: string, options: RouteOptions, handler: Handler): Fastify;
  ready(): Promise<unknown>;
}

export type Handler = (request: Request, reply: Reply) => Promise<unknown>;

export interface RouteOptions {
  schema?: object;
  onRequest?: Handler;
  config: { operation: string };
}

export interface Request {
  id: string;
  method: string;
  headers: IncomingHttpHeaders;
  cookies: Record<string, string | undefined>;
  query: Record<string, string | undefined>;
  body: { content: string };
  log: { info: (fields: object, message: string) => void };
  routeOptions: { config: RouteOptions['config'] };
  user: SessionUser | undefined;
}

export interface Reply {
  statusCode: number;
  elapsedTime: number;
  raw: ServerResponse;
  code(status: number): Reply;
  header(name: string, value: string): Reply;
  type(type: string): Reply;
  send(body: unknown): Reply;
  getHeaders(): Record<string, string>;
  hijack(): void;
}

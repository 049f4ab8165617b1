import { problemResponse } from '@async-chatbot/core/http/responses';
import { Problem } from '@async-chatbot/shared/problem';
import type { Request, RequestHandler, Response } from 'express';
import type { Logger } from 'pino';
import { v4 as uuid } from 'uuid';
import { eventLoopDelay } from './event-loop-delay.ts';
import { sendJson } from './send-json.ts';

export interface AdmissionOptions {
  /** Requests in progress before others wait: enough to hide DynamoDB's latency, few enough that each is served soon. */
  maxRunning: number;
  maxQueued: number;
  maxQueuedMs: number;
  /** A request that takes longer waits for a bot or for its client rather than for this process, so it no longer counts. */
  maxCountedMs: number;
  /** The event-loop delay from which on no replies are started. */
  maxDelayMs: number;
}

const DEFAULTS: AdmissionOptions = {
  maxRunning: 64,
  maxQueued: 1000,
  maxQueuedMs: 200,
  maxCountedMs: 500,
  maxDelayMs: 200,
};

const TICK_MS = 20;

/** How often refusals are logged. */
const LOG_MS = 1000;

/** How many responses the mean covers, roughly. */
const SAMPLES = 20;

/** In order of priority. Health checks always pass. */
const CLASSES = ['session', 'read', 'message'] as const;
type Class = (typeof CLASSES)[number];

interface Waiting {
  res: Response;
  next: () => void;
  queuedAtMs: number;
}

/**
 * Limits the requests in progress. Others wait for a moment, sessions before reads before messages, then get a 503: under
 * overload it is better to answer some requests in time than all of them too late.
 */
export function admissionGate(log: Logger, options: Partial<AdmissionOptions> = {}): RequestHandler {
  const { maxRunning, maxQueued, maxQueuedMs, maxCountedMs, maxDelayMs } = { ...DEFAULTS, ...options };
  const running = new Map<Response, number>();
  const queues: Record<Class, Waiting[]> = { session: [], read: [], message: [] };
  const queuedCount = () => queues.session.length + queues.read.length + queues.message.length;
  const delayMs = eventLoopDelay();
  // One for all, since its stack trace costs more than the rest of a refusal.
  const overloaded = new Problem('service-unavailable', {
    detail: 'The server is overloaded. Retry after the number of seconds in the Retry-After header.',
  });
  let timer: NodeJS.Timeout | undefined;
  let refused = 0;
  /** The mean time between two responses while requests wait. */
  let responseMs = 1;
  let respondedAtMs: number | undefined;

  return function gate(req, res, next) {
    const requestClass = classOf(req);
    if (!requestClass) return next();
    if (requestClass === 'message' && delayMs() > maxDelayMs) return refuse(res);
    if (running.size < maxRunning && !timer) return start({ res, next });
    if (isQueueFull() && !makeRoomFor(requestClass)) return refuse(res);
    queues[requestClass].push({ res, next, queuedAtMs: performance.now() });
    timer ??= setInterval(tick, TICK_MS);
  };

  function start({ res, next }: Pick<Waiting, 'res' | 'next'>): void {
    running.set(res, performance.now());
    res.once('close', () => {
      running.delete(res);
      if (!timer) return;
      const nowMs = performance.now();
      responseMs += (nowMs - (respondedAtMs ?? nowMs - responseMs) - responseMs) / SAMPLES;
      respondedAtMs = nowMs;
      startWaiting();
    });
    next();
  }

  /** Costs as little as possible, so that the capacity goes to the others. A line in the log counts a second's refusals. */
  function refuse(res: Response | undefined): void {
    if (!res || res.destroyed) return;
    const requestId = uuid();
    const { headers, ...response } = problemResponse(overloaded, undefined, requestId);
    sendJson(res, { ...response, headers: [['X-Request-Id', requestId], ...headers] });
    refused += 1;
    if (refused > 1) return;
    setTimeout(() => {
      log.warn({ refused }, 'overloaded');
      refused = 0;
    }, LOG_MS).unref();
  }

  function startWaiting(): void {
    for (const requestClass of CLASSES) {
      const queue = queues[requestClass];
      while (running.size < maxRunning) {
        const first = queue.shift();
        if (!first) break;
        if (!first.res.destroyed) start(first);
      }
    }
    if (queuedCount() > 0) return;
    clearInterval(timer);
    timer = undefined;
    respondedAtMs = undefined;
  }

  /** Runs while requests wait. */
  function tick(): void {
    const nowMs = performance.now();
    for (const [res, startedAtMs] of running) {
      if (nowMs - startedAtMs < maxCountedMs) break;
      running.delete(res);
    }
    for (const queue of Object.values(queues))
      while (queue[0] && nowMs - queue[0].queuedAtMs > maxQueuedMs) refuse(queue.shift()?.res);
    startWaiting();
  }

  /** Rejects the newest request of the lowest class, if that is lower than this one. */
  function makeRoomFor(requestClass: Class): boolean {
    const lowest = CLASSES.findLast((name) => queues[name].length > 0);
    if (!lowest || CLASSES.indexOf(lowest) <= CLASSES.indexOf(requestClass)) return false;
    refuse(queues[lowest].pop()?.res);
    return true;
  }

  /** Whether a request would have to wait for too long, so that it is refused at once rather than after the wait. */
  function isQueueFull(): boolean {
    const count = queuedCount();
    return count >= maxQueued || count * responseMs > maxQueuedMs;
  }
}

function classOf({ method, path }: Request): Class | undefined {
  if (path === '/health' || path === '/ready') return undefined;
  if (path.startsWith('/users/') && method !== 'GET') return 'session';
  return ['POST', 'PUT', 'PATCH', 'DELETE'].includes(method) ? 'message' : 'read';
}

import { monitorEventLoopDelay } from 'node:perf_hooks';
import { Problem } from '@async-chatbot/shared/problem';
import type { Request, RequestHandler, Response } from 'express';

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
  maxQueuedMs: 300,
  maxCountedMs: 500,
  maxDelayMs: 200,
};

const TICK_MS = 20;
const DELAY_SAMPLE_MS = 1000;

/** How many responses the mean covers, roughly. */
const SAMPLES = 20;

/** In order of priority. Health checks always pass. */
const CLASSES = ['session', 'read', 'message'] as const;
type Class = (typeof CLASSES)[number];

interface Waiting {
  res: Response;
  next: (error?: Problem) => void;
  queuedAtMs: number;
}

/**
 * Limits the requests in progress. Others wait for a moment, sessions before reads before messages, then get a 503: under
 * overload it is better to answer some requests in time than all of them too late.
 */
export function admissionGate(options: Partial<AdmissionOptions> = {}): RequestHandler {
  const { maxRunning, maxQueued, maxQueuedMs, maxCountedMs, maxDelayMs } = { ...DEFAULTS, ...options };
  const running = new Map<Response, number>();
  const queues: Record<Class, Waiting[]> = { session: [], read: [], message: [] };
  const delayMs = eventLoopDelay();
  let timer: NodeJS.Timeout | undefined;
  /** The mean time between two responses while requests wait. */
  let responseMs = 1;
  let respondedAtMs: number | undefined;

  return function gate(req, res, next) {
    const requestClass = classOf(req);
    if (!requestClass) return next();
    if (requestClass === 'message' && delayMs() > maxDelayMs) return next(overloaded());
    if (running.size < maxRunning && !timer) return start({ res, next });
    if (isQueueFull() && !makeRoomFor(requestClass)) return next(overloaded());
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
      while (queue[0] && nowMs - queue[0].queuedAtMs > maxQueuedMs) queue.shift()?.next(overloaded());
    startWaiting();
  }

  /** Rejects the newest request of the lowest class, if that is lower than this one. */
  function makeRoomFor(requestClass: Class): boolean {
    const lowest = CLASSES.findLast((name) => queues[name].length > 0);
    if (!lowest || CLASSES.indexOf(lowest) <= CLASSES.indexOf(requestClass)) return false;
    queues[lowest].pop()?.next(overloaded());
    return true;
  }

  /** Whether a request would have to wait for too long, so that it is refused at once rather than after the wait. */
  function isQueueFull(): boolean {
    const count = queuedCount();
    return count >= maxQueued || count * responseMs > maxQueuedMs;
  }

  function queuedCount(): number {
    return queues.session.length + queues.read.length + queues.message.length;
  }
}

const overloaded = () =>
  new Problem('service-unavailable', {
    detail: 'The server is overloaded. Retry after the number of seconds in the Retry-After header.',
  });

function classOf({ method, path }: Request): Class | undefined {
  if (path === '/health' || path === '/ready') return undefined;
  if (path.startsWith('/users/') && method !== 'GET') return 'session';
  return ['POST', 'PUT', 'PATCH', 'DELETE'].includes(method) ? 'message' : 'read';
}

/** The mean delay of the event loop in the last second, in milliseconds. */
function eventLoopDelay(): () => number {
  const histogram = monitorEventLoopDelay({ resolution: TICK_MS });
  histogram.enable();
  let meanMs = 0;
  setInterval(() => {
    meanMs = histogram.mean / 1e6 - TICK_MS;
    histogram.reset();
  }, DELAY_SAMPLE_MS).unref();
  return () => meanMs;
}

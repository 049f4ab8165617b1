import { problemResponse } from '@async-chatbot/core/http/responses';
import { Problem } from '@async-chatbot/shared/problem';
import type { Request, RequestHandler, Response } from 'express';
import type { Logger } from 'pino';
import { eventLoopDelay } from './event-loop-delay.ts';
import { sendJson } from './send-json.ts';
import { classOf, type RequestClass, type WaitingRequest, waitingRequests } from './waiting-requests.ts';

export interface AdmissionOptions {
  /** Requests in progress before others wait: enough to hide DynamoDB's latency, few enough that each is served soon. */
  maxRunning: number;
  maxQueued: number;
  maxQueuedMs: number;
  /** A request that takes longer waits for something other than this process, so it no longer counts. Below `maxQueuedMs`. */
  maxHeldMs: number;
  /** Above this event-loop delay, no new replies are started. */
  maxDelayMs: number;
}

const DEFAULTS: AdmissionOptions = {
  maxRunning: 64,
  maxQueued: 1000,
  maxQueuedMs: 300,
  maxHeldMs: 250,
  maxDelayMs: 200,
};

const TICK_MS = 20;

/** How often refusals are logged. */
const LOG_MS = 1000;

const FIRST_PLACE_MS = 0.5;

/** How many freed places the mean covers, roughly. */
const SAMPLES = 20;

export interface AdmissionGate {
  gate: RequestHandler;
  /** Call it when a request starts to wait for a bot, so that it no longer counts. */
  onWait: (res: Response) => void;
}

/**
 * Limits the requests in progress. Others wait for a moment, sessions before reads before messages, then get a 503: under
 * overload it is better to answer some requests in time than all of them too late.
 */
export function admissionGate(
  log: Logger,
  recordOf: (req: Request) => Express.Locals,
  options: Partial<AdmissionOptions> = {},
): AdmissionGate {
  const { maxRunning, maxQueued, maxQueuedMs, maxHeldMs, maxDelayMs } = { ...DEFAULTS, ...options };
  // An array: a `Map` would keep responses in memory after their end (decision 30).
  const running: { res: Response; startedAtMs: number }[] = [];
  const waiting = waitingRequests();
  const delayMs = eventLoopDelay();
  // Shared, because its stack trace costs more than the rest of a refusal.
  const overloaded = new Problem('service-unavailable', {
    detail: 'The server is overloaded. Retry after the number of seconds in the Retry-After header.',
  });
  let timer: NodeJS.Timeout | undefined;
  let refused = 0;
  /** The mean time until the next place is free, while requests wait. */
  let placeMs = FIRST_PLACE_MS;
  let freedAtMs: number | undefined;

  function gate(...[req, res, next]: Parameters<RequestHandler>): void {
    const requestClass = classOf(req);
    if (!requestClass) next();
    else if (requestClass === 'reply' && delayMs() > maxDelayMs) refuse(res);
    else if (running.length < maxRunning && !timer) start({ res, next });
    else queue(requestClass, { res, next, queuedAtMs: performance.now() });
  }

  function queue(requestClass: RequestClass, request: WaitingRequest): void {
    const refusedInstead = isQueueFull() ? (waiting.popBelow(requestClass) ?? request) : undefined;
    if (refusedInstead) refuse(refusedInstead.res);
    if (refusedInstead === request) return;
    waiting.push(requestClass, request);
    timer ??= setInterval(tick, TICK_MS);
  }

  return { gate, onWait: free };

  function start({ res, next }: Pick<WaitingRequest, 'res' | 'next'>): void {
    running.push({ res, startedAtMs: performance.now() });
    res.on('close', () => free(res));
    next();
  }

  function free(res: Response): void {
    const index = running.findIndex((each) => each.res === res);
    if (index < 0) return;
    running.splice(index, 1);
    if (!timer) return;
    const nowMs = performance.now();
    placeMs += (nowMs - (freedAtMs ?? nowMs - placeMs) - placeMs) / SAMPLES;
    freedAtMs = nowMs;
    startWaiting();
  }

  function startWaiting(): void {
    while (running.length < maxRunning) {
      const first = waiting.shift();
      if (!first) break;
      if (!first.res.destroyed) start(first);
    }
    if (waiting.count() > 0) return;
    clearInterval(timer);
    timer = undefined;
    placeMs = FIRST_PLACE_MS;
    freedAtMs = undefined;
  }

  /** Runs while requests wait. */
  function tick(): void {
    const nowMs = performance.now();
    while (running[0] && nowMs - running[0].startedAtMs >= maxHeldMs) free(running[0].res);
    for (const { res } of waiting.shiftBefore(nowMs - maxQueuedMs)) refuse(res);
    startWaiting();
  }

  /** Whether a request would have to wait for too long, so that it is refused at once rather than after the wait. */
  function isQueueFull(): boolean {
    const count = waiting.count();
    return count >= maxQueued || count * placeMs > maxQueuedMs;
  }

  /** As cheap as possible, to leave capacity for accepted requests. Refusals are counted and logged once per second. */
  function refuse(res: Response): void {
    if (res.destroyed) return;
    res.locals = recordOf(res.req);
    sendJson(res, problemResponse(overloaded, undefined, res.locals.requestId));
    refused += 1;
    if (refused > 1) return;
    setTimeout(() => {
      log.warn({ refused }, 'overloaded');
      refused = 0;
    }, LOG_MS).unref();
  }
}

import type { LoadName } from './loads.ts';

/** The most CPU time per request that the server may use, relative to another server in the same run. */
export interface RatioGoals {
  /** The bare server with the same headers, request id and log line, and as many requests to DynamoDB. */
  baseline?: number;
  /** Fastify 5 with the same features. */
  fastify: number;
}

export const RATIO_GOALS: Readonly<Record<LoadName, RatioGoals>> = {
  health: { baseline: 1.5, fastify: 1 },
  me: { baseline: 1.9, fastify: 1 },
  'list 50': { baseline: 1.5, fastify: 1 },
  post: { baseline: 1.7, fastify: 1 },
  'post with key': { baseline: 1.5, fastify: 1 },
  'streamed post': { fastify: 1 },
};

/** The smoke test allows this much more, since it is short and the machine may be busy. */
export const SMOKE_MARGIN = 1.5;

export const GOALS = {
  coldStartMs: 250,
  idleBytes: 95_000_000,
  loadedBytes: 180_000_000,
  /** From the bot's first delta to the client's. */
  firstDeltaP99Ms: 2,
  /** `/health` while 32 connections list. */
  busyHealthP99Ms: 15,
  /** A page of the longest history, relative to one of the shortest. */
  historyRatio: 1.3,
};

import { Problem } from '@async-chatbot/shared/problem';
import { describe, expect, it } from 'vitest';
import { operationResponse, problemResponse } from '../../src/http/responses.ts';
import type { StreamEvent } from '../../src/turns/reply-events.ts';

const REQUEST_ID = '01920000-0000-7000-8000-000000000000';

const quotas = [{ name: 'messages', quota: 5, windowSeconds: 86_400, remaining: 4, resetSeconds: 60 }];

describe('headers', () => {
  it('of a response with a body and a version', () => {
    const body = { status: 'OK', version: 7 };
    // The cast: any body with a version will do.
    expect(operationResponse({ status: 200, body } as never, undefined, REQUEST_ID)).toEqual({
      status: 200,
      headers: [
        ['Content-Type', 'application/json'],
        ['Cache-Control', 'no-store'],
        ['ETag', '"7"'],
      ],
      body: JSON.stringify(body),
    });
  });

  it('of quotas and of problems replace those of rate limits', () => {
    const limits = { RateLimit: 'canary', 'RateLimit-Policy': 'canary' };
    const { headers } = operationResponse({ status: 200, body: { status: 'OK' }, quotas }, limits, REQUEST_ID);
    expect(Object.fromEntries(headers)).toMatchObject({
      RateLimit: '"messages";r=4;t=60',
      'RateLimit-Policy': '"messages";q=5;w=86400',
    });
    const problem = new Problem('quota-exceeded', { headers: { RateLimit: 'own' } });
    expect(Object.fromEntries(problemResponse(problem, limits, REQUEST_ID).headers)).toEqual({
      'Content-Type': 'application/problem+json',
      'Cache-Control': 'no-store',
      RateLimit: 'own',
      'RateLimit-Policy': 'canary',
    });
  });
});

describe('a stream', () => {
  const textOf = async (events: AsyncIterable<StreamEvent>) => {
    const { body, heartbeat } = operationResponse({ status: 200, events }, undefined, REQUEST_ID);
    expect(heartbeat).toBe(':\n\n');
    let text = '';
    for await (const part of body) text += part;
    return text;
  };

  it('has a frame per event, and the problem of a failed reply has the request id', async () => {
    const text = await textOf(
      (async function* () {
        yield { id: '1-0', event: { type: 'reply-delta', delta: 'canary\n' } };
        yield { retryMs: 100, event: { type: 'stream-paused', id_message: '1' } };
        // The cast: the reply itself does not matter.
        yield { event: { type: 'reply-failed', problem: new Problem('bot-unavailable') } } as StreamEvent;
      })(),
    );
    const [delta, paused, failed] = text.split('\n\n');
    expect(delta).toBe('id: 1-0\nevent: reply-delta\ndata: {"type":"reply-delta","delta":"canary\\n"}');
    expect(paused).toBe('event: stream-paused\nretry: 100\ndata: {"type":"stream-paused","id_message":"1"}');
    expect(failed).toContain(`"request_id":"${REQUEST_ID}"`);
  });

  it('throws for an event that cannot be formatted, and stops the events', async () => {
    let isStopped = false;
    const events = (async function* (): AsyncGenerator<StreamEvent> {
      try {
        yield { id: 'canary\n', event: { type: 'reply-delta', delta: 'canary' } };
      } finally {
        isStopped = true;
      }
    })();
    await expect(textOf(events)).rejects.toThrow(TypeError);
    expect(isStopped).toBe(true);
  });
});

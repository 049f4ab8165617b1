import { setTimeout } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { chunkStream } from '../../src/ai-sdk/chunk-stream.ts';

it('delivers every chunk before an error to a slow reader', async () => {
  async function* failing() {
    yield 1;
    yield 2;
    throw new Error('canary');
  }
  const reader = (await chunkStream(failing(), () => undefined)).getReader();
  await setTimeout(5);
  expect(await reader.read()).toEqual({ done: false, value: 1 });
  await setTimeout(5);
  expect(await reader.read()).toEqual({ done: false, value: 2 });
  await expect(reader.read()).rejects.toThrow('canary');
});

it('calls `leave` after the first chunk if the signal is already aborted', async () => {
  const left: string[] = [];
  async function* late() {
    await setTimeout(5);
    left.push('first');
    yield 1;
  }
  const stream = chunkStream(late(), () => left.push('left'), AbortSignal.abort('canary'));
  await expect(stream).rejects.toBe('canary');
  expect(left).toEqual([]);
  await expect.poll(() => left).toEqual(['first', 'left']);
});

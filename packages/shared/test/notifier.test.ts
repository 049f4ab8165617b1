import { expect, it } from 'vitest';
import { notifier } from '../src/notifier.ts';

it('resolves all pending promises once', async () => {
  const { next, notify } = notifier();
  const resolved: string[] = [];
  const first = [next().then(() => resolved.push('one')), next().then(() => resolved.push('two'))];
  notify();
  await Promise.all(first);
  void next().then(() => resolved.push('three'));
  await Promise.resolve();
  expect(resolved).toEqual(['one', 'two']);
});

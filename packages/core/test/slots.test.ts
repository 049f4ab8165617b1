import { expect, it } from 'vitest';
import { slots } from '../src/slots.ts';

it('gives each user and all users together a limited number', () => {
  const { take } = slots({ perUser: 2, total: 3 });
  const [first] = [take('ada'), take('ada')];
  expect(take('ada')).toBe('user');
  expect(take('bob')).toBeTypeOf('function');
  expect(take('eve')).toBe('total');
  // The cast: the first of two slots is free.
  (first as () => void)();
  expect(take('eve')).toBeTypeOf('function');
  expect(take('ada')).toBe('total');
});

it('frees a slot once, however often it is called', () => {
  const { take } = slots({ perUser: 2 });
  // The cast: as above.
  const free = take('ada') as () => void;
  take('ada');
  free();
  free();
  expect(take('ada')).toBeTypeOf('function');
  expect(take('ada')).toBe('user');
});

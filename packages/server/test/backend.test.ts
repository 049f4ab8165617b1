import { describe, expect, it } from 'vitest';
import { withPlainReferences } from '../src/backend.ts';

const $ref = '#/components/schemas/Title';

describe('withPlainReferences', () => {
  it('drops a summary and a description beside a reference', () => {
    const source = { properties: { title: { $ref, summary: 'A title', description: 'Its title.' } } };
    expect(withPlainReferences(source)).toEqual({ properties: { title: { $ref } } });
  });

  it('refuses anything else beside a reference, which would not be enforced', () => {
    const source = { properties: { title: { $ref, description: 'Its title.', maxLength: 10 } } };
    expect(() => withPlainReferences(source)).toThrow(
      `maxLength beside the reference to ${$ref} would not be enforced`,
    );
  });
});

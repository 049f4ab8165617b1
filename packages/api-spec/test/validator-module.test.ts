import { expect, it } from 'vitest';
import { validatorModule } from '../src/validator-module.ts';

it('a rule beside a reference is enforced, and a description ignored', async () => {
  const document = { components: { schemas: { Title: { type: 'string', minLength: 2 } } } };
  const title = { $ref: '#/components/schemas/Title', description: 'Its title.', type: 'string', maxLength: 3 };
  const schemas = { editTitle: [{ type: 'object', properties: { title } }] };
  const text = validatorModule({ name: 'validators', document, schemas, formats: 'full' });
  const { validators } = await import(`data:text/javascript,${encodeURIComponent(text)}`);
  const [validate] = validators.editTitle;
  expect(['a', 'ab', 'abc', 'abcd'].map((value) => validate({ title: value }))).toEqual([false, true, true, false]);
});

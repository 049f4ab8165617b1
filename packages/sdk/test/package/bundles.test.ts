import { join } from 'node:path';
import { build } from 'esbuild';
import { rolldown } from 'rolldown';
import { describe, expect, inject, test } from 'vitest';

const consumer = inject('consumer');

/** Bundlers: each returns the minified bundle of a module. */
const bundlers = {
  async esbuild(contents: string): Promise<string> {
    const stdin = { contents, resolveDir: consumer, loader: 'ts' } as const;
    const options = { bundle: true, minify: true, format: 'esm', platform: 'neutral', write: false } as const;
    const { outputFiles } = await build({ stdin, ...options });
    return outputFiles.map(({ text }) => text).join('');
  },
  async rolldown(contents: string): Promise<string> {
    const id = join(consumer, 'entry.ts');
    const entry = {
      name: 'entry',
      load: (specifier: string) => (specifier === id ? contents : null),
      resolveId: (specifier: string) => (specifier === id ? id : null),
    };
    const bundle = await rolldown({ input: id, plugins: [entry], platform: 'neutral' });
    const { output } = await bundle.generate({ format: 'esm', minify: true });
    return output.map((chunk) => (chunk.type === 'chunk' ? chunk.code : '')).join('');
  },
};

describe.each(Object.entries(bundlers))('%s', (_, bundle) => {
  test('drops the client if only an error is imported', async () => {
    const whole = await bundle(`export * from '@async-chatbot/sdk'`);
    const error = await bundle(`export { ApiError } from '@async-chatbot/sdk'`);
    expect(whole).toContain('/messages');
    expect(error).not.toContain('/messages');
    expect(error.length).toBeLessThan(whole.length / 5);
  });

  test('drops everything if only types are imported', async () => {
    const nothing = await bundle('export {}');
    expect(
      await bundle(`import { type Message } from '@async-chatbot/sdk'; export type Texts = Message['content'][];`),
    ).toBe(nothing);
  });

  test('keeps the client out of the AI SDK transport, and the transport out of the client', async () => {
    expect(await bundle(`export * from '@async-chatbot/sdk/ai-sdk'`)).not.toContain('/messages');
    expect(await bundle(`export * from '@async-chatbot/sdk'`)).not.toContain('reset-step');
  });

  test('keeps the mock server out of the client', async () => {
    expect(await bundle(`export * from '@async-chatbot/sdk/testing'`)).toContain('uuid');
    expect(await bundle(`export * from '@async-chatbot/sdk'`)).not.toContain('uuid');
  });
});

import { join } from 'node:path';
import { build } from 'esbuild';
import type { Browser } from 'playwright-core';
import { beforeAll, describe, expect, inject, test } from 'vitest';
import { chromiumPath, launchChromium } from '../support/chromium.ts';
import { apiServer, expected } from './api-server.ts';
import { reportSkipped } from './executables.ts';

if (!chromiumPath) reportSkipped('the package in a browser', 'Chromium is not installed');

describe.runIf(chromiumPath)('the package bundled for a browser', () => {
  let browser: Browser;

  beforeAll(async () => {
    browser = await launchChromium();
    return () => browser.close();
  });

  /** Evaluates a script on a page of the same origin as the API. */
  async function evaluated(script: string): Promise<unknown> {
    const api = await apiServer({
      'GET /page.js': await bundled('page.mjs'),
      'GET /worker.js': await bundled('worker.mjs'),
    });
    const page = await browser.newPage();
    await page.goto(`${api.url}/page`);
    return page.evaluate(script);
  }

  test('runs in a page', async () => {
    expect(await evaluated(`import('/page.js').then(({ report }) => report)`)).toEqual(expected);
  });

  test('runs in a module worker', async () => {
    const script = `new Promise((resolve, reject) => {
      const worker = new Worker('/worker.js', { type: 'module' });
      worker.onmessage = ({ data }) => resolve(data);
      worker.onerror = ({ message }) => reject(new Error(message));
    })`;
    expect(await evaluated(script)).toEqual(expected);
  });
});

async function bundled(name: string): Promise<string> {
  const entryPoints = [join(inject('consumer'), name)];
  const options = { bundle: true, minify: true, format: 'esm', platform: 'browser', write: false } as const;
  const { outputFiles } = await build({ entryPoints, ...options });
  return outputFiles.map(({ text }) => text).join('');
}

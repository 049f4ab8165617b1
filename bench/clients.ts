/** What our SDK weighs and does, beside those that people like: each installed, bundled, and watched from the server. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { loadAdapter } from './clients/adapter.ts';
import { catalog } from './clients/catalog.ts';
import { type Installed, install } from './clients/install.ts';
import { assertWorks, type Finding, type Probe } from './clients/probe.ts';
import { errors } from './clients/probes/errors.ts';
import { limits } from './clients/probes/limits.ts';
import { lists } from './clients/probes/lists.ts';
import { retries } from './clients/probes/retries.ts';
import { sessions } from './clients/probes/sessions.ts';
import { streams } from './clients/probes/streams.ts';
import { writes } from './clients/probes/writes.ts';
import { type Line, markdownTable } from './clients/table.ts';
import { type Weight, weigh } from './clients/weigh.ts';
import { machine } from './report.ts';

const MOST_MS = 5 * 60_000;

const { only } = parseArgs({ options: { only: { type: 'string', multiple: true } } }).values;
const probes = [...retries, ...writes, ...limits, ...sessions, ...streams, ...lists, ...errors];

const giveUp = setTimeout(() => {
  throw new Error('The probes take longer than they can: a client hangs');
}, MOST_MS);
const root = await mkdtemp(join(tmpdir(), 'clients-'));
try {
  const installed: Installed[] = [];
  for (const entry of catalog) if (!only || only.includes(entry.name)) installed.push(await install(entry, root));
  const weights = await Promise.all(installed.map(weigh));
  const findings = await Promise.all(installed.map(find));

  const date = new Date().toISOString().slice(0, 10);
  const head: Line = ['', ...installed.map(({ title, version }) => `${title} ${version}`)];
  const lines = probes.map(({ title }, index): Line => [title, ...findings.map((found) => wordOf(found[index]))]);
  console.log(`${date}; ${machine()}\n\n${markdownTable(head, [...weightLines(weights), ...lines])}`);

  const lacking = probes.filter((_, index) => findings[0]?.[index] === false);
  if (installed[0]?.name === 'ours' && lacking.length > 0) {
    throw new Error(`Ours does not do what it promises: ${lacking.map(({ title }) => title).join('; ')}`);
  }
} finally {
  clearTimeout(giveUp);
  await rm(root, { recursive: true, force: true });
}
// What a client that was given up still waits for holds nothing up.
process.exit();

/** One probe after the other, so that none of the same client disturbs another. */
async function find({ name, adapter: file, commonjs }: Installed): Promise<Finding[]> {
  const adapter = await loadAdapter(file);
  await assertWorks(adapter);
  const found: Finding[] = [];
  for (const probe of probes) found.push(await attempt(probe));
  return found;

  async function attempt({ title, run }: Probe): Promise<Finding> {
    try {
      return await run(adapter, { commonjs });
    } catch (error) {
      throw new Error(`${name}: ${title}`, { cause: error });
    }
  }
}

function wordOf(finding: Finding): string {
  if (finding === undefined) return 'n/a';
  if (typeof finding === 'string') return finding;
  return finding ? 'yes' : 'no';
}

function weightLines(weights: Weight[]): Line[] {
  const kilobytes = (bytes: number) => `${(bytes / 1000).toFixed(1)} kB`;
  const megabytes = (bytes: number) => `${(bytes / 1_000_000).toFixed(1)} MB`;
  return [
    ['In a page, minified', ...weights.map(({ minifiedBytes }) => kilobytes(minifiedBytes))],
    ['In a page, minified and gzipped', ...weights.map(({ gzipBytes }) => kilobytes(gzipBytes))],
    ['Packages it depends on', ...weights.map(({ dependencies }) => String(dependencies))],
    ['Installed', ...weights.map(({ installedBytes }) => megabytes(installedBytes))],
  ];
}

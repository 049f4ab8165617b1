/**
 * Freezes the contract for a release: sets its version to the SDK's and copies it to `released/`, the base of
 * `breaking.ts`. Only `pnpm bump` runs this.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { isScalar, parseDocument } from 'yaml';

const contract = new URL('../openapi.yaml', import.meta.url);
const sdk = new URL('../../sdk/package.json', import.meta.url);

const { version } = JSON.parse(await readFile(sdk, 'utf8'));
const text = withVersion(await readFile(contract, 'utf8'), version);
await writeFile(contract, text);
await writeFile(new URL('../released/openapi.yaml', import.meta.url), text);

/** Replaces only the version, so that the rest keeps its formatting. */
function withVersion(text: string, version: string): string {
  const node = parseDocument(text).getIn(['info', 'version'], true);
  if (!isScalar(node) || !node.range) throw new Error('The contract has no info.version');
  const [start, end] = node.range;
  return text.slice(0, start) + version + text.slice(end);
}

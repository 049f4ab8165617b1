/**
 * Fails if `openapi.yaml` takes back what `released/openapi.yaml` promised: `pnpm breaking`. A pending changeset that
 * announces a new major version of the SDK, whose number is the contract's too, allows it.
 */
import { fileURLToPath } from 'node:url';
import { readChangesets } from '@changesets/read';
import { breakingChanges } from './breaking-changes.ts';

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));

const changes = await breakingChanges(path('../released/openapi.yaml'), path('../openapi.yaml'));
const isAnnounced = changes.length > 0 && (await announcesMajor());
for (const change of changes) console.error(change);
console.log(
  `Breaking changes since the last release: ${changes.length}${isAnnounced ? ', as a changeset announces' : ''}.`,
);
if (changes.length > 0 && !isAnnounced) {
  console.error("Add a changeset that says 'major' for @async-chatbot/sdk, or keep the promise.");
  process.exitCode = 1;
}

async function announcesMajor(): Promise<boolean> {
  const changesets = await readChangesets(path('../../..'));
  const releases = changesets.flatMap((changeset) => changeset.releases);
  return releases.some(({ name, type }) => name === '@async-chatbot/sdk' && type === 'major');
}

/**
 * `pnpm breaking`: fails if `openapi.yaml` has breaking changes since `released/openapi.yaml`, unless a pending changeset
 * announces a major version of the SDK, which has the same version as the contract.
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
  console.error("Undo the breaking changes, or add a changeset with a 'major' bump of @async-chatbot/sdk.");
  process.exitCode = 1;
}

async function announcesMajor(): Promise<boolean> {
  const changesets = await readChangesets(path('../../..'));
  const releases = changesets.flatMap((changeset) => changeset.releases);
  return releases.some(({ name, type }) => name === '@async-chatbot/sdk' && type === 'major');
}

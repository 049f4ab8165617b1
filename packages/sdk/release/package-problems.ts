import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';

/** What publint and are-the-types-wrong have against a tarball, a line each. */
export async function faults(tarball: Uint8Array<ArrayBuffer>): Promise<string[]> {
  return [...(await faultsOfManifest(tarball)), ...(await faultsOfTypes(tarball))];
}

async function faultsOfManifest({ buffer, byteOffset, byteLength }: Uint8Array<ArrayBuffer>): Promise<string[]> {
  const bytes = buffer.slice(byteOffset, byteOffset + byteLength);
  const { messages, pkg } = await publint({ pack: { tarball: bytes }, strict: true });
  return messages.map((message) => `publint: ${formatMessage(message, pkg, { color: false }) ?? message.code}`);
}

async function faultsOfTypes(tarball: Uint8Array): Promise<string[]> {
  const analysis = await checkPackage(createPackageFromTarballData(tarball));
  if (!analysis.types) return ['are-the-types-wrong: there are no types'];
  return analysis.problems.map((problem) => `are-the-types-wrong: ${JSON.stringify(problem)}`);
}

import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';

/** Checks a tarball with publint and are-the-types-wrong. Returns one line for each problem. */
export async function packageProblems(tarball: Uint8Array<ArrayBuffer>): Promise<string[]> {
  return [...(await manifestProblems(tarball)), ...(await typeProblems(tarball))];
}

async function manifestProblems({ buffer, byteOffset, byteLength }: Uint8Array<ArrayBuffer>): Promise<string[]> {
  const bytes = buffer.slice(byteOffset, byteOffset + byteLength);
  const { messages, pkg } = await publint({ pack: { tarball: bytes }, strict: true });
  return messages.map((message) => `publint: ${formatMessage(message, pkg, { color: false }) ?? message.code}`);
}

async function typeProblems(tarball: Uint8Array): Promise<string[]> {
  const analysis = await checkPackage(createPackageFromTarballData(tarball));
  if (!analysis.types) return ['are-the-types-wrong: the package has no types'];
  return analysis.problems.map((problem) => `are-the-types-wrong: ${JSON.stringify(problem)}`);
}

import { publint } from 'publint';
import { formatMessage } from 'publint/utils';

/** The used part of are-the-types-wrong. It is not in the workspace: `pnpm release` and `pnpm test:tools` install it. */
interface AreTheTypesWrong {
  createPackageFromTarballData: (tarball: Uint8Array) => unknown;
  checkPackage: (unpacked: unknown) => Promise<{ types: false } | { types: object; problems: unknown[] }>;
}

// Imported by path, since Vitest resolves the name to the TypeScript sources in the package.
const ARE_THE_TYPES_WRONG = new URL(
  'are-the-types-wrong/node_modules/@arethetypeswrong/core/dist/index.js',
  import.meta.url,
);

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
  const { checkPackage, createPackageFromTarballData }: AreTheTypesWrong = await import(ARE_THE_TYPES_WRONG.href);
  const analysis = await checkPackage(createPackageFromTarballData(tarball));
  if (!analysis.types) return ['are-the-types-wrong: the package has no types'];
  return analysis.problems.map((problem) => `are-the-types-wrong: ${JSON.stringify(problem)}`);
}

import { join, relative } from 'node:path';
import ts from 'typescript';

/** An example in a JSDoc comment. */
export interface Example {
  /** The source file, relative to the package. */
  readonly file: string;
  /** The line of the source file on which the code begins, from 1. */
  readonly line: number;
  readonly code: string;
}

const COMMENT = /\/\*\*.*?\*\//gs;
/** Code that is fenced as `ts` or `tsx`, or everything between `@example` and the next tag. */
const EXAMPLE = /^```tsx?\n(?<fenced>.*?)^```$|^@example\n(?!```)(?<tagged>.*?)(?=^@\w|(?![\s\S]))/gms;

/** Names that examples use without declaring them. */
const CONTEXT = `
import type { AsyncChatTransport, ChatMessage } from '@async-chatbot/sdk/ai-sdk';
import type { Client, Message } from '@async-chatbot/sdk';
import type { MockServer } from '@async-chatbot/sdk/testing';

declare global {
  const { ApiError, AuthenticationError, BadRequestError, ConflictError, createClient }: typeof import('@async-chatbot/sdk');
  const { NotFoundError, PermissionDeniedError, PreconditionFailedError }: typeof import('@async-chatbot/sdk');
  const { RateLimitError, ServerError, UnprocessableEntityError }: typeof import('@async-chatbot/sdk');
  const { createChatTransport, toUIMessages }: typeof import('@async-chatbot/sdk/ai-sdk');
  const { logging }: typeof import('@async-chatbot/sdk/logging');
  const { createMockServer }: typeof import('@async-chatbot/sdk/testing');
  type Middleware = import('@async-chatbot/sdk').Middleware;

  const { useChat }: typeof import('@ai-sdk/react');
  const { writeFile }: typeof import('node:fs/promises');
  const { afterEach, expect }: typeof import('vitest');

  const client: Client, server: MockServer, transport: AsyncChatTransport;
  const bot_response: Message, message: Message, error: unknown;
  const baseUrl: string, content: string, email: string, id: string, id_conversation: string;
  const newTrace: () => string;
  const setMessages: (messages: ChatMessage[]) => void;
  const show: (...texts: readonly (string | undefined)[]) => void;
  const showLogin: (notice?: string) => void;
  const askForTheCodeAgain: () => void, askForThePasswordAgain: () => void, showBothVersions: () => void;
}
`;

/** Returns the examples in the JSDoc comments of a source file. */
export function examplesIn(file: string, text: string): Example[] {
  return [...text.matchAll(COMMENT)].flatMap(({ 0: comment, index }) => {
    const body = comment.replace(/\s*\*\/$/, '\n').replace(/^\s*\/?\*+ ?/gm, '');
    return [...body.matchAll(EXAMPLE)].map(({ groups, index: start }) => ({
      file,
      line: lineAt(text, index) + lineAt(body, start),
      code: groups?.fenced ?? groups?.tagged ?? '',
    }));
  });
}

/** Compiles examples of the package in `root` as one program. Returns its errors, each with file and line. */
export function exampleErrors(root: string, examples: readonly Example[]): string[] {
  const { config } = ts.readConfigFile(join(root, 'tsconfig.json'), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root);
  const contextPath = join(root, 'src/example-context.ts');
  const texts = new Map([[contextPath, CONTEXT]]);
  for (const example of examples) texts.set(join(root, `${example.file}.${example.line}.tsx`), moduleOf(example));

  const program = ts.createProgram({
    rootNames: [...texts.keys()],
    options: { ...options, jsx: ts.JsxEmit.ReactJSX, noUnusedLocals: false },
    host: hostWith(texts, options),
  });
  return [...texts.keys()].flatMap((path) => {
    const file = program.getSourceFile(path);
    const errors = [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)];
    return errors.map(({ start = 0, messageText }) => {
      const source = relative(root, path).replace(/\.\d+\.tsx$/, '');
      return `${source}:${lineAt(texts.get(path) ?? '', start)}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`;
    });
  });
}

/** A module with the code on the line that it has in its source file, in a function that permits `return`. */
function moduleOf({ line, code }: Example): string {
  const isModule = /^import /m.test(code);
  const before = '\n'.repeat(line - 2);
  return isModule ? `export {};${before}\n${code}` : `export async function example() {${before}\n${code}}`;
}

function hostWith(texts: ReadonlyMap<string, string>, options: ts.CompilerOptions): ts.CompilerHost {
  const host = ts.createCompilerHost(options);
  return {
    ...host,
    fileExists: (path) => texts.has(path) || host.fileExists(path),
    readFile: (path) => texts.get(path) ?? host.readFile(path),
    getSourceFile(path, target, ...rest) {
      const text = texts.get(path);
      return text === undefined ? host.getSourceFile(path, target, ...rest) : ts.createSourceFile(path, text, target);
    },
  };
}

const lineAt = (text: string, index: number): number => text.slice(0, index).split('\n').length;

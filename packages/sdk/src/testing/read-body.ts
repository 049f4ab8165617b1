import { MAX_BODY_BYTES } from '@async-chatbot/shared/max-body-bytes';
import { Problem } from '@async-chatbot/shared/problem';
import { parse } from 'content-type';

const ENCODINGS = 'Send the body in UTF-8, uncompressed or compressed with gzip.';

/** Parses a JSON body as the server does; `undefined` without a body. Throws a `Problem` with status 400, 413 or 415. */
export async function readBody(headers: Headers, bytes: Uint8Array<ArrayBuffer>): Promise<unknown> {
  if (bytes.length === 0) return undefined;
  const { type, parameters } = parse(headers.get('content-type') ?? '');
  if (type !== 'application/json') throw new Problem('unsupported-media-type');
  if (parameters.charset && parameters.charset.toLowerCase() !== 'utf-8') throw unsupportedEncoding();
  const plain = await decompressed(headers.get('content-encoding')?.toLowerCase() ?? 'identity', bytes);
  if (plain.length > MAX_BODY_BYTES) throw new Problem('body-too-large');
  return parseJson(textOf(plain));
}

const unsupportedEncoding = (): Problem => new Problem('unsupported-media-type', { detail: ENCODINGS });

async function decompressed(encoding: string, bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  if (encoding === 'identity') return bytes;
  if (encoding !== 'gzip' && encoding !== 'deflate') throw unsupportedEncoding();
  try {
    const plain = new Blob([bytes]).stream().pipeThrough(new DecompressionStream(encoding));
    return new Uint8Array(await new Response(plain).arrayBuffer());
  } catch (cause) {
    throw new Problem('malformed-request', { detail: 'The body is not valid JSON.', cause });
  }
}

function textOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new Problem('malformed-request', { detail: 'The body is not valid UTF-8.', cause });
  }
}

function parseJson(text: string): unknown {
  // The server's parser returns an object for a compressed empty body.
  if (text === '') return {};
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new Problem('malformed-request', { detail: 'The body is not valid JSON.', cause });
  }
}

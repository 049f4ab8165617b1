/** The event stream of Bedrock's ConverseStream. */
import { crc32 } from 'node:zlib';

/** A message in AWS's event stream format: lengths, headers, payload and checksums. */
export function frame(headers: Record<string, string>, payload: unknown): Buffer {
  const body = Buffer.from(JSON.stringify(payload));
  const head = Buffer.concat(Object.entries(headers).map(([name, value]) => headerOf(name, value)));
  const lengths = uint32s(16 + head.length + body.length, head.length);
  const message = Buffer.concat([lengths, uint32s(crc32(lengths)), head, body]);
  return Buffer.concat([message, uint32s(crc32(message))]);
}

/** A header with a string value, which is type 7. */
function headerOf(name: string, value: string): Buffer {
  const length = Buffer.alloc(2);
  length.writeUInt16BE(Buffer.byteLength(value));
  return Buffer.concat([Buffer.from([name.length]), Buffer.from(name), Buffer.from([7]), length, Buffer.from(value)]);
}

function uint32s(...values: number[]): Buffer {
  const buffer = Buffer.alloc(4 * values.length);
  for (const [index, value] of values.entries()) buffer.writeUInt32BE(value, 4 * index);
  return buffer;
}

const event = (type: string, payload: unknown) => frame({ ':message-type': 'event', ':event-type': type }, payload);
export const textDelta = (text: string) => event('contentBlockDelta', { contentBlockIndex: 0, delta: { text } });
/** The events that end a complete stream. */
export const end = (stopReason = 'end_turn') => [
  event('contentBlockStop', { contentBlockIndex: 0 }),
  event('messageStop', { stopReason }),
  event('metadata', { usage: { inputTokens: 30, outputTokens: 12, totalTokens: 42 } }),
];

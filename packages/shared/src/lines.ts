export const LINE_BREAK = /\r\n?|\n/;

/** Parses the bytes of one stream. Must not be used after it has thrown. */
interface LineParser {
  /** The lines that end in these bytes. Throws on what is no UTF-8. */
  push(bytes: Uint8Array): string[];
  /** The beginning of a line that has not ended. */
  rest(): string;
  /** Throws if the last character is incomplete. */
  end(): void;
}

/** Splits UTF-8 at any line break, which is `\r\n`, `\n` or `\r`, and skips a BOM. */
export function lineParser(): LineParser {
  // Node's decoder takes a second BOM for the first if that came in two chunks; so the BOM is skipped here.
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  let skipped: string | undefined = '\uFEFF';
  let rest = '';

  return {
    push(bytes) {
      const text = decoder.decode(bytes, { stream: true });
      if (text === '') return [];
      const lines = text.slice(text[0] === skipped ? 1 : 0).split(LINE_BREAK);
      // The carriage return has ended the line already, even if its line feed comes in a chunk of its own.
      skipped = text.endsWith('\r') ? '\n' : undefined;
      lines[0] = rest + lines[0];
      rest = lines.pop() ?? '';
      return lines;
    },

    rest: () => rest,

    end: () => void decoder.decode(),
  };
}

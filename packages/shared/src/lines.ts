export const LINE_BREAK = /\r\n?|\n/;

/** Parses the bytes of one stream. Unusable after it has thrown. */
interface LineParser {
  /** Returns the lines that these bytes complete. Throws on invalid UTF-8. */
  push(bytes: Uint8Array): string[];
  /** The incomplete last line so far. */
  rest(): string;
  /** Throws if the last character is incomplete. */
  end(): void;
}

/** Splits UTF-8 at `\r\n`, `\n` and `\r`, and skips a BOM. */
export function lineParser(): LineParser {
  // The BOM is skipped here, since Node's decoder also skips a second one if the first was split across chunks.
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  let skipped: string | undefined = '\uFEFF';
  let rest = '';

  return {
    push(bytes) {
      const text = decoder.decode(bytes, { stream: true });
      if (text === '') return [];
      const lines = text.slice(text[0] === skipped ? 1 : 0).split(LINE_BREAK);
      // The carriage return has ended the line, so a line feed at the start of the next chunk is skipped.
      skipped = text.endsWith('\r') ? '\n' : undefined;
      lines[0] = rest + lines[0];
      rest = lines.pop() ?? '';
      return lines;
    },

    rest: () => rest,

    end: () => void decoder.decode(),
  };
}

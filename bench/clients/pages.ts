/** An answer with a page. */
export interface Page {
  body: unknown;
  headers?: Record<string, string>;
}

/** A page of our API. */
export const pageOfMessages = (ids: string[], next: string | undefined): Page => ({
  body: { messages: ids.map((id_message) => ({ id_message })), ...(next !== undefined && { next_cursor: 'next' }) },
});

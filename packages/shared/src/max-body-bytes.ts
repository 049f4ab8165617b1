/** The largest request body. No valid one is longer, even if each character is written as a JSON escape. */
export const MAX_BODY_BYTES = 100 * 1024;

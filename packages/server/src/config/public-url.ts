import * as z from 'zod';

/** Only characters that need no quoting in YAML, JSON and shell commands, where the URL is inserted. */
const PUBLIC_URL = /^https?:\/\/[\w.:[\]-]+(?:\/[\w.~%/-]*)?$/;

/** The URL by which clients reach the server: an origin and an optional path, without a trailing slash. */
export const publicUrl = z
  .string()
  .refine(
    (text) => PUBLIC_URL.test(text) && URL.canParse(text),
    'must be an http or https URL without credentials, query or fragment, such as https://example.com/chat',
  )
  .transform((text) => new URL(text).href.replace(/\/+$/, ''));

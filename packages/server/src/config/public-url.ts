import * as z from 'zod';

/** Of characters that need no quotes where the URL is put: in YAML, JSON and commands. */
const PUBLIC_URL = /^https?:\/\/[\w.:[\]-]+(?:\/[\w.~%/-]*)?$/;

/** Where clients reach the server: an origin and perhaps a path; without a slash at its end. */
export const publicUrl = z
  .string()
  .refine(
    (text) => PUBLIC_URL.test(text) && URL.canParse(text),
    'must be an http or https URL without credentials, query or fragment, such as https://example.com/chat',
  )
  .transform((text) => new URL(text).href.replace(/\/+$/, ''));

import * as z from 'zod';

/** `*` is a letter like any other in a URL's host. */
const isOrigin = (text: string): boolean => URL.canParse(text) && new URL(text).origin === text && !text.includes('*');
const origin = z.string().refine(isOrigin, 'must hold origins alone, such as https://chat.example.com');

/** An environment variable that holds origins, separated by commas. */
export const origins = z
  .string()
  .default('')
  .transform((text) =>
    text
      .split(',')
      .map((part) => part.trim())
      .filter(Boolean),
  )
  .pipe(z.array(origin));

import * as z from 'zod';

/** Rejects `*`, which URLs allow in a host. */
const isOrigin = (text: string): boolean => URL.canParse(text) && new URL(text).origin === text && !text.includes('*');
const origin = z.string().refine(isOrigin, 'must be origins separated by commas, such as https://chat.example.com');

/** An environment variable with origins, separated by commas. */
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

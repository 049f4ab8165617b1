import type { CookieConfig } from '@async-chatbot/core/http/session-cookie';

/** The URL that the document names in the repository, in `servers` and in its commands. */
const WRITTEN_URL = 'http://localhost:8000';

interface Server {
  /** Where the document is served, without a slash at its end; undefined if the server does not know it. */
  url: string | undefined;
  cookies: CookieConfig;
}

/** The document with the URL of this server and the cookies that it sets. */
export function servedDocument(written: string, { url, cookies }: Server): string {
  const located = url
    ? written.replaceAll(WRITTEN_URL, () => url)
    : // In YAML and in JSON. Commands keep a URL that can be typed.
      written.replace(new RegExp(`(\\burl"?: ?"?)${WRITTEN_URL}(?=["\\s])`), '$1.');
  const sameSite = cookies.sameSite === 'none' ? located.replaceAll('SameSite=Lax', 'SameSite=None') : located;
  return cookies.secure
    ? sameSite
    : sameSite.replace(/__Host-(?=(?:access|refresh)_token)/g, '').replaceAll('; Secure', '');
}

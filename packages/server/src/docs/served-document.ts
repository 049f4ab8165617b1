import type { CookieConfig } from '@async-chatbot/core/http/session-cookie';

/** The URL in the source document, in `servers` and in its commands. */
const WRITTEN_URL = 'http://localhost:8000';

interface Server {
  /** Where the document is served, without a trailing slash; undefined if unknown. */
  url: string | undefined;
  cookies: CookieConfig;
}

/** The document with the URL of this server and the cookies that it sets. */
export function servedDocument(written: string, { url, cookies }: Server): string {
  const located = url
    ? written.replaceAll(WRITTEN_URL, () => url)
    : // Relative in `servers`, in YAML and JSON. Commands need an absolute URL.
      written.replace(new RegExp(`(\\burl"?: ?"?)${WRITTEN_URL}(?=["\\s])`), '$1.');
  const sameSite = cookies.sameSite === 'none' ? located.replaceAll('SameSite=Lax', 'SameSite=None') : located;
  return cookies.secure
    ? sameSite
    : sameSite.replace(/__Host-(?=(?:access|refresh)_token)/g, '').replaceAll('; Secure', '');
}

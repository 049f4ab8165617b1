const percentEncoded = (text: string): string =>
  [...text].map((character) => `%${character.charCodeAt(0).toString(16).padStart(2, '0')}`).join('');

/** Cookie headers with a token, well-formed or nearly so. Parsers treat them differently. */
export const ODD_COOKIES: ((name: string, token: string) => string)[] = [
  (name) => name,
  (name) => `${name}=`,
  (name) => `${name}=a=b=c`,
  (name) => `=${name}`,
  (name, token) => `${name}=${token}=`,
  (name, token) => `${name}="${token}"`,
  (name, token) => `${name}="${token}`,
  (name, token) => ` ${name} = ${token} ;;`,
  (name, token) => `${name}=${percentEncoded(token)}`,
  (name, token) => `${percentEncoded(name)}=${token}`,
  (name) => `${name}=%E0%A4%A`,
  (name) => `${name}=%`,
  ...['{"canary":1}', '{}', '[]', '1', '0', 'null', 'true', '""', '"canary"', '{'].flatMap((json) => [
    (name: string) => `${name}=j:${json}`,
    (name: string) => `${name}=${encodeURIComponent(`j:${json}`)}`,
  ]),
  (name, token) => `${name}=j:"${token}"`,
  (name, token) => `${name}=${encodeURIComponent(`j:"${token}"`)}`,
  (name, token) => `${name}=s:${token}`,
  (name, token) => `${name}=canary; ${name}=${token}`,
  (name, token) => `${name}=${token}; ${name}=canary`,
  (name, token) => `${name}=; ${name}=${token}`,
  (name, token) => `__proto__=canary; constructor=canary; ${name}=${token}`,
  (name, token) => `${name.toUpperCase()}=${token}`,
];

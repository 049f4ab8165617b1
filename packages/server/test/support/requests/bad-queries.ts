/** Invalid queries, and the parameter and code of each validation error. */
export const BAD_QUERIES: [path: string, errors: string[]][] = [
  ['/messages?limit=1&limit=2', ['limit type']],
  ['/messages?limit[]=1', ['limit[] additionalProperties']],
  ['/messages?limit=%00', ['limit type']],
  ['/messages?limit=101', ['limit maximum']],
  ['/messages?limit=0', ['limit minimum']],
  // Only decimal digits are a number.
  ...['', '0x10', '%2B5', '+5', '5+', '%205', '1e1', '5.0', '-5', '1_0', '%EF%BC%95', 'Infinity', 'true'].flatMap(
    (limit): [string, string[]][] => [
      [`/messages?limit=${limit}`, ['limit type']],
      [`/conversations?limit=${limit}`, ['limit type']],
    ],
  ),
  ['/messages?cursor=canary', ['cursor minLength', 'cursor pattern']],
  ['/messages?cursor=canary&cursor=canary', ['cursor type']],
  ['/messages?canary=1', ['canary additionalProperties']],
  ['/messages?a/b~c=1', ['a/b~c additionalProperties']],
  ['/messages?=1', ['additionalProperties additionalProperties']],
  ['/messages?%E0%A4%A=1', ['\ufffd%A additionalProperties']],
  ['/messages?__proto__=1', ['__proto__ additionalProperties']],
  ['/messages?__proto__[polluted]=1', ['__proto__[polluted] additionalProperties']],
  ['/messages?constructor.prototype.polluted=1', ['constructor.prototype.polluted additionalProperties']],
  ['/health?canary', ['canary additionalProperties']],
];

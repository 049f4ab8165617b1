/** The parts of an update that sets fields. Names are escaped, because DynamoDB reserves many words. */
export function assignments(fields: object) {
  const set = Object.entries(fields).filter(([, value]) => value !== undefined);
  return {
    /** For the `SET` clause. */
    clause: set.map(([name]) => `#${name} = :${name}`).join(', '),
    names: Object.fromEntries(set.map(([name]) => [`#${name}`, name])),
    values: Object.fromEntries(set.map(([name, value]) => [`:${name}`, value])),
  };
}

/** What a node is, or what its `$ref` leads to. */
export function resolved<Node extends object>(document: object, node: Node | { $ref: string }): Node {
  if (!isReference(node)) return node;
  const names = node.$ref.split('/').slice(1);
  // The casts: linters check that every reference leads to a node of its kind.
  return names.reduce<unknown>((parent, name) => (parent as Record<string, unknown>)[name], document) as Node;
}

const isReference = (node: object): node is { $ref: string } => '$ref' in node;

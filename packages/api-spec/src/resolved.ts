/** Returns a node, or the target of its `$ref`. */
export function resolved<Node extends object>(document: object, node: Node | { $ref: string }): Node {
  if (!isReference(node)) return node;
  const names = node.$ref.split('/').slice(1);
  // The casts: linters check that every reference has a target of the right kind.
  return names.reduce<unknown>((parent, name) => (parent as Record<string, unknown>)[name], document) as Node;
}

const isReference = (node: object): node is { $ref: string } => '$ref' in node;

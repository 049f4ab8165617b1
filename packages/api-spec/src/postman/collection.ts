import { folders, variables } from './folders.ts';
import { type Operation, type OperationsDocument, operationsOf } from './operations.ts';
import { postmanRequest } from './request.ts';

/** The parts of an OpenAPI document that the collection is generated from. */
export interface CollectionDocument extends OperationsDocument {
  info: { title: string; version: string };
  servers: { url: string }[];
  tags: { name: string; description: string }[];
}

const DESCRIPTION = `Generated from the API's OpenAPI document. Run the collection from top to bottom, or send single requests.

- \`baseUrl\` is the server. Log in first; Postman stores the session cookies.
- \`email\` and \`password\` are the account. Unless you set \`email\`, each registration uses a new address.
- Requests that need an emailed code are skipped until you set \`code\`.
- Optional parameters and headers are included but disabled. Ids are those of the last message, reply and conversation.
`;

/** A Postman collection (format 2.1.0) with all operations of the document. */
export function postmanCollection(document: CollectionDocument) {
  const operations = operationsOf(document);
  const [server = { url: '' }] = document.servers;
  const toRequest = (operationId: string) => {
    const operation = operations.find((each) => each.operationId === operationId);
    if (!operation) throw new Error(`The contract has no operation ${operationId}`);
    return postmanRequest(operation);
  };
  return {
    info: {
      name: document.info.title,
      version: document.info.version,
      description: DESCRIPTION,
      schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json',
    },
    item: describedFolders(document, operations).map(({ operationIds, ...folder }) => ({
      ...folder,
      item: operationIds.map(toRequest),
    })),
    variable: Object.entries({ baseUrl: server.url, ...variables }).map(([key, value]) => ({ key, value })),
  };
}

/** Adds the tags' descriptions. Throws if an operation has no place in the order of the requests. */
function describedFolders({ tags }: CollectionDocument, operations: Operation[]) {
  const listed = new Set(folders.flatMap(({ operationIds }) => operationIds));
  const missing = operations.map(({ operationId }) => operationId).find((operationId) => !listed.has(operationId));
  if (missing) throw new Error(`List ${missing} in src/postman/folders.ts, where requests stand in the order they run`);
  return folders.map(({ name, description, operationIds }) => ({
    name,
    description: description ?? tags.find((tag) => tag.name === name)?.description,
    operationIds,
  }));
}

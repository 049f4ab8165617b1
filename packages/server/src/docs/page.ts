interface Content {
  title: string;
  /** What else stands in its head: styles and scripts. */
  head?: string;
  body: string;
}

/** A page of ours, at one of these places. */
export function page(own: keyof typeof PLACES, { title, head = '', body }: Content): string {
  const links = Object.entries(PLACES).map(
    ([path, name]) => `<a href="${path}"${path === own ? ' aria-current="page"' : ''}>${name}</a>`,
  );
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title} – Async Chatbot</title>
<link rel="icon" href="data:,">
${head}
<link rel="stylesheet" href="docs/page.css">
</head>
<body>
<header><a href="docs">Async Chatbot</a><nav aria-label="Pages">${links.join('')}</nav></header>
<main>
${body}
</main>
</body>
</html>
`;
}

/** Where the head of each page leads; relative, since the server may be reached under a path. */
const PLACES = {
  docs: 'API',
  problems: 'Problems',
  'openapi.yaml': 'openapi.yaml',
  'openapi.json': 'openapi.json',
  'postman.json': 'Postman',
};

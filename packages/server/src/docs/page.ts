interface Content {
  title: string;
  /** The link that leads to the page, if one does. */
  path?: keyof typeof LINKS;
  /** The relative URL of the server's root, such as `../`. Relative, since the server may be reached under a path. */
  root?: string;
  /** Styles and scripts. */
  head?: string;
  body: string;
}

/** An HTML page with the links of the documentation. */
export function page({ title, path, root = '', head = '', body }: Content): string {
  const links = Object.entries(LINKS).map(
    ([to, name]) => `<a href="${root}${to}"${to === path ? ' aria-current="page"' : ''}>${name}</a>`,
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
<link rel="stylesheet" href="${root}docs/page.css">
</head>
<body>
<header><a href="${root}docs">Async Chatbot</a><nav aria-label="Pages">${links.join('')}</nav></header>
<main>
${body}
</main>
</body>
</html>
`;
}

const LINKS = {
  docs: 'API',
  problems: 'Problems',
  'openapi.yaml': 'openapi.yaml',
  'openapi.json': 'openapi.json',
  'postman.json': 'Postman',
};

/** The theme is the system's, here as on the other pages. */
const dark = matchMedia('(prefers-color-scheme: dark)');
const followTheme = () => document.documentElement.classList.toggle('dark-mode', dark.matches);
dark.addEventListener('change', followTheme);
followTheme();

/** Try it out calls the server that the page came from, even where the document names another address of it. */
const callsItsServer = {
  statePlugins: {
    spec: {
      wrapActions: {
        updateJsonSpec: (update) => (spec) => update({ ...spec, servers: [{ url: new URL('.', location.href).href }] }),
      },
    },
  },
};

SwaggerUIBundle({
  url: 'openapi.json',
  plugins: [callsItsServer],
  dom_id: '#api',
  deepLinking: true,
  // The name that the client, the log and this document have for it.
  displayOperationId: true,
  // The operations are what people come for; the schemas stand beneath them, closed.
  docExpansion: 'list',
  defaultModelsExpandDepth: 0,
  showCommonExtensions: true,
  tryItOutEnabled: true,
  displayRequestDuration: true,
  // The command for each shell, once a request was sent.
  requestSnippetsEnabled: true,
  withCredentials: true,
  persistAuthorization: false,
  validatorUrl: null,
});

/** The theme is the system's, here as on the other pages. */
const dark = matchMedia('(prefers-color-scheme: dark)');
const followTheme = () => document.documentElement.classList.toggle('dark-mode', dark.matches);
dark.addEventListener('change', followTheme);
followTheme();

/** Only the reader knows the ids in paths and the codes in emails. Forms start without them; the examples would fail. */
function withoutUnknownValues(key, value) {
  if (key === 'example' && value?.email && value.code) return { ...value, code: '' };
  if (value?.in !== 'path') return value;
  const { example, ...parameter } = value;
  return parameter;
}

/** The URL in commands if `PUBLIC_URL` is not set. */
const WRITTEN_URL = 'http://localhost:8000';

/**
 * Try it out and the commands call the server that the page came from, even if the document has another URL for it, or omits
 * the path prefix of a proxy.
 */
const callsItsServer = {
  statePlugins: {
    spec: {
      wrapActions: {
        updateJsonSpec: (update) => (spec) => {
          const [{ url }] = spec.servers;
          const base = new URL('.', location.href).href;
          const located = JSON.stringify(spec).replaceAll(url === '.' ? WRITTEN_URL : url, base.slice(0, -1));
          return update({ ...JSON.parse(located, withoutUnknownValues), servers: [{ url: base }] });
        },
      },
    },
  },
};

/** The session's cookie is HTTP-only: the browser sends it, and no form can set it. */
const needsNoCookie = ({ React: { createElement, Fragment } }) => ({
  statePlugins: {
    auth: {
      wrapSelectors: {
        definitionsToAuthorize: (select) => () => select().filter((schemes) => schemes.first().get('in') !== 'cookie'),
      },
    },
  },
  wrapComponents: {
    auths: (Auths) => (props) =>
      createElement(
        Fragment,
        null,
        createElement(
          'p',
          { className: 'auth-note' },
          'After ',
          createElement('code', null, 'POST /users/login'),
          ', there is nothing to fill in: the browser sends the session cookie.',
        ),
        createElement(Auths, props),
      ),
  },
});

/** Swagger UI puts the link of an operation inside a button (axe: nested-interactive). Opening it changes the URL too. */
const hasNoLinksInButtons = ({ React }) => ({
  wrapComponents: {
    DeepLink:
      () =>
      ({ text }) =>
        React.createElement('span', null, text),
  },
});

/** What Swagger UI leaves without a name, or out of the keyboard's reach. Without a value, the attribute is removed. */
const ATTRIBUTES = [
  ['textarea.body-param__text', 'aria-label', () => 'Request body'],
  ['.examples-select-element', 'aria-label', () => 'Example'],
  ['.parameters :is(input, select)', 'aria-label', (field) => field.closest('[data-param-name]')?.dataset.paramName],
  ['.close-modal', 'aria-label', () => 'Close'],
  ['.live-responses-table pre, .request-snippets pre, .renderedMarkdown pre > code', 'tabindex', () => '0'],
  ['.modal-btn[aria-label], .copy-to-clipboard[aria-label]', 'aria-label', () => undefined],
];

function completeAttributes() {
  for (const [selector, name, valueFor] of ATTRIBUTES) {
    for (const element of document.querySelectorAll(selector)) {
      const value = valueFor(element);
      if (value) element.setAttribute(name, value);
      else element.removeAttribute(name);
    }
  }
}
new MutationObserver(completeAttributes).observe(document.body, { childList: true, subtree: true });

SwaggerUIBundle({
  url: 'openapi.json',
  plugins: [callsItsServer, needsNoCookie, hasNoLinksInButtons],
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

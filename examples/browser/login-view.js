/** Shows the form to log in or register. Calls `enter` after the login. */
export function loginView(client, enter) {
  const form = document.getElementById('login');
  const notice = form.querySelector('.notice');

  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const credentials = Object.fromEntries(new FormData(form));
    form.inert = true;
    try {
      if (event.submitter?.name === 'register') await client.users.register(credentials);
      await client.users.login(credentials);
      form.reset();
      await enter();
    } catch (error) {
      notice.textContent = error.errors?.map(sentence).join(' ') || error.message;
    } finally {
      form.inert = false;
    }
  });

  return {
    show(text) {
      notice.textContent = text;
      form.hidden = false;
      form.elements.email.focus();
    },
    hide() {
      form.hidden = true;
    },
    isShown: () => !form.hidden,
  };
}

/** Formats a validation error, such as "Password must be at least 8 characters." */
function sentence({ pointer = '', message }) {
  const [, first = '', rest = ''] = /^\/(.)(.*)/.exec(pointer) ?? [];
  return `${first.toUpperCase()}${rest} ${message}.`;
}

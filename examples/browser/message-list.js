const SAID = { cancelled: 'Stopped', failed: 'The bot could not answer', interrupted: 'The answer was cut off' };

/** The messages in an element. */
export function messageList(element) {
  return {
    clear: () => element.replaceChildren(),

    /** Shows a message; what it gives back shows how it goes on. */
    add({ content, is_bot, status }) {
      const article = document.createElement('article');
      article.className = is_bot ? 'bot' : 'person';
      article.ariaLabel = is_bot ? 'Bot' : 'You';
      const text = document.createElement('p');
      text.textContent = content;
      article.append(text);
      element.append(article);

      const bubble = {
        begin() {
          text.textContent = '';
          // A screen reader tells the whole of it in the end, and not word by word.
          article.ariaBusy = 'true';
        },
        append: (words) => text.append(words),
        end(how) {
          article.ariaBusy = 'false';
          if (!(how in SAID)) return;
          const said = document.createElement('small');
          said.textContent = SAID[how];
          article.append(said);
        },
      };
      if (is_bot && !content) bubble.begin();
      else bubble.end(status);
      return bubble;
    },
  };
}

const STATUS_TEXTS = { cancelled: 'Stopped', failed: 'The bot could not answer', interrupted: 'The reply was cut off' };

/** Shows messages in an element. */
export function messageList(element) {
  return {
    clear: () => element.replaceChildren(),

    /** Adds a message. Returns methods that show the progress of a reply. */
    add({ content, is_bot, status }) {
      const article = document.createElement('article');
      article.className = is_bot ? 'bot' : 'user';
      article.ariaLabel = is_bot ? 'Bot' : 'You';
      const text = document.createElement('p');
      text.textContent = content;
      article.append(text);
      element.append(article);

      const bubble = {
        begin() {
          text.textContent = '';
          // Screen readers announce the complete reply, rather than each delta.
          article.ariaBusy = 'true';
        },
        append: (delta) => text.append(delta),
        end(finalStatus) {
          article.ariaBusy = 'false';
          if (!(finalStatus in STATUS_TEXTS)) return;
          const note = document.createElement('small');
          note.textContent = STATUS_TEXTS[finalStatus];
          article.append(note);
        },
      };
      if (is_bot && !content) bubble.begin();
      else bubble.end(status);
      return bubble;
    },
  };
}

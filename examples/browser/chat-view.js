import { messageList } from './message-list.js';

/** Shows the conversation and the form that sends messages. Errors go to `fail`. */
export function chatView(client, fail) {
  const section = document.getElementById('chat');
  const notice = section.querySelector('.notice');
  const form = section.querySelector('form');
  const { content, send, cancel } = form.elements;
  const list = messageList(section.querySelector('[role=log]'));
  let stream;
  let detaching = new AbortController();

  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const text = content.value.trim();
    if (!text || stream) return;
    form.reset();
    notice.textContent = '';
    list.add({ content: text });
    const bubble = list.add({ is_bot: true, content: '' });
    void follow(client.messages.stream({ content: text }, { signal: detaching.signal }), bubble);
  });

  content.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    form.requestSubmit();
  });

  cancel.addEventListener('click', () => stream?.cancel().catch(fail));

  /** Shows a reply as it is streamed. The client reconnects by itself if the connection is lost. */
  async function follow(reply, bubble) {
    setStream(reply);
    try {
      for await (const event of reply) {
        if (event.type === 'reply-started') bubble.begin();
        if (event.type === 'reply-delta') bubble.append(event.delta);
      }
      bubble.end((await reply.finalMessage()).status);
    } catch (error) {
      bubble.end('failed');
      // Hiding the view aborts the stream, which is not an error. The bot continues.
      if (!detaching.signal.aborted) fail(error);
    } finally {
      setStream(undefined);
    }
  }

  function setStream(reply) {
    stream = reply;
    send.hidden = Boolean(reply);
    cancel.hidden = !reply;
  }

  return {
    show(messages) {
      section.hidden = false;
      detaching = new AbortController();
      list.clear();
      const { signal } = detaching;
      for (const message of messages) {
        const bubble = list.add(message);
        const { id_message, status } = message;
        // The reply is still in progress, requested before a reload or on another device.
        if (status === 'pending' || status === 'streaming')
          void follow(client.messages.resume(id_message, { signal }), bubble);
      }
      content.focus();
    },
    hide() {
      section.hidden = true;
      detaching.abort();
      list.clear();
    },
    notice(text) {
      section.hidden = false;
      notice.textContent = text;
    },
  };
}

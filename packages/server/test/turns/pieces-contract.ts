import { expect, it } from 'vitest';
import { newId, newUser } from '../messages/samples.ts';
import type { OpenPorts } from './ports.ts';

const newWriting = (run = 1) => ({ thread: { userId: newUser() }, id_message: newId(), run });

/** What every adapter of the port `Pieces` must do. */
export function describePieces(open: OpenPorts): void {
  it('pieces come back as one text, by their places and not by the order that they came in', async () => {
    const { pieces } = (await open())();
    const writing = newWriting();
    // 9, 10 and 100 are in another order as words.
    const said: [number, string][] = [
      [0, 'canary, t'],
      [9, 'w'],
      [10, 'o'.repeat(90)],
      [100, ' three'],
    ];
    for (const [place, piece] of said.toReversed()) await pieces.append(writing, place, piece);
    expect(await pieces.since(writing, 0)).toBe(said.map(([, piece]) => piece).join(''));
  });

  it('from each place on, what is there behind it', async () => {
    const { pieces } = (await open())();
    const writing = newWriting();
    const text = 'canary: one, two, three, four, five, six, seven, eight, nine, ten';
    for (let place = 0; place < text.length; place += 5)
      await pieces.append(writing, place, text.slice(place, place + 5));
    for (let place = 0; place < text.length; place += 5)
      expect(await pieces.since(writing, place)).toBe(text.slice(place));
    expect(await pieces.since(writing, text.length)).toBe('');
  });

  it('a piece that is appended again is there once', async () => {
    const { pieces } = (await open())();
    const writing = newWriting();
    for (const _ of [1, 2]) await pieces.append(writing, 0, 'canary');
    expect(await pieces.since(writing, 0)).toBe('canary');
  });

  it('the pieces of other runs, replies and users are unseen, and left when these are cleared', async () => {
    const { pieces } = (await open())();
    const writing = newWriting();
    const { userId } = writing.thread;
    const others = [
      { ...writing, run: 2 },
      { ...writing, run: 10 },
      { ...writing, run: 11 },
      { ...newWriting(), thread: { userId } },
      { ...writing, thread: { userId: newUser() } },
    ];
    await pieces.append(writing, 0, 'canary');
    for (const [index, other] of others.entries()) await pieces.append(other, 0, `canary of another ${index}`);
    expect(await pieces.since(writing, 0)).toBe('canary');
    await pieces.clear(writing);
    expect(await pieces.since(writing, 0)).toBe('');
    for (const [index, other] of others.entries())
      expect(await pieces.since(other, 0)).toBe(`canary of another ${index}`);
  });

  it('any number of pieces is forgotten at once, and forgotten again', async () => {
    const { pieces } = (await open())();
    const writing = newWriting();
    await Promise.all(Array.from({ length: 60 }, (_, place) => pieces.append(writing, place, '.')));
    expect(await pieces.since(writing, 0)).toHaveLength(60);
    for (const _ of [1, 2]) await pieces.clear(writing);
    expect(await pieces.since(writing, 0)).toBe('');
  });

  it('pieces are no messages', async () => {
    const { pieces, messages } = (await open())();
    const writing = newWriting();
    await pieces.append(writing, 0, 'canary');
    expect(await messages.list(writing.thread, { limit: 5 })).toStrictEqual({ messages: [] });
  });
}

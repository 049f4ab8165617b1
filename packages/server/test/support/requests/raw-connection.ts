import { once } from 'node:events';
import { connect } from 'node:net';
import { onTestFinished } from 'vitest';

/** A connection on which the test writes bytes, closed when the test ends. */
export async function rawConnection(baseUrl: string, bytes = '') {
  const socket = connect(Number(new URL(baseUrl).port), '127.0.0.1');
  onTestFinished(() => void socket.destroy());
  let received = '';
  socket.on('data', (chunk) => (received += chunk));
  // A connection that is reset has ended, too.
  socket.on('error', () => undefined);
  const ended = new Promise<void>((resolve) => socket.once('close', () => resolve()));
  await once(socket, 'connect');
  if (bytes !== '') socket.write(bytes);
  return { socket, ended, received: () => received };
}

import { once } from 'node:events';
import net from 'node:net';
import type { Wire } from '../../redis/embedded/conformance/wire';
import { encode } from '../comparison/line';
import type { Random } from '../comparison/random';
import { makeGarbage } from './garbage';

/** ms in which the server must have ended a connection that the client has ended. */
const PATIENCE = 20_000;
/** Bytes of replies to a client that reads none of them. */
const UNREAD = 200 * 1024 * 1024;

/** What a connection came to. */
export interface Visit {
  readonly commands: number;
  readonly protocolErrors: number;
}

/**
 * One connection: sends its bytes in some pieces and ends, or breaks off in the middle.
 * @throws Error where the server does not end it
 */
export async function visit(port: number, random: Random): Promise<Visit> {
  const socket = net.connect({ port, host: '127.0.0.1', noDelay: true });
  await once(socket, 'connect');
  const { bytes, commands } = makeGarbage(random);
  let heard = '';
  socket.setEncoding('latin1').on('data', (text: string) => {
    heard = (heard + text).slice(-200);
  });
  const closed = ended(socket);
  const pieces = random.chance(80) ? 1 : 2 + random.below(4);
  for (let piece = 0; piece < pieces; piece += 1) {
    const part = bytes.slice(
      (piece * bytes.length) / pieces,
      ((piece + 1) * bytes.length) / pieces,
    );
    await new Promise((resolve) => socket.write(part, 'latin1', resolve));
  }
  if (random.chance(10)) socket.destroy();
  else socket.end();
  await closed;
  return { commands, protocolErrors: /-ERR Protocol error[^\n]*\n$/.test(heard) ? 1 : 0 };
}

/** A client that asks for much and reads nothing: the server must cut it off. */
export async function neverRead(port: number, control: Wire): Promise<Visit> {
  const socket = net.connect({ port, host: '127.0.0.1', noDelay: true });
  await once(socket, 'connect');
  socket.pause().on('error', () => socket.destroy());
  const value = 'v'.repeat(1024 * 1024);
  const commands = UNREAD / value.length;
  socket.write(encode(['SET', 'unread', value]) + encode(['GET', 'unread']).repeat(commands));
  const address = `127.0.0.1:${socket.localPort}`;
  const end = Date.now() + PATIENCE;
  // A socket that is not read does not tell that it was cut off: the server does.
  while ((await control.ask('CLIENT LIST')).includes(`addr=${address} `)) {
    if (Date.now() > end) throw new Error('the server keeps a client that reads nothing');
  }
  socket.destroy();
  return { commands, protocolErrors: 0 };
}

/** Closed by whichever side; being cut off is no fault here. */
function ended(socket: net.Socket): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      socket.destroy();
      reject(new Error(`the server did not end a connection within ${PATIENCE / 1000} s`));
    }, PATIENCE);
    socket.on('error', () => socket.destroy());
    socket.once('close', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}

import net from 'node:net';

/** What a crowd got. */
export interface Sale {
  perSecond: number;
  /** Bodies of the answers, and how often each came. */
  answers: Map<string, number>;
}

/**
 * Sends GET requests over connections that stay open, one at a time on each. It speaks just enough
 * HTTP for that: the crowd must cost less than the server, or it would measure itself.
 * @param socket where the server listens
 * @param path of each request, counted from 0
 */
export async function crowd(
  socket: string,
  people: number,
  requests: number,
  path: (index: number) => string,
): Promise<Sale> {
  const answers = new Map<string, number>();
  const start = performance.now();
  let sent = 0;
  const next = () => (sent < requests ? path(sent++) : undefined);
  const took = (body: string) => answers.set(body, (answers.get(body) ?? 0) + 1);
  await Promise.all(Array.from({ length: people }, () => person(socket, next, took)));
  return { perSecond: (requests / (performance.now() - start)) * 1000, answers };
}

function person(
  socket: string,
  next: () => string | undefined,
  took: (body: string) => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const connection = net.connect(socket);
    let text = '';
    const ask = () => {
      const path = next();
      if (path === undefined) connection.end(resolve);
      else connection.write(`GET ${path} HTTP/1.1\r\nHost: localhost\r\n\r\n`);
    };
    connection
      .setEncoding('latin1')
      .once('connect', ask)
      .on('error', reject)
      .on('close', () => reject(new Error('The server has closed a connection.')))
      .on('data', (piece: string) => {
        text += piece;
        const head = text.indexOf('\r\n\r\n');
        const length = /^content-length: (\d+)/im.exec(text)?.[1];
        if (head < 0 || text.length < head + 4 + Number(length ?? 0)) return;
        if (length === undefined) return reject(new Error(`No length is told:\n${text}`));
        took(text.slice(head + 4));
        text = '';
        ask();
      });
  });
}

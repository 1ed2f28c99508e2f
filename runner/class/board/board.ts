import { once } from 'node:events';
import http, {
  type OutgoingHttpHeaders,
  type RequestListener,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { Queue } from 'bullmq';
import Redis from 'ioredis';
import { EnvironmentError } from '../../redis/instance';
import type { Listener } from '../worker/worker-event';
import { Admission } from './admission';
import { ClassMetrics } from './class-metrics';
import { queuePages } from './queue-pages';

/** Where a board is, and what it is of. */
export interface BoardSettings {
  /** On 127.0.0.1; 0 for any that is free. */
  port: number;
  /** What one must know to look. */
  token: string;
  /** The queue's Redis, and its name. */
  url: string;
  queue: string;
}

/** A queue seen from outside: its pages, and figures for Prometheus at /metrics. */
export class Board {
  readonly #server: http.Server;
  readonly #client: Redis;
  readonly #metrics: ClassMetrics;

  private constructor(server: http.Server, client: Redis, metrics: ClassMetrics) {
    this.#server = server;
    this.#client = client;
    this.#metrics = metrics;
  }

  /**
   * Opens it on the loopback: no other machine reaches it.
   * @throws EnvironmentError if the port cannot be had
   */
  static async open({ port, token, url, queue: name }: BoardSettings): Promise<Board> {
    // While the Redis is away a page says so, and waits for nothing.
    const client = new Redis(url, { maxRetriesPerRequest: 1 });
    client.on('error', () => {});
    const queue = new Queue(name, { connection: client });
    queue.on('error', () => {});
    const metrics = new ClassMetrics(queue);
    const server = http.createServer(answers(new Admission(token), queuePages(queue), metrics));
    try {
      server.listen(port, loopback);
      await once(server, 'listening');
    } catch (error) {
      client.disconnect();
      const { code = String(error) } = error as NodeJS.ErrnoException;
      throw new EnvironmentError(
        `The board cannot be opened on port ${port} (${code}).`,
        'Name another port with --board PORT; 0 takes any that is free.',
      );
    }
    return new Board(server, client, metrics);
  }

  /** Without the token. */
  get address(): string {
    const { port } = this.#server.address() as AddressInfo;
    return `http://${loopback}:${port}/`;
  }

  /** Counts what workers here tell. */
  get tell(): Listener {
    return (event) => this.#metrics.take(event);
  }

  close(): void {
    this.#server.close();
    this.#server.closeAllConnections();
    this.#client.disconnect();
  }
}

const loopback = '127.0.0.1';

function answers(
  admission: Admission,
  pages: RequestListener,
  metrics: ClassMetrics,
): RequestListener {
  return (request, response) => {
    response.setHeaders(new Map(Object.entries(headers)));
    const admitted = admission.judge(request);
    if (!admitted.isAdmitted) {
      if (admitted.status === 303) {
        response.writeHead(303, { 'Set-Cookie': admitted.cookie, Location: '/' }).end();
        return;
      }
      const asks = admitted.status === 401 ? { 'WWW-Authenticate': 'Bearer' } : {};
      return say(response, admitted.status, admitted.why, asks);
    }
    if (request.url?.split('?')[0] !== '/metrics') return pages(request, response);
    metrics.text().then(
      (text) => response.writeHead(200, { 'Content-Type': metrics.contentType }).end(text),
      (error) => say(response, 500, `The figures cannot be had: ${error}`),
    );
  };
}

function say(
  response: ServerResponse,
  status: number,
  text: string,
  more: OutgoingHttpHeaders = {},
): void {
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8', ...more });
  response.end(`${text}\n`);
}

/** The pages load nothing from elsewhere, nobody frames them, and no address of theirs goes elsewhere. */
const headers = {
  'Content-Security-Policy': [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "base-uri 'self'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
  'Cache-Control': 'no-store',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
};

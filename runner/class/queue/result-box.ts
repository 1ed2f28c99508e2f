import { gunzipSync, gzipSync } from 'node:zlib';
import type Redis from 'ioredis';
import * as v from 'valibot';
import { gradedSubmissionSchema } from '../results/graded-submission';
import type { GradedPage } from '../worker/grade-submission';

/**
 * Where workers put what came of a submission, for whoever asked for it: in the queue's Redis, under
 * the submission's id. The first one that is put there stays, whoever grades the same once more.
 */
export class ResultBox {
  readonly #client: Redis;
  readonly #queue: string;

  /** @param queue the name of the queue that the submissions are on */
  constructor(client: Redis, queue: string) {
    this.#client = client;
    this.#queue = queue;
  }

  async has(id: string): Promise<boolean> {
    return (await this.#client.exists(this.#key('result', id))) > 0;
  }

  /** Those of them that are there. */
  async present(ids: readonly string[]): Promise<string[]> {
    if (ids.length === 0) return [];
    const found = await Promise.all(ids.map((id) => this.has(id)));
    return ids.filter((_, at) => found[at]);
  }

  /** @returns whether it was the first */
  async put(result: GradedPage): Promise<boolean> {
    const key = this.#key('result', result.graded.id);
    return (await this.#client.set(key, written(result), 'EX', kept, 'NX')) === 'OK';
  }

  /** @throws Error for what no worker put there */
  async take(id: string): Promise<GradedPage | undefined> {
    return read(await this.#client.getBuffer(this.#key('result', id)));
  }

  /** What could be graded of a submission that nobody could grade whole; the last one stays. */
  async putPart(result: GradedPage): Promise<void> {
    await this.#client.set(this.#key('part', result.graded.id), written(result), 'EX', kept);
  }

  async takePart(id: string): Promise<GradedPage | undefined> {
    return read(await this.#client.getBuffer(this.#key('part', id)));
  }

  #key(kind: string, id: string): string {
    return `${this.#queue}:${kind}:${id}`;
  }
}

/** How long a result waits to be fetched, in seconds: a day. */
const kept = 24 * 60 * 60;

/** Most bytes that come out of one: reports quote what programs printed, up to limits of their own. */
const mostUnpacked = 256 * 1024 * 1024;

const boxed = v.strictObject({ graded: gradedSubmissionSchema, page: v.string() });

function written(result: GradedPage): Buffer {
  return gzipSync(JSON.stringify(result));
}

function read(packed: Buffer | null): GradedPage | undefined {
  if (packed === null) return undefined;
  const text = gunzipSync(packed, { maxOutputLength: mostUnpacked }).toString();
  return v.parse(boxed, JSON.parse(text));
}

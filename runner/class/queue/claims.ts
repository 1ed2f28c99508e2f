import type Redis from 'ioredis';

/**
 * Which submission each learner waits for, in the queue's Redis, with nobody's name: what a learner hands
 * in takes the place of what they handed in before, unless others wait for that too.
 */
export class Claims {
  readonly #client: Redis;
  readonly #queue: string;

  constructor(client: Redis, queue: string) {
    this.#client = client;
    this.#queue = queue;
  }

  /** Where workers hear that what they have in hand is superseded. */
  get channel(): string {
    return `${this.#queue}:withdrawn`;
  }

  /**
   * Says what a learner hands in now.
   * @param learner a name of whatever kind, one for each learner of each class
   * @returns the submission that it supersedes: nobody waits for that any more
   */
  async claim(learner: string, id: string): Promise<string | undefined> {
    const superseded = await this.#client.eval(
      script,
      3,
      this.#key('claim', learner),
      this.#key('claims', id),
      this.#key('superseded', id),
      ...[id, learner, kept, this.#key('claims', ''), this.#key('superseded', '')],
    );
    return typeof superseded === 'string' ? superseded : undefined;
  }

  async isSuperseded(id: string): Promise<boolean> {
    return (await this.#client.exists(this.#key('superseded', id))) > 0;
  }

  #key(kind: string, name: string): string {
    return `${this.#queue}:${kind}:${name}`;
  }
}

/** For how long a claim holds, in seconds: a day, as results do. */
const kept = 24 * 60 * 60;

/** In one step: of two learners who leave a submission at once, the second one supersedes it. */
const script = `
local before = redis.call('GET', KEYS[1])
redis.call('SET', KEYS[1], ARGV[1], 'EX', ARGV[3])
redis.call('SADD', KEYS[2], ARGV[2])
redis.call('EXPIRE', KEYS[2], ARGV[3])
redis.call('DEL', KEYS[3])
if not before or before == ARGV[1] then return false end
redis.call('SREM', ARGV[4] .. before, ARGV[2])
if redis.call('SCARD', ARGV[4] .. before) > 0 then return false end
redis.call('SET', ARGV[5] .. before, '1', 'EX', ARGV[3])
return before
`;

/** What is used here of redlock 4, which brings no types. */
declare module 'redlock' {
  import type { Redis } from 'ioredis';

  class Lock {
    readonly value: string;
    readonly expiration: number;
    readonly attempts: number;
    extend(milliseconds: number): Promise<Lock>;
    unlock(): Promise<void>;
  }

  class Redlock {
    constructor(
      clients: readonly Redis[],
      options?: { retryCount?: number; retryDelay?: number; retryJitter?: number },
    );
    lock(resource: string | string[], milliseconds: number): Promise<Lock>;
  }

  export = Redlock;
}

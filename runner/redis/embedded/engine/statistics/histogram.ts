/**
 * Durations in buckets of two significant digits, as HdrHistogram keeps them for Redis
 * (http://hdrhistogram.org): within a power of two each bucket is a 128th of it wide.
 */
export class Histogram {
  /** By the highest nanosecond of a bucket. */
  readonly #counts = new Map<number, number>();
  #total = 0;

  get total(): number {
    return this.#total;
  }

  /** @param us microseconds */
  add(us: number): void {
    const bucket = lastOfBucket(Math.max(1000, us * 1000));
    this.#counts.set(bucket, (this.#counts.get(bucket) ?? 0) + 1);
    this.#total += 1;
  }

  /** @param percent from 0 to 100 @returns microseconds within which that share of all stays */
  percentile(percent: number): number {
    const wanted = Math.max(1, Math.ceil((percent / 100) * this.#total));
    let seen = 0;
    for (const [bucket, count] of this.#sorted()) {
      seen += count;
      if (seen >= wanted) return bucket / 1000;
    }
    return 0;
  }

  /** How many took at most so many microseconds, by powers of two, those left out that add nothing. */
  cumulative(): [us: number, count: number][] {
    const steps: [number, number][] = [];
    let seen = 0;
    let limit = 1024;
    for (const [bucket, count] of this.#sorted()) {
      while (bucket > lastOfBucket(limit)) limit *= 2;
      seen += count;
      const us = Math.floor(lastOfBucket(limit) / 1000);
      const last = steps.at(-1);
      if (last?.[0] === us) last[1] = seen;
      else steps.push([us, seen]);
    }
    return steps;
  }

  #sorted(): [bucket: number, count: number][] {
    return Array.from(this.#counts).sort(([one], [other]) => one - other);
  }
}

function lastOfBucket(ns: number): number {
  const width = 2 ** Math.max(0, Math.floor(Math.log2(ns)) - 7);
  return Math.floor(ns / width) * width + width - 1;
}

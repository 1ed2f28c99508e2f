import path from 'node:path';
import type { LoadWatch } from './loading';

/*
 * redis 2 and 3 give their two classes some four hundred methods, one at a time, and look at the
 * class between any two. V8 keeps a class's prototype ready for calls, so it copies all that is there
 * already each time: that takes longer than all else in the package. Here the methods go to an equal
 * object that is nobody's prototype yet, and becomes it when it is complete.
 */

type Class = { prototype: object };

const redis = path.join('node_modules', 'redis');
const index = path.join(redis, 'index.js');
const commands = path.join(redis, 'lib', 'commands.js');

/** Has the packages of redis that the program loads add their commands at one go. */
export function addCommandsAtOnce(): LoadWatch {
  let under: Collecting[] = [];
  const collect = (real: unknown): unknown => {
    if (!isClass(real)) return real;
    const collecting = new Collecting(real);
    under.push(collecting);
    return collecting;
  };
  return {
    after({ request, parent }, loaded) {
      const from = parent?.filename ?? '';
      if (request === './lib/commands' && from.endsWith(index)) {
        for (const collecting of under) collecting.handOver();
        under = [];
      }
      if (!from.endsWith(commands)) return loaded;
      if (request === './multi') return collect(loaded);
      if (request !== '../' || !hasClient(loaded)) return loaded;
      return { ...loaded, RedisClient: collect(loaded.RedisClient) };
    },
  };
}

/** Stands in for a class: it has a prototype to add to, and that is all that is used of it. */
class Collecting {
  readonly #real: Class;
  #coming: object | undefined;

  constructor(real: Class) {
    const { prototype } = real;
    this.#real = real;
    this.#coming = Object.create(
      Object.getPrototypeOf(prototype),
      Object.getOwnPropertyDescriptors(prototype),
    );
  }

  /** What is added later, by the package's own `addCommand`, goes where it belongs at once. */
  get prototype(): object {
    return this.#coming ?? this.#real.prototype;
  }

  handOver(): void {
    if (this.#coming) this.#real.prototype = this.#coming;
    this.#coming = undefined;
  }
}

function isClass(value: unknown): value is Class {
  return typeof value === 'function' && typeof value.prototype === 'object';
}

function hasClient(value: unknown): value is { RedisClient: unknown } {
  return typeof value === 'object' && value !== null && 'RedisClient' in value;
}

import type { Sandbox } from '../sandbox/sandbox';

/** What a check is doing now, and what it has seen so far. */
export interface Doing {
  /** Whether a Redis has been started for it. */
  begun: boolean;
  /** The programs that run now, by their names. */
  running: string[];
  /** How many were started, those that have ended too. */
  programs: number;
  /** Commands that Redis got. */
  commands: number;
  /** Requests over HTTP that were answered. */
  requests: number;
}

/** A check that goes on, to be looked at meanwhile. */
export class GradingMonitor {
  readonly #open = new Set<Sandbox>();
  #ended: Doing = { begun: false, running: [], programs: 0, commands: 0, requests: 0 };

  /** A file of the lesson is being graded in this sandbox. @param _file its name as it was found */
  began(sandbox: Sandbox, _file: string): void {
    this.#open.add(sandbox);
  }

  /** It is done with; what was seen in it still counts. */
  ended(sandbox: Sandbox): void {
    this.#open.delete(sandbox);
    this.#ended = { ...sum([this.#ended, seenIn(sandbox)]), running: [] };
  }

  get now(): Doing {
    return sum([this.#ended, ...[...this.#open].map(seenIn)]);
  }
}

function seenIn({ programs, journal }: Sandbox): Doing {
  return {
    begun: true,
    running: programs.filter(({ exit }) => !exit).map(({ name }) => name),
    programs: programs.length,
    commands: journal.wire.filter(({ kind }) => kind === 'command').length,
    requests: journal.exchanges.length,
  };
}

function sum(all: readonly Doing[]): Doing {
  const count = (of: (one: Doing) => number) => all.reduce((total, one) => total + of(one), 0);
  return {
    begun: all.some(({ begun }) => begun),
    running: [...new Set(all.flatMap(({ running }) => running))],
    programs: count(({ programs }) => programs),
    commands: count(({ commands }) => commands),
    requests: count(({ requests }) => requests),
  };
}

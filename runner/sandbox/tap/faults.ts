import { CommandGate } from './command-gate';

/**
 * Something that goes wrong between a program and Redis, put in to see that everybody bears it:
 * the command's connection is cut, all end and none is taken any more, Redis itself ends, or the
 * command arrives later. No lesson's check asks for one.
 */
export type Fault = {
  /** The program, by the name under which evidence speaks of it. */
  program: string;
  /** At which of its commands, from 1, as they come over all of its connections. */
  at: number;
} & ({ what: 'cut' | 'refuse' | 'kill' } | { what: 'delay'; ms: number });

/** Counts a program's commands up to the one at which its fault is due. */
export class FaultPoint {
  #left: number;

  constructor(readonly fault: Fault) {
    this.#left = fault.at;
  }

  /** Watches one of the program's connections. */
  gate(): CommandGate {
    return new CommandGate(() => {
      this.#left -= 1;
      return this.#left === 0;
    });
  }
}

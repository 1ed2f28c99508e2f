import { constants } from 'node:os';

/** Shells, and bubblewrap, give a program that a signal has ended the code of this and the signal's number. */
const signalled = 128;

/**
 * How a program ended, by what bubblewrap says of it: a code above 128 stands for the signal that
 * ended the program, or is its own.
 * @returns the signal where there is one of that number
 */
export function endBehindWalls(
  code: number | null,
  signal: NodeJS.Signals | null,
): { code: number | null; signal: NodeJS.Signals | null } {
  const number = (code ?? 0) - signalled;
  const [name] = signals.find(([, one]) => one === number) ?? [];
  return name === undefined ? { code, signal } : { code: null, signal: name };
}

const signals = Object.entries(constants.signals) as [NodeJS.Signals, number][];

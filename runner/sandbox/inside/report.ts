import fs from 'node:fs';
import { eventsDescriptor, type ProgramEvent } from '../process/settings';
import { type Key, sipHash } from '../process/sip-hash';
import { asciiJson } from './ascii-json';

/*
 * The program shares its process with this module, and may replace any builtin. So what is called
 * here is held from before its code runs, and nothing of the program's is called between the code of
 * a line and its way out: a line says what was reported, or the runner does not take it.
 */

const { writeSync } = fs;
const slice: (text: string, from: number) => string = Function.prototype.call.bind(
  String.prototype.slice,
);

let key: Key = [];
let count = 0;

/** From now on reports carry their proof. @param given kept, and to be seen by nobody else */
export function signReports(given: Key): void {
  key = given;
}

/** Tells the runner; synchronous, so that nothing is lost when the program ends right after. */
export function report(event: ProgramEvent): void {
  // What it is made of may be the program's, and make a report in its turn.
  const text = asciiJson(event);
  count += 1;
  const numbered = `${count} ${text}`;
  let rest = `${sipHash(key, numbered)} ${numbered}\n`;
  while (rest !== '') {
    try {
      rest = slice(rest, writeSync(eventsDescriptor, rest));
    } catch (error) {
      // EAGAIN: the pipe is full, the runner is about to read. Anything else: nobody listens.
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') return;
    }
  }
}

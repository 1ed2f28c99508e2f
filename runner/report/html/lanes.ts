import { clip } from '../terminal/transcript';
import type { TimelineEvent } from '../timeline';
import { endsOf, type Lane, lanesAmong } from './lane-order';

/** One thing that went from lane to lane, or that a program printed in its own. */
export interface Step {
  /** Milliseconds since the first. */
  at: number;
  kind: TimelineEvent['kind'];
  /** Places of lanes, from 0; the same twice where something was printed. */
  from: number;
  to: number;
  text: string;
  reply?: string;
}

/** What stands between two steps: time that passed, or steps that are left out. */
export type Gap = { pause: number } | { skipped: number };

/** A run laid out in lanes, Redis in the middle of its programs. */
export interface Lanes {
  lanes: Lane[];
  rows: (Step | Gap)[];
}

/** Lays out what was seen of a run. */
export function lanesOf(events: readonly TimelineEvent[]): Lanes {
  const lanes = lanesAmong(events);
  const start = events[0]?.at ?? 0;
  const steps = events.map((event) => stepOf(event, lanes, start));
  return { lanes, rows: withPauses(clip(inBlocks(steps), mostSteps)) };
}

const mostSteps = 200;
/** Shorter waits are not worth a word; in milliseconds. */
const shortest = 400;

function stepOf(event: TimelineEvent, lanes: Lane[], start: number): Step {
  const { at, kind, text, reply } = event;
  return {
    at: at - start,
    kind,
    text,
    ...endsOf(event, lanes),
    ...(reply === undefined ? {} : { reply }),
  };
}

/** Lines that a program prints in one go stand together. */
function inBlocks(steps: readonly Step[]): Step[] {
  const blocks: Step[] = [];
  for (const step of steps) {
    const last = blocks.at(-1);
    const printed = step.from === step.to && step.from === last?.from && step.kind === last.kind;
    if (last && printed && step.at - last.at < together) last.text += `\n${step.text}`;
    else blocks.push({ ...step });
  }
  return blocks;
}

/** In milliseconds. */
const together = 20;

function withPauses(steps: readonly (Step | number)[]): (Step | Gap)[] {
  let last: number | undefined;
  return steps.flatMap((step): (Step | Gap)[] => {
    if (typeof step === 'number') {
      last = undefined;
      return [{ skipped: step }];
    }
    const pause = last === undefined ? 0 : step.at - last;
    last = step.at;
    return pause >= shortest ? [{ pause }, step] : [step];
  });
}

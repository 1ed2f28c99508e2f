import type { Isolation } from '../../../runner/sandbox/isolation/level';
import type { Limits } from '../../../runner/sandbox/process/limits';
import type { Program } from '../../../runner/sandbox/process/program';
import type { Scene } from './scene';

/** What an attack left: what it told, and what happened to that which it was after. */
export interface Evidence {
  /** What it passed to `tell`, in that order. */
  told: unknown[];
  scene: Scene;
  /** The names of the commands that the journal holds. */
  commands: string[];
  /** Nothing where it ran on a bare Node. */
  program?: Program | undefined;
}

/** What becomes of an attack: nothing, or it succeeds and docs/untrusted.md says so. */
export type Outcome = 'stopped' | 'known';

export interface Attack {
  title: string;
  /**
   * What the program does, as the body of an async function: it has `at`, where to find what it is
   * after (see {@link Scene.bait}), `tell(value)`, and `visit(socket)`, which greets and waits.
   */
  text: string;
  /** Whether it has got what it was after. */
  got: (evidence: Evidence) => boolean;
  guard: Outcome;
  /** Stopped without it. */
  walls?: Outcome;
  /** Why it isn't shown to succeed on a bare Node; it is without it. */
  notBare?: string;
  /** The kind of Redis that it attacks; the embedded one without it. */
  redis?: 'server' | 'embedded';
  limits?: Partial<Limits>;
}

/** @returns what is to become of an attack at a level */
export function outcomeAt(attack: Attack, isolation: Exclude<Isolation, 'none'>): Outcome {
  return isolation === 'walls' ? (attack.walls ?? 'stopped') : attack.guard;
}

/** It has told a text with the secret of its scene in it. */
export function toldSecret({ told, scene }: Evidence): boolean {
  return JSON.stringify(told).includes(scene.bait.secret);
}

/** It has told anything at all. */
export function toldAnything({ told }: Evidence): boolean {
  return told.length > 0;
}

import * as v from 'valibot';
import { drainEventLoop } from '../../redis/drain-event-loop';
import { commandText } from '../../redis/protocol/command-text';
import type { Program } from '../../sandbox/process/program';
import type { Sandbox } from '../../sandbox/sandbox';
import type { WireCommand } from '../../sandbox/tap/journal';
import type { CourseTerms } from '../course-terms';
import { endedByRefusal, explainEnd } from '../explain/crash';
import { earlyExit } from '../explain/early-exit';
import { looksElsewhere, otherAddress } from '../explain/other-address';
import { hasError, printedError } from '../explain/printed-error';
import { refusal } from '../explain/refusals';
import type { NextStep } from '../finding';
import { fail, type Place, quote } from '../finding';
import { clientsLeftOpen } from '../source/clients';
import { Source } from '../source/requirements';
import { type TranscriptOptions, wrongOutput } from './output-diagnosis';
import { type CommandNext, wrongCommand } from './sent-commands';
import { compare, type Expected, matches, type Step } from './transcript';

/** How long a program may take for what a task asks of it, in milliseconds. */
const patience = 20_000;

/** How long a program that did all that was asked may stay busy, in milliseconds. */
const restlessness = 1_500;

/** How long a program that only timers keep busy must do nothing to count as settled, in milliseconds. */
const stillness = 3_000;

/** How long a program may take to end when it should, in milliseconds. */
const farewell = 12_000;

/** After how long a program that was busy is asked again, in milliseconds: soon, then less often. */
function* pauses(): Generator<number, never> {
  for (let pause = 1; ; pause = Math.min(2 * pause, 15)) yield pause;
}

/** After so many attempts elsewhere, and none at the task's Redis, a program tries for ever. */
const manyAttempts = 3;

/** Between two of its commands a program may look idle: one that is finds itself so each time. */
const looks = 3;

/** How long a program's connections may stay open when it has ended, in milliseconds. */
const drainLimit = 1_000;

/** A program under check, with the words for what it must do. */
export class ProgramRun {
  readonly #sandbox: Sandbox;
  readonly #signal: AbortSignal | undefined;
  readonly program: Program;
  readonly course: CourseTerms;

  constructor(sandbox: Sandbox, program: Program, course: CourseTerms, signal?: AbortSignal) {
    this.#sandbox = sandbox;
    this.program = program;
    this.course = course;
    this.#signal = signal;
  }

  get name(): string {
    return this.program.name;
  }

  /** Lines on standard output, and those on standard error that Node did not put there. */
  get lines(): string[] {
    return this.program.output.filter((line) => line.stream === 'stdout').map((line) => line.text);
  }

  /** Every line it printed, on either stream. */
  get outputLines(): string[] {
    return this.program.output.map((line) => line.text);
  }

  /**
   * Waits until the program has ended or will do nothing more by itself. One that only timers keep
   * busy counts as settled when it has been still for a while.
   * @param timers how many timers run for ever in a right program, apart from those that packages keep house with
   * @throws CheckFailure where it crashed, broke a limit or did not come to rest in time
   */
  async waitUntilSettled(timers = 0): Promise<void> {
    await this.waitUntilIdle(timers);
    this.expectNoCrash();
    const elsewhere = otherAddress(this.program);
    if (elsewhere) fail(elsewhere);
  }

  /** As {@link waitUntilSettled}, without a judgement. */
  async waitUntilIdle(timers = 0): Promise<void> {
    const deadline = performance.now() + patience;
    let before = -1;
    while (!(await this.waitForIdle(timers, stillness)) && !this.isCutShort) {
      const state = await this.program.state({ limit: stillness });
      const after = this.activity;
      if (this.#isAstray) break;
      if (state?.resources.length === 0 && (after === before || looksElsewhere(this.program)))
        break;
      before = after;
      if (performance.now() < deadline) continue;
      // One that answers no more is stuck: the limit that it breaks shows why.
      if (!state) await this.waitUntil(() => false);
      break;
    }
  }

  /** Whether nothing is worth waiting for any more: Redis is gone, or the check is to end. */
  get isCutShort(): boolean {
    return this.#signal?.aborted === true;
  }

  /** Grows with every line and every command. */
  get activity(): number {
    return this.program.output.length + this.commands().length;
  }

  /**
   * What it told last: a program of the check's own that drives the learner's code, see `Driver`.
   * @returns nothing where it told nothing, or what the learner's code has put out of form
   */
  told<Told>(schema: v.GenericSchema<unknown, Told>): Told | undefined {
    const { success, output } = v.safeParse(schema, this.program.told);
    return success ? output : undefined;
  }

  /** @throws CheckFailure where its file, or one that it imports, is no JavaScript or TypeScript */
  expectParsed(): void {
    const finding = explainEnd(this.program, this.course);
    if (finding?.class === 'syntax-error') fail(finding);
  }

  /**
   * Waits until it has come to rest, for so long at most.
   * @param timers as for {@link waitUntilSettled}
   * @returns whether it came to rest within the limit (milliseconds)
   */
  async waitForIdle(timers = 0, limit = restlessness): Promise<boolean> {
    const deadline = performance.now() + limit;
    const pause = pauses();
    while (!this.isCutShort) {
      if (this.program.exit) return true;
      if (this.#isAstray) return false;
      const left = deadline - performance.now();
      if (left <= 0) return false;
      if (await this.program.waitForIdle(timers, { signal: this.#signal, limit: left }))
        return true;
      await this.#sandbox.journal.until(
        () => this.program.exit !== undefined,
        Math.min(pause.next().value, left),
        this.#signal,
      );
    }
    return false;
  }

  /**
   * Waits until the condition holds, until the program ends, or until it has nothing more to do, as
   * seen several times, with all that Redis owed to anybody on its way between.
   * @param timers as for {@link waitUntilSettled}; without it only its end cuts the waiting short
   * @param limit milliseconds
   */
  async waitUntil(
    condition: () => boolean,
    options: { timers?: number; limit?: number } = {},
  ): Promise<boolean> {
    const { journal } = this.#sandbox;
    const deadline = performance.now() + (options.limit ?? patience);
    const pause = pauses();
    let idle = 0;
    while (!condition() && !this.program.exit && !this.isCutShort) {
      const left = deadline - performance.now();
      if (left <= 0 || (options.timers !== undefined && this.#isAstray)) break;
      const patience = { signal: this.#signal, limit: left };
      if (
        options.timers !== undefined &&
        (await this.program.waitForIdle(options.timers, patience))
      ) {
        idle += 1;
        if (idle === looks) break;
        await this.#sandbox.connection.send('PING');
        continue;
      }
      const step = options.timers === undefined ? left : Math.min(left, pause.next().value);
      await journal.until(() => condition() || this.program.exit !== undefined, step, this.#signal);
    }
    // What it sent last may still be on its way through the tap when it is gone itself.
    if (this.program.exit) await journal.until(() => this.program.tap.open === 0, drainLimit);
    await drainEventLoop();
    return condition();
  }

  /** Waits for a line, as {@link waitUntil} does. */
  async waitForLine(
    line: Expected,
    options: { timers?: number; limit?: number } = {},
  ): Promise<boolean> {
    return this.waitUntil(() => this.outputLines.some((one) => matches(line, one)), options);
  }

  /**
   * @param file the learner’s, where another program calls it
   * @throws CheckFailure where it crashed or broke a limit
   */
  expectNoCrash(file = this.program.file): void {
    const finding = explainEnd(this.program, this.course, file);
    if (!finding) return;
    const refused = finding.class === 'crash' && endedByRefusal(this.program);
    fail({ ...finding, ...(refused ? refusal(this.#sandbox.journal, this.name) : {}) });
  }

  /**
   * Its output is these lines and no others. Lines on standard error count where they are
   * expected; others there are the program's own business. Blank lines count nowhere.
   * @throws CheckFailure with the first difference
   */
  expectOutput(steps: readonly Step[], options: TranscriptOptions = {}): void {
    const besides = options.besides ?? [];
    const expected = steps.flatMap((step) =>
      typeof step === 'object' && 'anyOrder' in step ? step.anyOrder : [step],
    );
    const seen = this.program.output
      .filter(
        (line) =>
          (line.stream === 'stdout' && line.text.trim() !== '') ||
          [...besides, ...expected].some((one) => matches(one, line.text)),
      )
      .map((line) => line.text);
    // Where such a line stands is free, so it is compared where it was printed.
    const whole = [...steps];
    for (const line of besides) {
      const at = seen.findIndex((one) => matches(line, one));
      whole.splice(at < 0 ? 0 : Math.min(at, whole.length), 0, line);
    }
    const fault = compare(whole, seen);
    if (!fault) return;
    const { journal } = this.#sandbox;
    fail(wrongOutput(fault, options, { journal, program: this.program, course: this.course }));
  }

  /** The commands it sent, with what came back. */
  get sent(): readonly WireCommand[] {
    return this.#sandbox.journal.commands(this.name);
  }

  /** The commands it sent of these names, as words; the name in capitals. */
  commands(...names: string[]): string[][] {
    return this.#sandbox.journal
      .commands(this.name)
      .map((command) => command.words)
      .filter(([name]) => names.length === 0 || names.includes(name ?? ''));
  }

  /** The same, a line each, for what a finding shows. */
  commandLines(...names: string[]): string {
    return this.commands(...names)
      .map(commandText)
      .join('\n');
  }

  /**
   * It sent this command.
   * @throws CheckFailure naming what it sent instead
   */
  expectSent(words: string[], next: NextStep | CommandNext): void {
    const finding = wrongCommand(words, this.commands(), next);
    if (finding) fail({ ...finding, ...earlyExit(this.program) });
  }

  /**
   * Each command of this name came just as often as given.
   * @throws CheckFailure otherwise
   */
  expectSentTimes(words: string[], times: number, next: NextStep | CommandNext): void {
    const finding = wrongCommand(words, this.commands(), next, times);
    if (finding) fail(finding);
  }

  /** @throws CheckFailure naming the first command that Redis, or the client, has refused it */
  expectNoRefusal(): void {
    const { journal } = this.#sandbox;
    const { name, file } = this.program;
    const finding =
      refusal(journal, this.name) ??
      this.lines
        .filter(hasError)
        .map((line) =>
          printedError(line, this.lines, { journal, program: name, file, course: this.course }),
        )
        .find((one) => one !== undefined);
    if (finding) fail(finding);
  }

  /**
   * It ends by itself, with exit code 0.
   * @param after what it should end after, as the end of the sentence
   * @param options `timers` as for {@link waitUntilSettled}; `at` where the file should end it;
   * `needsAll` if the task asks for all of its clients
   * @throws CheckFailure naming what keeps it running
   */
  async expectExit(
    after: string,
    next: NextStep,
    options: { timers?: number; at?: Place | readonly Place[]; needsAll?: true } = {},
  ): Promise<void> {
    const { timers = 0, at, needsAll } = options;
    await this.waitUntil(() => false, { timers, limit: farewell });
    this.expectNoCrash();
    if (this.program.exit) return;
    const state = await this.program.state();
    const timer = state !== undefined && state.timers > timers;
    const { tap } = this.program;
    // By QUIT, or as redis 4 and later do it: without a word.
    const hasClosed = this.commands('QUIT').length > 0 || tap.open < tap.connections;
    const [open] = hasClosed ? clientsLeftOpen(new Source(this.program.file)) : [];
    if (open && !timer) {
      fail({
        class: 'did-not-exit',
        message: `The program does not end ${after}: its client ${quote(open.name)} is still connected.`,
        next: `Call ${open.name}.${open.closer}() as well${needsAll ? '' : ', or leave that client out'}.`,
        line: open.line,
      });
    }
    const reasons = [
      ...(tap.open > 0 ? ['its connection to Redis is still open'] : []),
      ...[...this.program.servers.keys()].map((port) => `its server still listens on port ${port}`),
      ...(timer ? ['a timer is still running'] : []),
    ];
    fail({
      class: 'did-not-exit',
      message: `The program does not end ${after}: ${reasons.join(', and ') || 'something keeps it busy'}.`,
      next,
      ...(timer ? { at: { calls: ['setInterval', 'setTimeout'] } } : at ? { at } : {}),
    });
  }

  stop(): Promise<unknown> {
    return this.program.stop();
  }

  /** It looks for Redis elsewhere again and again: nothing more will come of it. */
  get #isAstray(): boolean {
    return looksElsewhere(this.program) && this.program.elsewhere.length >= manyAttempts;
  }
}

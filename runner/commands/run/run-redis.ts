import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Planned } from '../../course/run-plan';
import { announceRun, keepSnapshot } from '../../course/runs';
import { evidenceOf } from '../../grading/evidence';
import { Keyspace } from '../../grading/program/keyspace';
import type { Evidence } from '../../grading/verdict';
import { ConnectionLost } from '../../redis/connection';
import { defaultFileName } from '../../redis/default-file-name';
import { RedisReplyError } from '../../redis/protocol/resp';
import { readRdb } from '../../redis/rdb/reader';
import type { Sandbox } from '../../sandbox/sandbox';
import type { Session } from '../session';

/**
 * The data of a run: what it starts from, how other terminals reach it while it lasts, and
 * what it leaves, in memory and as a snapshot for `redis N`.
 */
export class RunRedis {
  /** What was seen, after the look. */
  evidence: Evidence | undefined;
  readonly #session: Session;
  readonly #programs: readonly Planned[];
  readonly #snapshot: string | undefined;
  #release: () => void = () => {};

  constructor(session: Session, programs: readonly Planned[]) {
    this.#session = session;
    this.#programs = programs;
    this.#snapshot = this.#startingPoint();
  }

  /** The RDB file to start from; none where Redis is the learner's, which takes no files. */
  get rdb(): string | undefined {
    return this.#session.options.redis === undefined ? this.#snapshot : undefined;
  }

  /** Redis is there: it gets its data, and other terminals can find it. */
  async opened({ redis, connection }: Sandbox): Promise<void> {
    const { kind, version, address } = redis;
    if (kind === 'url') {
      // Strings are all that a course asks a dump for.
      const held = this.#snapshot === undefined ? [] : readRdb(readFileSync(this.#snapshot));
      for (const { db, key, value } of held) {
        if (db === 0 && value.type === 'string') await connection.send('SET', key, value.value);
      }
      return;
    }
    const { workspace, screen } = this.#session;
    const [lesson] = this.#lessons;
    if (workspace.readOnly || !lesson) return;
    try {
      const releases = this.#lessons.map((one) =>
        announceRun(workspace.folder, one, { pid: process.pid, kind, version, address }),
      );
      this.#release = () => {
        for (const release of releases) release();
      };
    } catch (error) {
      if (!isSystemError(error)) throw error;
      return; // A workspace that cannot be written: the run goes on by itself.
    }
    if (screen.live) {
      const line = this.#session.command(`redis ${this.#session.addressOf(lesson)}`);
      this.#session.note(`To look at its Redis from another terminal: ${line}`);
    }
  }

  /** Takes the evidence, and keeps the data for later. */
  async look(sandbox: Sandbox): Promise<void> {
    try {
      const keys = await new Keyspace(sandbox.connection).snapshot();
      this.evidence = evidenceOf(sandbox.journal, keys);
      if (this.#session.options.redis !== undefined || this.#session.workspace.readOnly) return;
      await sandbox.connection.send('SAVE');
      for (const lesson of this.#lessons) {
        keepSnapshot(
          this.#session.workspace.folder,
          lesson,
          path.join(sandbox.folder, defaultFileName),
        );
      }
    } catch (error) {
      // With Redis gone there is nothing to look back on.
      if (error instanceof ConnectionLost) return;
      if (!(error instanceof RedisReplyError || isSystemError(error))) throw error;
      this.#session.note(`What the run left in Redis could not be kept: ${error.message}.`);
    }
  }

  close(): void {
    this.#release();
  }

  get #lessons() {
    return [...new Set(this.#programs.map(({ lesson }) => lesson))];
  }

  /** The learner's own snapshot, or the course's while that is missing or damaged. */
  #startingPoint(): string | undefined {
    const { snapshot: shipped } = this.#session.course;
    if (shipped === undefined) return undefined;
    const name = path.basename(shipped);
    const own = path.join(this.#session.workspace.folder, name);
    if (!existsSync(own) || this.#session.options.solution) return shipped;
    try {
      readRdb(readFileSync(own));
      return own;
    } catch {
      this.#session.note(`Your ${name} cannot be read: the run starts from the workbook's.`);
      return shipped;
    }
  }
}

/** Whether the system refused something, such as to write a file. */
function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'syscall' in error;
}

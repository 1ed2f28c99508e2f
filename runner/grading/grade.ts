import path from 'node:path';
import { ConnectionLost } from '../redis/connection';
import type { RedisSource } from '../redis/instance';
import { RedisReplyError } from '../redis/protocol/resp';
import type { WarmPool } from '../sandbox/process/warm-pool';
import { Sandbox } from '../sandbox/sandbox';
import type { Fault } from '../sandbox/tap/faults';
import type { Check, PartCheck } from './check';
import { evidenceOf } from './evidence';
import { findingLine } from './explain/finding-line';
import { explainByLook } from './explain/homoglyphs';
import { explainByLoss, lossOf, refusalOf } from './explain/lost-redis';
import { explainByRedis, redisAdvice, redisPackage } from './explain/redis-version';
import { goneFile, unreadableFile } from './explain/unreadable-file';
import { CheckFailure, type PlacedFinding } from './finding';
import type { GradingMonitor } from './grading-monitor';
import { Task } from './task';
import type { Evidence, Finding, KeyEntry, PartVerdict, Verdict } from './verdict';

export interface GradeRequest {
  /** The lesson's check.ts, absolute. */
  check: string;
  /** The learner's course files, by name without ending, absolute; absent where missing. */
  files: Readonly<Record<string, string>>;
  /** The learner's folder, absolute. */
  folder: string;
  /** The worked version of any course file, absolute. */
  worked: (name: string) => string;
  redis: RedisSource;
  /** Processes that wait for the programs, where the same ones run again and again. */
  warmPool?: WarmPool | undefined;
  signal?: AbortSignal;
  /** Let programs write where they like and start others: for tests of what is then to be survived. */
  unguarded?: boolean;
  /** What is to go wrong between a program and Redis: for those who test the workbook itself. */
  fault?: Fault;
  /** Told which sandboxes are open, for whoever looks on. */
  monitor?: GradingMonitor;
}

/**
 * Grades one lesson's files, each in a sandbox of its own.
 * @throws EnvironmentFault where there is no Redis to be had; the signal's reason where it is cancelled
 */
export async function grade(request: GradeRequest): Promise<Verdict> {
  const start = performance.now();
  const check = loadCheck(request.check);
  // Where one part cannot be graded, none is worth going on with.
  const over = new AbortController();
  const signal = request.signal ? AbortSignal.any([request.signal, over.signal]) : over.signal;
  const grading = Object.entries(check).map(([name, part]) =>
    gradePart({ ...request, signal }, name, part),
  );
  const graded = await Promise.all(grading).catch(async (error: unknown) => {
    over.abort(error);
    await Promise.allSettled(grading);
    throw error;
  });
  const parts = graded.map((one) => one.part);
  const first =
    parts.find((part) => part.verdict === 'failed') ?? parts.find((part) => part.finding);
  return {
    verdict: first?.verdict ?? 'passed',
    ...(first?.finding ? { finding: first.finding } : {}),
    advice: [...new Set(graded.flatMap((one) => one.advice))],
    parts,
    ms: Math.round(performance.now() - start),
  };
}

interface GradedPart {
  part: PartVerdict;
  advice: string[];
}

async function gradePart(
  request: GradeRequest,
  name: string,
  part: PartCheck,
): Promise<GradedPart> {
  const file = request.files[name];
  if (file === undefined) return { part: missing(name), advice: [] };
  const label = path.basename(file);
  const unreadable = unreadableFile(file, label);
  if (unreadable) return { part: failed(label, unreadable, nothing()), advice: [] };

  const { signal, warmPool, unguarded, fault } = request;
  const sandbox = await Sandbox.open(request.redis, { signal, warmPool, unguarded, fault });
  request.monitor?.began(sandbox);
  const task = new Task(
    {
      file,
      name,
      folder: request.folder,
      own: (own) => request.files[own],
      worked: request.worked,
    },
    sandbox,
    // Without Redis there is nothing to wait for.
    AbortSignal.any([sandbox.redisGone, ...(signal ? [signal] : [])]),
  );
  const gone = (): GradedPart => ({
    part: failed(label, goneFile(label), evidenceOf(sandbox.journal, [])),
    advice: [],
  });
  try {
    const found = await findingOf(part, task);
    signal?.throwIfAborted();
    // Whatever came of it depends on which of its programs was loaded by then.
    if (found && unreadableFile(file, label)) return gone();
    const finding = found && located(task, explainByLook(explainByRedis(task.source, found)));
    const evidence = evidenceOf(sandbox.journal, await keysLeft(task));
    if (name !== 'dump.rdb' && task.source.uses('redis')) {
      const advice = redisAdvice(redisPackage(file));
      if (advice !== undefined) task.advise(advice);
    }
    return {
      part: finding
        ? failed(label, finding, evidence)
        : { file: label, verdict: 'passed', evidence },
      advice: task.advice,
    };
  } catch (error) {
    signal?.throwIfAborted();
    if (!unreadableFile(file, label)) throw error;
    return gone();
  } finally {
    await sandbox.close();
    request.monitor?.ended(sandbox);
  }
}

async function findingOf(part: PartCheck, task: Task): Promise<PlacedFinding | undefined> {
  const { sandbox } = task;
  try {
    await part(task);
    // What it waited for may have been cut short.
    return (await sandbox.answers()) ? undefined : await lossOf(sandbox);
  } catch (error) {
    if (error instanceof CheckFailure) return explainByLoss(sandbox, error.finding);
    // The check's own commands, and the programs of the other side, stand and fall with Redis.
    const loss = (await lossOf(sandbox)) ?? refusalOf(error, sandbox.redis.kind);
    if (loss) return loss;
    throw error;
  }
}

/** What Redis holds at the end; nothing where it went away. */
async function keysLeft(task: Task): Promise<KeyEntry[]> {
  try {
    return await task.redis.snapshot();
  } catch (error) {
    // Gone, or busy with a script: there is nothing to see.
    if (error instanceof ConnectionLost || error instanceof RedisReplyError) return [];
    throw error;
  }
}

/** The finding with the line that it is about, where that can be known. */
function located(task: Task, placed: PlacedFinding): Finding {
  const { at: _, compared: __, line: ___, ...finding } = placed;
  const line = task.name === 'dump.rdb' ? undefined : findingLine(task.source, placed);
  return line === undefined ? finding : { ...finding, line };
}

function loadCheck(file: string): Check {
  const module: { default: Check } = require(file);
  return module.default;
}

function missing(name: string): PartVerdict {
  return {
    file: name,
    verdict: 'missing',
    finding: {
      class: 'missing-file',
      message: `There is no file ${name} yet.`,
      next:
        name === 'dump.rdb'
          ? 'Save with the command SAVE, and copy the dump.rdb that Redis wrote into the root of your folder.'
          : `Write ${name}.ts or ${name}.js.`,
    },
    evidence: nothing(),
  };
}

function failed(file: string, finding: Finding, evidence: Evidence): PartVerdict {
  return { file, verdict: 'failed', finding, evidence };
}

function nothing(): Evidence {
  return { output: [], wire: [], http: [], keys: [] };
}

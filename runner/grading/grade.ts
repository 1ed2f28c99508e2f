import path from 'node:path';
import { ConnectionLost } from '../redis/connection';
import { EnvironmentError, type RedisSource } from '../redis/instance';
import { RedisReplyError } from '../redis/protocol/resp';
import type { Isolation } from '../sandbox/isolation/level';
import type { WarmPool } from '../sandbox/process/warm-pool';
import { Sandbox } from '../sandbox/sandbox';
import type { Fault } from '../sandbox/tap/faults';
import { asTyped } from '../start-command';
import type { Check, PartCheck } from './check';
import type { CourseTerms, FileKind } from './course-terms';
import { evidenceOf } from './evidence';
import { explainByBlanks } from './explain/blanks';
import { forgedReport } from './explain/crash';
import { explainByClients } from './explain/deaf-client';
import { earlyUseAdvice } from './explain/early-use';
import { findingLine } from './explain/finding-line';
import { findingMoment } from './explain/finding-moment';
import { explainByLook } from './explain/homoglyphs';
import { explainByLoss, lossOf, refusalOf } from './explain/lost-redis';
import { untakenStep } from './explain/next-step';
import { explainByAddress } from './explain/other-address';
import { explainByRedis, redisAdvice, redisPackage } from './explain/redis-version';
import { explainBySlip } from './explain/slips';
import { missingFile, unbegunFile } from './explain/unbegun';
import { goneFile, oversizedImport, unreadableFile } from './explain/unreadable-file';
import { CheckFailure, type PlacedFinding } from './finding';
import type { GradingMonitor } from './grading-monitor';
import { Task } from './task';
import type { Evidence, Finding, KeyEntry, PartVerdict, Verdict } from './verdict';

export interface GradeRequest {
  /** The lesson's check.ts, absolute. */
  check: string;
  /** The learner's course files, by name without ending, absolute; absent where missing. */
  files: Readonly<Record<string, string>>;
  /** What each of the lesson's files is, by the same names; a program where it does not say. */
  kinds: Readonly<Record<string, FileKind>>;
  /** The texts of those files that are still what was laid out for the learner. */
  unbegun?: Readonly<Record<string, string>>;
  /** The learner's folder, absolute. */
  folder: string;
  course: CourseTerms;
  /** The worked version of any course file, absolute. */
  worked: (name: string) => string;
  redis: RedisSource;
  /** Processes that wait for the programs, where the same ones run again and again. */
  warmPool?: WarmPool | undefined;
  signal?: AbortSignal;
  /** What holds the programs; the guard without it. */
  isolation?: Isolation;
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
    isolation: request.isolation ?? 'guard',
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
  const isSnapshot = request.kinds[name] === 'snapshot';
  const absent = (label: string, finding: Finding): GradedPart => ({
    part: {
      file: label,
      verdict: 'missing',
      finding: { ...finding, next: asTyped(finding.next) },
      evidence: nothing(),
    },
    advice: [],
  });
  if (file === undefined) {
    const taken = Object.values(request.files).map((one) => path.basename(one));
    const { folder } = request;
    return absent(name, missingFile({ name, kind: request.kinds[name], folder, taken }));
  }
  const label = path.basename(file);
  const laidOut = request.unbegun?.[name];
  if (laidOut !== undefined) return absent(label, unbegunFile(label, laidOut));
  const unreadable =
    unreadableFile(file, label) ?? (isSnapshot ? undefined : oversizedImport(file));
  if (unreadable) return { part: failed(label, unreadable, nothing()), advice: [] };

  const { signal, warmPool, isolation, fault } = request;
  // What its check starts besides the file lies with the course.
  const seen = [path.dirname(path.dirname(request.check))];
  const sandbox = await Sandbox.open(request.redis, { signal, warmPool, isolation, seen, fault });
  request.monitor?.began(sandbox, label);
  const task = new Task(
    {
      file,
      name,
      folder: request.folder,
      course: request.course,
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
    const over = sandbox.journal.now();
    signal?.throwIfAborted();
    // Whatever came of it depends on which of its programs was loaded by then.
    if (found && unreadableFile(file, label)) return gone();
    const explained =
      found && explainByLook(explainByRedis(task.source, task.explained(found), task.course));
    const finding = explained && located(task, explained, isSnapshot);
    const evidence = evidenceOf(sandbox.journal, await keysLeft(task));
    if (!isSnapshot && task.source.uses('redis')) {
      const advice = redisAdvice(redisPackage(file), { file, course: request.course });
      if (advice !== undefined) task.advise(advice);
    }
    const early = isSnapshot ? undefined : earlyUseAdvice(file);
    if (early !== undefined) task.advise(early);
    const foundAt = explained && (findingMoment(explained, evidence) ?? over);
    return {
      part: finding
        ? { ...failed(label, finding, evidence), ...(foundAt === undefined ? {} : { foundAt }) }
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
    const there = await sandbox.answers();
    return forgeryIn(sandbox) ?? (there ? undefined : await lossOf(sandbox));
  } catch (error) {
    const forgery = forgeryIn(sandbox);
    if (forgery) return forgery;
    if (error instanceof CheckFailure) {
      expectBegun(sandbox);
      return explainByLoss(sandbox, explainByAddress(sandbox.programs, error.finding));
    }
    // The check's own commands, and the programs of the other side, stand and fall with Redis.
    const loss = (await lossOf(sandbox)) ?? refusalOf(error, sandbox.redis.kind);
    if (loss) return loss;
    throw error;
  }
}

/** With a program that makes up what it is judged by, nothing else that the check has seen counts. */
function forgeryIn({ programs }: Sandbox): PlacedFinding | undefined {
  const forger = programs.find(({ forged }) => forged);
  return forger && forgedReport(forger.name);
}

/**
 * A program that ended before its own code began says nothing of the file.
 * @throws EnvironmentError where there is one
 */
function expectBegun({ programs }: Sandbox): void {
  const stillborn = programs.find(({ begun, exit }) => !begun && exit && exit.by !== 'stop');
  if (!stillborn) return;
  const { exit, errors } = stillborn;
  const how = errors[0]?.message ?? exit?.signal ?? exit?.by ?? `exit code ${exit?.code}`;
  throw new EnvironmentError(
    `Node could not start ${stillborn.name} on this machine (${how}).`,
    'It lacks memory or processes: end other programs, or raise the limits (ulimit -u, ulimit -v).',
  );
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
function located(task: Task, placed: PlacedFinding, isSnapshot: boolean): Finding {
  const source = isSnapshot ? undefined : task.source;
  const seen = source
    ? explainBySlip(source, explainByBlanks(source, explainByClients(source, placed)))
    : placed;
  const { at: _, compared: __, line: ___, next, ...rest } = seen;
  const finding = { ...rest, next: asTyped(untakenStep(source, next)) };
  const line = source && findingLine(source, seen);
  return line === undefined ? finding : { ...finding, line };
}

function loadCheck(file: string): Check {
  const module: { default: Check } = require(file);
  return module.default;
}

function failed(file: string, finding: Finding, evidence: Evidence): PartVerdict {
  return { file, verdict: 'failed', finding, evidence };
}

function nothing(): Evidence {
  return { output: [], wire: [], http: [], keys: [] };
}

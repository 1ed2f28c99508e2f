import { readFileSync } from 'node:fs';
import path from 'node:path';
import { type CourseTerms, taughtClient } from '../course-terms';
import type { PlacedFinding } from '../finding';
import type { Source } from '../source/requirements';
import type { FailureClass } from '../verdict';
import { howToInstall } from './installation';

/** Which redis package a learner's file runs with, and which one its folder asks for. */
export interface RedisPackage {
  /** The version that its import finds. */
  version: string;
  major: number;
  /** Whether it is the folder's own, being newer; otherwise the workbook lends its redis. */
  own: boolean;
  /** The range in the nearest package.json that names redis. */
  declared?: string;
  /** The lowest major version that this range allows, if it names one. */
  declaredMajor?: number;
}

/** The first version whose client has to be told to connect, and speaks in promises. */
export const promising = 4;

/**
 * Looks where Node would: in the node_modules of the file's folder, then of those above it.
 * @param file absolute
 */
export function redisPackage(file: string): RedisPackage {
  const folders = upward(path.dirname(file));
  const own = folders.map((folder) => versionIn(path.join(folder, 'node_modules', 'redis')));
  const nearest = own.find((one) => one !== undefined);
  const version = (majorOf(nearest ?? '') ?? 0) >= promising ? nearest : undefined;
  const used = version ?? versionIn(path.dirname(require.resolve('redis/package.json'))) ?? '3';
  const declared = folders.map(declaredIn).find((one) => one !== undefined);
  const declaredMajor = declared === undefined ? undefined : majorOf(declared);
  return {
    version: used,
    major: majorOf(used) ?? 0,
    own: version !== undefined,
    ...(declared === undefined ? {} : { declared }),
    ...(declaredMajor === undefined ? {} : { declaredMajor }),
  };
}

/** What a learner should know of the redis that their file ran with; nothing for the course's own. */
export function redisAdvice(
  redis: RedisPackage,
  { file, course }: { file: string; course: CourseTerms },
): string | undefined {
  if (course.client.major >= promising) return undefined;
  const { version, major, own, declared, declaredMajor } = redis;
  if (own && major >= promising) {
    return `It ran with redis ${version}, the folder’s own. The course teaches ${taughtClient(course)}, whose client connects by itself, takes callbacks and has redis.print; what a task asks for is asked of either.`;
  }
  if (!own && declaredMajor !== undefined && declaredMajor >= promising) {
    return `package.json asks for redis ${declared}, which is not installed: it ran with the workbook’s redis ${version}. For it to run with its own, ${howToInstall(file)}.`;
  }
  return undefined;
}

/** Failures that come about where a client never reaches Redis. */
const silent: readonly FailureClass[] = [
  'wrong-output',
  'wrong-command',
  'wrong-data',
  'wrong-answer',
  'time-out',
  'crash',
];

/** What was found; or its cause, if that is the folder's own redis of another version. */
export function explainByRedis(
  source: Source,
  finding: PlacedFinding,
  course: CourseTerms,
): PlacedFinding {
  if (course.client.major >= promising) return finding;
  if (!silent.includes(finding.class) || !source.uses('redis')) return finding;
  const { version, major, own } = redisPackage(source.file);
  if (!own || major < promising) return finding;
  if (source.countCalls('connect') === 0) {
    return {
      ...finding,
      message: `redis ${version}, the folder’s own, connects only when it is told to, and the file never calls connect().`,
      next: `Call await client.connect() before the first command, or install ${taughtClient(course)}, which the course teaches.`,
      at: { calls: ['createClient'] },
    };
  }
  if (finding.expected?.includes('Reply: ') && source.isUsed('print') && !source.has('print')) {
    return {
      ...finding,
      message: `redis ${version}, the folder’s own, has no “print”: nothing prints “Reply: …”.`,
      next: `Print “Reply: ” and the reply yourself, or install ${taughtClient(course)}, which the course teaches.`,
      at: { prints: 'Reply: ' },
    };
  }
  return finding;
}

/** The names of the packages in the nearest package.json. */
export function declaredPackages(file: string): string[] {
  const found = upward(path.dirname(file))
    .map(packageIn)
    .find((one) => one !== undefined);
  return [found?.dependencies, found?.devDependencies].flatMap((one) => Object.keys(one ?? {}));
}

function upward(folder: string): string[] {
  const above = path.dirname(folder);
  return above === folder ? [folder] : [folder, ...upward(above)];
}

function versionIn(folder: string): string | undefined {
  const version = packageIn(folder)?.version;
  return typeof version === 'string' ? version : undefined;
}

function declaredIn(folder: string): string | undefined {
  const found = packageIn(folder);
  for (const field of ['dependencies', 'devDependencies'] as const) {
    const range = (found?.[field] as Record<string, unknown> | undefined)?.redis;
    if (typeof range === 'string') return range;
  }
  return undefined;
}

function packageIn(folder: string): Record<string, unknown> | undefined {
  try {
    const text = readFileSync(path.join(folder, 'package.json'), 'utf8');
    const value: unknown = JSON.parse(text.replace(/^\uFEFF/, ''));
    return typeof value === 'object' && value !== null
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    // Not there, or damaged: npm would complain of that, not the task.
    return undefined;
  }
}

/** From a version or a range such as `^4.6.0`, `>=4`, `4.x`; nothing from `latest` or an address. */
function majorOf(range: string): number | undefined {
  const found = /^[\s^~>=v]*(\d+)/.exec(range);
  return found ? Number(found[1]) : undefined;
}

import { type CodeFile, courseName, type LearnerCode } from './code-file';
import { type Fingerprint, fingerprints } from './fingerprints';
import { lexicalTokens } from './lexical-tokens';
import type { SourceToken } from './source-token';
import { syntaxTokens } from './syntax-tokens';

/** Two learners, and how much they share that hardly anybody else has. */
export interface SimilarPair {
  learners: readonly [LearnerCode, LearnerCode];
  /** Of all that the two have written, from 0 to 1. */
  share: number;
  /** Of what neither a starter, a worked version nor most of the class has, from 0 to 1. */
  ownShare: number;
  /** Their files that have something in common, the most first. */
  files: readonly SimilarFiles[];
}

/** A file of each of two learners, with the lines that stand in both. */
export interface SimilarFiles {
  left: MarkedFile;
  right: MarkedFile;
}

export interface MarkedFile {
  file: CodeFile;
  /** 1-based. */
  lines: ReadonlySet<number>;
}

export interface Comparison {
  /** Those that share the largest part of their code first. */
  pairs: readonly SimilarPair[];
  /** How many pairs share anything. */
  all: number;
  /** Files that could not be parsed, with whose they are. */
  unparsed: readonly { code: LearnerCode; file: CodeFile }[];
}

/**
 * Compares everybody with everybody: all files of each learner together, in whatever order.
 * @param lent what everybody may have, and is left out
 * @param most how many pairs to tell of
 */
export function similarPairs(
  learners: readonly LearnerCode[],
  lent: readonly CodeFile[],
  most: number,
): Comparison {
  const reading = new Reading(learners);
  const printed = learners.map((code) => reading.printed(code));
  const shared = new SharedHashes(printed, new Set(lent.flatMap(hashesOf)));
  const found = shared.pairs().sort((one, other) => other.share - one.share);
  return {
    pairs: found.slice(0, most).map(({ at: [one, other], share, ownShare }) => ({
      learners: [one.code, other.code],
      share,
      ownShare,
      files: similarFiles(one, other),
    })),
    all: found.length,
    unparsed: reading.unparsed,
  };
}

interface PrintedFile {
  file: CodeFile;
  prints: readonly Fingerprint[];
}

/** A learner's files with all their fingerprints; `own` are those that most have not. */
interface Printed {
  code: LearnerCode;
  files: readonly PrintedFile[];
  hashes: ReadonlySet<number>;
  own: Set<number>;
}

/** Reads all programs. A file that one of the class cannot be parsed in is read word by word for all. */
class Reading {
  readonly unparsed: { code: LearnerCode; file: CodeFile }[] = [];
  readonly #syntax = new Map<CodeFile, SourceToken[]>();
  readonly #byWords: ReadonlySet<string>;

  constructor(learners: readonly LearnerCode[]) {
    for (const code of learners) {
      for (const file of code.files) {
        const tokens = syntaxTokens(file.name, file.text);
        if (tokens) this.#syntax.set(file, tokens);
        else this.unparsed.push({ code, file });
      }
    }
    this.#byWords = new Set(this.unparsed.map(({ file }) => courseName(file)));
  }

  printed(code: LearnerCode): Printed {
    const files = code.files.map((file) => {
      const syntax = this.#byWords.has(courseName(file)) ? undefined : this.#syntax.get(file);
      return { file, prints: fingerprints(syntax ?? lexicalTokens(file.text)) };
    });
    const hashes = new Set(files.flatMap(({ prints }) => prints.map(({ hash }) => hash)));
    return { code, files, hashes, own: new Set() };
  }
}

/** In whichever way a learner's file of that name is read. */
function hashesOf({ name, text }: CodeFile): number[] {
  const read = [syntaxTokens(name, text) ?? [], lexicalTokens(text)];
  return read.flatMap((tokens) => fingerprints(tokens).map(({ hash }) => hash));
}

/** Who has which fingerprint. */
class SharedHashes {
  readonly #printed: readonly Printed[];
  /** The places in the class of those who have one. */
  readonly #holders = new Map<number, number[]>();

  constructor(printed: readonly Printed[], lent: ReadonlySet<number>) {
    this.#printed = printed;
    printed.forEach(({ hashes }, at) => {
      for (const hash of hashes) {
        if (lent.has(hash)) continue;
        const holders = this.#holders.get(hash);
        if (holders) holders.push(at);
        else this.#holders.set(hash, [at]);
      }
    });
    const audience = this.#audience();
    for (const [hash, holders] of this.#holders) {
      const most = Math.max(fewest, (audience.get(hash) ?? 0) / 2);
      if (holders.length > most) this.#holders.delete(hash);
      else for (const at of holders) printed[at]?.own.add(hash);
    }
  }

  pairs(): { at: [Printed, Printed]; share: number; ownShare: number }[] {
    const size = this.#printed.length;
    const counts = new Uint32Array(size * size);
    for (const holders of this.#holders.values()) {
      for (const [index, one] of holders.entries()) {
        for (let next = index + 1; next < holders.length; next++) {
          const cell = one * size + (holders[next] ?? 0);
          counts[cell] = (counts[cell] ?? 0) + 1;
        }
      }
    }
    return this.#printed.flatMap((one, row) =>
      this.#printed.slice(row + 1).flatMap((other, offset) => {
        const count = counts[row * size + row + 1 + offset] ?? 0;
        if (count === 0) return [];
        const share = (2 * count) / (one.hashes.size + other.hashes.size);
        const ownShare = (2 * count) / (one.own.size + other.own.size);
        return [{ at: [one, other] as [Printed, Printed], share, ownShare }];
      }),
    );
  }

  /** By fingerprint how many have a file in which it may stand: not everybody does every lesson. */
  #audience(): Map<number, number> {
    const having = new Map<string, number>();
    for (const { files } of this.#printed) {
      for (const name of new Set(files.map(({ file }) => courseName(file)))) {
        having.set(name, (having.get(name) ?? 0) + 1);
      }
    }
    const audience = new Map<number, number>();
    for (const { file, prints } of this.#printed.flatMap(({ files }) => files)) {
      const count = having.get(courseName(file)) ?? 0;
      for (const { hash } of prints) audience.set(hash, Math.max(audience.get(hash) ?? 0, count));
    }
    return audience;
  }
}

/** What so few have is never taken for what most have, however small the class is. */
const fewest = 4;

function similarFiles(one: Printed, other: Printed): SimilarFiles[] {
  const shared = new Set([...one.own].filter((hash) => other.own.has(hash)));
  const marked = (files: readonly PrintedFile[]) =>
    files.map(({ file, prints }) => markedFile(file, prints, shared));
  const rights = marked(other.files);
  const pairs = marked(one.files).flatMap((left) =>
    rights.map((right) => ({
      left,
      right,
      common: [...left.hashes].filter((hash) => right.hashes.has(hash)).length,
    })),
  );
  // Each file stands beside the one that it has most in common with.
  const shown = new Set<CodeFile>();
  return pairs
    .filter(({ common }) => common > 0)
    .sort((a, b) => b.common - a.common)
    .filter(({ left, right }) => {
      const isNew = !shown.has(left.file) || !shown.has(right.file);
      shown.add(left.file).add(right.file);
      return isNew;
    });
}

function markedFile(
  file: CodeFile,
  prints: readonly Fingerprint[],
  shared: ReadonlySet<number>,
): MarkedFile & { hashes: ReadonlySet<number> } {
  const found = prints.filter(({ hash }) => shared.has(hash));
  const lines = new Set<number>();
  for (const { from, to } of found) for (let line = from; line <= to; line++) lines.add(line);
  return { file, lines, hashes: new Set(found.map(({ hash }) => hash)) };
}

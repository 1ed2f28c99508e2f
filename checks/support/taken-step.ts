import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { matching } from '../../runner/grading/source/pattern';
import { Source } from '../../runner/grading/source/requirements';
import type { Finding } from '../../runner/grading/verdict';
import { type Trial, textOf, trialName } from './trial';

/** Steps that name code of the file and are not taken all the same: by their trials, with the reason. */
const accepted: Record<string, string> = {};

/**
 * What a next step tells the learner to write though the file has it, on another line than the one
 * that is shown.
 * @returns the code and its lines; nothing if the step is still to be taken
 */
export function takenStep(trial: Trial, finding: Finding | undefined): string | undefined {
  if (!finding || trialName(trial) in accepted || !/\.[jt]s$/.test(trial.path)) return undefined;
  const { next, line } = finding;
  const source = sourceOf(trial);
  for (const code of codeIn(next)) {
    const lines = matching(source, patternOf(code)).map((node) => source.lineOf(node));
    if (lines.length > 0 && (line === undefined || !lines.includes(line))) {
      return `its next step asks for ${code}, which stands in line ${lines.join(', ')}`;
    }
  }
  return undefined;
}

function sourceOf(trial: Trial): Source {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'workbook-step-'));
  try {
    const file = path.join(folder, `subject${path.extname(trial.path)}`);
    writeFileSync(file, textOf(trial));
    return new Source(file);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/**
 * The calls with arguments that a sentence asks for: one without is only the name of a function, and
 * behind a word such as “after” it is a place.
 */
function codeIn(sentence: string): string[] {
  const balanced = '\\((?:[^()]|\\((?:[^()]|\\([^()]*\\))*\\))+\\)';
  const call = new RegExp(
    `(?<!\\b(?:after|before|not|of|than) )(?<![\\w.$(!])(?:await |new |return )?[A-Za-z_$][\\w$.]*${balanced}(?:\\.\\w+(?:${balanced})?)*`,
    'g',
  );
  return [...sentence.matchAll(call)].map(([code]) => code);
}

function patternOf(code: string): string {
  return code.replaceAll('…', '$$$$$$').replace(/“([^”]*)”/g, "'$1'");
}

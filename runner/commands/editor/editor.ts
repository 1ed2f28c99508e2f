import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import * as v from 'valibot';
import { nearest } from '../../course/distance';
import { UsageError } from '../../course/usage-error';
import { writeAtomically } from '../../write-atomically.cjs';
import type { ExitCode, Session } from '../session';
import { settingsOf } from './language-server-settings';
import { type VscodeTask, vscodeTasks } from './vscode-tasks';

const editors = ['vscode', ...Object.keys(settingsOf)];

/**
 * `editor NAME`: makes the workspace ready for VS Code, or prints what the settings of another editor
 * need.
 * @returns 1 where something is left for the learner to add
 * @throws UsageError for an editor that it knows nothing of
 */
export async function editor(session: Session, name: string | undefined): Promise<ExitCode> {
  if (name === 'vscode') return layOutTasks(session);
  const settings = settingsOf[name ?? '']?.(session);
  if (!settings) throw unknownEditor(name);
  session.note(`For ${settings.file}:`);
  session.print(settings.text);
  return 0;
}

function layOutTasks(session: Session): ExitCode {
  const { folder, readOnly } = session.workspace;
  if (readOnly) {
    throw new UsageError('In the folder of --dir nothing is written.', 'Leave --dir out.');
  }
  const file = path.join(folder, '.vscode', 'tasks.json');
  const tasks = vscodeTasks(session);
  const text = `${JSON.stringify({ version: '2.0.0', tasks }, null, 2)}\n`;
  mkdirSync(path.dirname(file), { recursive: true });
  if (writeAtomically(file, text, { isNew: true })) {
    session.sayParagraph(`The tasks for VS Code are in ${file}.`);
    session.sayParagraph(
      `Open the folder in VS Code (code "${folder}"), and allow its automatic tasks: the workbook then watches, and findings stand at their lines.`,
    );
    return 0;
  }
  const missing = missingTasks(file, tasks);
  if (missing.length === 0) {
    session.sayParagraph(`${file} has the tasks already.`);
    return 0;
  }
  session.note(`${file} is yours and stays as it is. Put this into its "tasks":`);
  session.print(missing.map((task) => JSON.stringify(task, null, 2)).join(',\n'));
  return 1;
}

const tasksSchema = v.looseObject({ tasks: v.array(v.unknown()) });

/** The tasks that a tasks.json lacks, or has in another way; all where it has comments, or is none. */
function missingTasks(file: string, tasks: readonly VscodeTask[]): VscodeTask[] {
  try {
    const there = v.parse(tasksSchema, JSON.parse(readFileSync(file, 'utf8'))).tasks;
    // As JSON has it: nothing is undefined there.
    const plain: unknown[] = JSON.parse(JSON.stringify(tasks));
    return tasks.filter((_, at) => !there.some((one) => isDeepStrictEqual(one, plain[at])));
  } catch {
    return [...tasks];
  }
}

function unknownEditor(name: string | undefined): UsageError {
  const all = `The workbook knows ${editors.join(', ')}; any other editor starts its language server by "lsp".`;
  if (name === undefined) return new UsageError('Which editor?', all);
  const near = nearest(name, editors);
  return new UsageError(
    `The workbook knows no editor "${name}".`,
    near.length > 0 ? `Nearest: ${near.join(', ')}.` : all,
  );
}

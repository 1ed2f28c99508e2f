import fs from 'node:fs';
import path from 'node:path';
import * as v from 'valibot';
import { EnvironmentError } from '../../redis/instance';
import { writeAtomically } from '../../write-atomically.cjs';
import { datedName } from '../folder/dated-name';
import { workbookFolder } from '../folder/workbook-folder';

/** What was read of a record. */
export interface Read<T> {
  /** Undefined where there is none, or it was damaged. */
  value?: T;
  /** The new name of a damaged one, absolute. */
  setAside?: string;
}

/**
 * Reads a small JSON file of `.workbook`. One that cannot be understood is renamed, never dropped.
 * @param names the file, below `.workbook`
 * @throws EnvironmentError where it is there and cannot be read, or is damaged and cannot be renamed
 */
export function readRecord<T>(
  workspace: string,
  names: readonly string[],
  schema: v.GenericSchema<unknown, T>,
): Read<T> {
  const file = recordFile(workspace, names);
  let text: string;
  try {
    text = fs.readFileSync(file, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return {};
    throw new EnvironmentError(
      `The record of your progress cannot be read (${codeOf(error)}): ${file}`,
      'Make it readable, or move it away to begin a new one.',
    );
  }
  const read = v.safeParse(schema, parsed(text));
  return read.success ? { value: read.output } : setAside(workspace, file);
}

/** How a record is written. */
export interface WriteOptions {
  /** One that is there is left alone. */
  isNew?: boolean;
}

/**
 * Writes one in one step; what was there stays until the new one is whole.
 * @throws EnvironmentError where it cannot be written
 */
export function writeRecord(
  workspace: string,
  names: readonly string[],
  value: unknown,
  { isNew = false }: WriteOptions = {},
): void {
  const file = recordFile(workspace, names);
  try {
    workbookFolder(workspace, ...names.slice(0, -1));
    writeAtomically(file, `${JSON.stringify(value, null, 2)}\n`, { flush: true, isNew });
  } catch (error) {
    if (!fs.existsSync(workspace)) {
      throw new EnvironmentError(
        `Your progress could not be written: the folder ${workspace} is gone.`,
        'Put it back, or start the workbook again to begin a new one.',
      );
    }
    throw new EnvironmentError(
      `Your progress could not be written (${codeOf(error)}): ${file}`,
      'Make room there, or set WORKBOOK_HOME to a folder of your own.',
    );
  }
}

/** Where a record is, absolute where the workspace is. */
export function recordFile(workspace: string, names: readonly string[]): string {
  return path.join(workspace, '.workbook', ...names);
}

/** What the system says went wrong, such as `EACCES`. */
function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? String(error);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Beside the folder of the records, where nobody takes it for one of them. */
function setAside(workspace: string, file: string): { setAside?: string } {
  const lesson = path.basename(file, '.json');
  const stem = lesson === 'progress' ? 'progress-damaged' : `progress-damaged.${lesson}`;
  const name = datedName(recordFile(workspace, []), stem, '.json');
  try {
    fs.renameSync(file, name);
    return { setAside: name };
  } catch (error) {
    // Another workbook has just done the same.
    if (codeOf(error) === 'ENOENT') return {};
    throw new EnvironmentError(
      `The record of your progress is damaged and cannot be renamed (${codeOf(error)}): ${file}`,
      'Move it away to begin a new one.',
    );
  }
}

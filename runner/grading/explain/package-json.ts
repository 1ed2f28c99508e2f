import { readFileSync } from 'node:fs';
import { quote } from '../finding';
import type { Finding } from '../verdict';
import { type JsonFault, jsonFault } from './json-fault';

/** Node’s words where a package.json above a file does not parse, in Node 20 and from Node 22 on. */
const nodesWords = /(?:Error parsing|Invalid package config) ["']?(.*?package\.json)/;

/**
 * A folder's package.json that is no JSON: no file beside it can be loaded.
 * @param message Node's, of an error
 * @returns nothing where the error is about something else
 */
export function explainPackageJson(message: string): Finding | undefined {
  const named = nodesWords.exec(message)?.[1];
  const fault = named === undefined ? undefined : faultOf(named);
  if (!fault) return undefined;
  const { file, line, column } = fault;
  return {
    class: 'syntax-error',
    message: `The folder’s package.json cannot be read in line ${line}, column ${column}, so no file there can be loaded. ${quoted(fault)}`,
    next: `Mend ${file}:${line}:${column}: a comma, a quote or a bracket is missing or too many.`,
  };
}

function faultOf(file: string): (JsonFault & { file: string }) | undefined {
  let text: string;
  try {
    text = readFileSync(file, 'utf8').replace(/^\uFEFF/, '');
  } catch {
    return undefined;
  }
  const fault = jsonFault(text);
  return fault && { file, ...fault };
}

/** The line, so much of it as is needed to find the place. */
function quoted({ text, column }: JsonFault): string {
  if (text.trim() === '') return 'The text ends there.';
  const from = Math.max(0, column - Math.floor(longest / 2));
  const shown = text.slice(from, from + longest).trim();
  return `The line: ${quote(shown)}.`;
}

const longest = 80;

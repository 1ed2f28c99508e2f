import { readFileSync } from 'node:fs';
import type { Finding } from '../verdict';

/** Node’s words where a package.json above a file does not parse, in Node 20 and from Node 22 on. */
const nodesWords = /(?:Error parsing|Invalid package config) ["']?(.*?package\.json)/;

/**
 * A folder's package.json that is no JSON: no file beside it can be loaded.
 * @param message Node's, of an error
 * @returns nothing where the error is about something else
 */
export function explainPackageJson(message: string): Finding | undefined {
  const file = nodesWords.exec(message)?.[1];
  const reason = file === undefined ? undefined : faultOf(file);
  if (reason === undefined) return undefined;
  return {
    class: 'syntax-error',
    message: `The folder’s package.json cannot be read${reason}, so no file there can be loaded.`,
    next: `Mend ${file}: a comma, a quote or a bracket is missing or too many.`,
  };
}

function faultOf(file: string): string | undefined {
  let text: string;
  try {
    text = readFileSync(file, 'utf8').replace(/^\uFEFF/, '');
  } catch {
    return undefined;
  }
  try {
    JSON.parse(text);
    return undefined;
  } catch (error) {
    const reason = (error as SyntaxError).message;
    const position = /at position (\d+)/.exec(reason)?.[1];
    const end = position === undefined && /end of JSON/.test(reason) ? text.length : undefined;
    const at = position === undefined ? end : Number(position);
    const line = at === undefined ? '' : ` in line ${text.slice(0, at).split('\n').length}`;
    return `${line} (${reason.replace(/ in JSON at position.*/, '')})`;
  }
}

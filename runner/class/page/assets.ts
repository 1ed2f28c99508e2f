import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';

/** A text in the page, and the hash by which its policy allows that one and no other. */
export interface Asset {
  text: string;
  hash: string;
}

/** The look of a learner's report with what a table needs, and what sorts and finds. */
export function classAssets(): { style: Asset; script: Asset } {
  const report = path.join(__dirname, '../../report/html/page.css');
  const sheets = [report, path.join(__dirname, 'class.css')].map(textOf);
  return {
    style: asset(sheets.join('\n').replace(/\/\*.*?\*\//gs, '')),
    script: asset(textOf(path.join(__dirname, 'table.js'))),
  };
}

function asset(text: string): Asset {
  return { text, hash: createHash('sha256').update(text).digest('base64') };
}

/** With line ends as a browser sees them: it hashes what it has read. */
function textOf(file: string): string {
  return readFileSync(file, 'utf8').replaceAll('\r\n', '\n');
}

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { type Asset, asset } from '../../report/html/head';
import { style as reportStyle } from '../../report/html/style';

/** The look of a learner's report with what a table needs, and what sorts, finds and follows keys. */
export function classAssets(): { style: Asset; script: Asset } {
  const report = path.join(__dirname, '../../report/html/page.css');
  const scripts = ['table.js', 'cell-keys.js'].map((name) => path.join(__dirname, name));
  const sheets = [report, path.join(__dirname, 'class.css')].map(textOf);
  return {
    style: asset(sheets.join('\n').replace(/\/\*.*?\*\//gs, '')),
    script: asset(scripts.map(textOf).join('\n')),
  };
}

/** The look of a learner's report, whose code stands here twice. */
export function pairStyle(): Asset {
  return asset(`${reportStyle().text}\n${textOf(path.join(__dirname, 'pair.css'))}`);
}

/** With line ends as a browser sees them: it hashes what it has read. */
function textOf(file: string): string {
  return readFileSync(file, 'utf8').replaceAll('\r\n', '\n');
}

import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { laneRules } from '../report/html/timeline';

/** The page's style: the report's colours, type and parts, and then what only this page has. */
export function pageStyle(): string {
  const shared = ['page.css', 'lesson.css', 'lanes.css'].map((name) => path.join(report, name));
  return [...shared, ...ownSheets()]
    .map((file) => readFileSync(file, 'utf8'))
    .concat(laneRules())
    .join('\n')
    .replace(/\/\*.*?\*\//gs, '');
}

const report = path.join(__dirname, '../report/html');

/** Each part of the client may have a sheet of its own; the frame's comes first. */
function ownSheets(): string[] {
  const client = path.join(__dirname, 'client');
  return readdirSync(client, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.css'))
    .sort(
      (one, other) =>
        one.split(path.sep).length - other.split(path.sep).length || (one < other ? -1 : 1),
    )
    .map((name) => path.join(client, name));
}

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { laneRules } from './timeline';

/** The page's style, and the hash by which its policy allows that one and no other. */
export function style(): { text: string; hash: string } {
  const sheets = ['page.css', 'lesson.css', 'lanes.css'].map((name) =>
    readFileSync(path.join(__dirname, name), 'utf8'),
  );
  const text = [...sheets, laneRules()].join('\n').replace(/\/\*.*?\*\//gs, '');
  return { text, hash: createHash('sha256').update(text).digest('base64') };
}

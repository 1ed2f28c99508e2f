import { readFileSync } from 'node:fs';
import path from 'node:path';
import { type Asset, asset } from './head';
import { laneRules } from './timeline';

/** The page's style, and the hash by which its policy allows that one and no other. */
export function style(): Asset {
  const sheets = ['page.css', 'lesson.css', 'lanes.css'].map((name) =>
    readFileSync(path.join(__dirname, name), 'utf8'),
  );
  return asset([...sheets, laneRules()].join('\n').replace(/\/\*.*?\*\//gs, ''));
}

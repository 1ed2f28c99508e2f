import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/** What the course has a learner install, as far as running a program needs it. */
const packages = {
  '@babel/core': '7.29.13',
  '@babel/node': '7.29.7',
  '@babel/preset-env': '7.29.14',
  kue: '0.11.6',
  nodemon: '2.0.22',
  redis: '2.8.0',
};

const folder = path.join(os.tmpdir(), `workbook-bench-course-${os.userInfo().username}`);

/** Installs the course's own way to run programs, once for all runs of the benchmark. */
export function installCourseWay(): void {
  const done = path.join(folder, 'installed');
  if (existsSync(done)) return;
  mkdirSync(folder, { recursive: true });
  const scripts = { dev: 'nodemon --exec babel-node --presets @babel/preset-env' };
  const manifest = { name: 'course', private: true, scripts, dependencies: packages };
  writeFileSync(path.join(folder, 'package.json'), JSON.stringify(manifest, null, 2));
  writeFileSync(path.join(folder, '.babelrc'), '{ "presets": ["@babel/preset-env"] }\n');
  execFileSync('npm', ['install', '--no-audit', '--no-fund'], { cwd: folder, stdio: 'pipe' });
  writeFileSync(done, '');
}

/** What `npm run dev FILE` runs there, npm's own start left out. */
export function courseLine(name: string, text: string): { line: string[]; cwd: string } {
  writeFileSync(path.join(folder, name), text);
  const nodemon = path.join(folder, 'node_modules/.bin/nodemon');
  const babelNode = path.join(folder, 'node_modules/.bin/babel-node');
  const exec = ['--exec', babelNode, '--presets', '@babel/preset-env'];
  return { line: [nodemon, ...exec, name], cwd: folder };
}

import { createHash } from 'node:crypto';
import {
  copyFileSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/** What a finished course folder is made of. */
export interface CourseFolder {
  /** Fields of package.json beside the course's own; nothing for no package.json at all. */
  package?: Record<string, unknown>;
  /** Files by name; a text, or a path to copy from where it begins with a slash. */
  files: Record<string, string>;
  /** Its node_modules: the name to the folder that it is a link to, absolute. */
  modules?: Record<string, string>;
}

const project = path.join(__dirname, '../..');

/** The workbook's own lessons, for commands that the tests otherwise run on a small course. */
export const lessons = path.join(project, 'lessons', 'queuing');

/** The folder of a package that is installed with the workbook. */
export function installed(name: string): string {
  return path.join(project, 'node_modules', name);
}

/** A folder for a test; removed after it. */
export async function withFolder(use: (folder: string) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'workbook-folder-'));
  try {
    await use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Writes such a folder as the course has it: Babel, Mocha, and what the files need. */
export function makeCourseFolder(at: string, folder: CourseFolder): string {
  mkdirSync(at, { recursive: true });
  if (folder.package) {
    const dependencies = { redis: '^2.8.0', kue: '^0.11.6', express: '^4.17.1' };
    const devDependencies = {
      '@babel/cli': '^7.8.0',
      '@babel/core': '^7.8.0',
      '@babel/node': '^7.8.0',
      '@babel/preset-env': '^7.8.2',
      chai: '^4.2.0',
      mocha: '^6.2.2',
      nodemon: '^2.0.2',
    };
    const scripts = {
      test: 'mocha --require @babel/register --exit',
      dev: 'nodemon --exec babel-node --presets @babel/preset-env',
    };
    const fields = { name: 'queuing_system_in_js', version: '1.0.0', scripts };
    writeFileSync(
      path.join(at, 'package.json'),
      JSON.stringify({ ...fields, dependencies, devDependencies, ...folder.package }, null, 2),
    );
    writeFileSync(path.join(at, '.babelrc'), '{ "presets": ["@babel/preset-env"] }\n');
  }
  for (const [name, content] of Object.entries(folder.files)) {
    if (content.startsWith('/')) copyFileSync(content, path.join(at, name));
    else writeFileSync(path.join(at, name), content);
  }
  for (const [name, target] of Object.entries(folder.modules ?? {})) {
    const link = path.join(at, 'node_modules', name);
    mkdirSync(path.dirname(link), { recursive: true });
    symlinkSync(target, link);
  }
  return at;
}

/** A hash of everything in a folder: names, contents, links and the times of the last change. */
export function stateOf(folder: string): string {
  const hash = createHash('sha256');
  const walk = (at: string) => {
    const stats = lstatSync(at);
    hash.update(`${at}\0${stats.mode}\0${stats.mtimeMs}\0${stats.ctimeMs}\0`);
    if (stats.isFile()) hash.update(readFileSync(at));
    if (stats.isDirectory()) for (const name of readdirSync(at).sort()) walk(path.join(at, name));
  };
  walk(folder);
  return hash.digest('hex');
}

/** A right variant of one of the course's files, absolute. */
export function rightVariant(lesson: string, name: string): string {
  return path.join(lessons, lesson, 'cases', 'right', name);
}

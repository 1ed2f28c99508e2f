import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { rememberLater } from '../cache.cjs';
import { projectFolder } from '../course/project-folder';

/** The scripts of the page by their names; `main.js` is the one that it begins with. */
export type Bundle = Readonly<Record<string, string>>;

/** Where the published package has it, as JSON: it comes without the client's sources and without a bundler. */
export const keptBundle = path.join(__dirname, 'client-scripts.json');

/**
 * The client as a browser takes it. In a checkout it is bundled and minified once, and kept under the
 * hash of all that it is made from.
 * @throws where it cannot be made: a fault of the workbook, or of its installation
 */
export async function bundle(): Promise<Bundle> {
  // Made by the function below, for the package.
  if (!existsSync(entry)) return JSON.parse(readFileSync(keptBundle, 'utf8')) as Bundle;
  const texts = [...sourcesFrom(entry)].map(
    ([file, text]) => `${path.relative(__dirname, file)}\n${text}`,
  );
  // The versions of the packages stand there.
  const versions = readFileSync(path.join(projectFolder(), 'package.json'), 'utf8');
  const kept = await rememberLater(['page 1', versions, ...texts.sort()], async () =>
    JSON.stringify(await make()),
  );
  // Its own words, by the line above.
  return JSON.parse(kept) as Bundle;
}

const entry = path.join(__dirname, 'client', 'main.tsx');

async function make(): Promise<Bundle> {
  const { rolldown } = await import('rolldown');
  const made = await rolldown({
    input: { main: entry },
    platform: 'browser',
    tsconfig: path.join(__dirname, 'client', 'tsconfig.json'),
    transform: { define: { 'process.env.NODE_ENV': '"production"' } },
  });
  try {
    const { output } = await made.generate({
      format: 'esm',
      minify: true,
      entryFileNames: '[name].js',
      chunkFileNames: '[name]-[hash].js',
    });
    return Object.fromEntries(
      output.flatMap((one) => (one.type === 'chunk' ? [[one.fileName, one.code]] : [])),
    );
  } finally {
    await made.close();
  }
}

/** The project's own files that one of them imports, directly or not, with their texts. */
function sourcesFrom(
  file: string,
  found: Map<string, string> = new Map<string, string>(),
): Map<string, string> {
  if (found.has(file)) return found;
  const text = readFileSync(file, 'utf8');
  found.set(file, text);
  for (const [, name = ''] of text.matchAll(/(?:from|import\()\s*'(\.[^']+)'/g)) {
    const base = path.resolve(path.dirname(file), name);
    const target = ['.ts', '.tsx'].map((ending) => base + ending).find((one) => existsSync(one));
    if (target !== undefined) sourcesFrom(target, found);
  }
  return found;
}

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { rolldown } from 'rolldown';
import { pageStyle } from '../../runner/page/style';

const client = path.join(__dirname, '../../runner/page/client');

/** A file of a page that holds one part of the client, as if it lay among the client's files. */
export interface PagePart {
  url: string;
  remove(): void;
}

/**
 * Makes a page of a part of the client, without its server.
 * @param text TypeScript of the client that draws into the element `page`
 */
export async function pagePart(text: string): Promise<PagePart> {
  const entry = path.join(client, 'part-in-a-test.tsx');
  const made = await rolldown({
    input: entry,
    platform: 'browser',
    plugins: [
      {
        name: 'part',
        resolveId: (id) => (id === entry ? id : null),
        load: (id) => (id === entry ? text : null),
      },
    ],
    transform: {
      jsx: { runtime: 'automatic', importSource: 'preact' },
      define: { 'process.env.NODE_ENV': '"production"' },
    },
  });
  const { output } = await made.generate({ format: 'iife' });
  await made.close();
  const folder = mkdtempSync(path.join(os.tmpdir(), 'workbook-test-'));
  const file = path.join(folder, 'page.html');
  // Otherwise a script's own text would end it.
  const script = output[0].code.replaceAll('</script', '<\\/script');
  writeFileSync(
    file,
    `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>part</title><style>${pageStyle()}</style></head><body class="workbook"><main id="page"></main><script>${script}</script></body></html>`,
  );
  return {
    url: pathToFileURL(file).href,
    remove: () => rmSync(folder, { recursive: true }),
  };
}

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import * as assert from 'uvu/assert';
import { findRedis } from '../../runner/redis/find';
import { runLoad } from '../../runner/vocabulary/http/load';
import { courses } from '../support/courses';
import { suite } from '../support/suite';

const test = suite('load');

const folder = mkdtempSync(path.join(os.tmpdir(), 'workbook-test-'));
test.after(() => rmSync(folder, { recursive: true }));

/** Answers with the major versions that only these packages can have. */
const server = (port: number) => `import express from 'express';
import * as redis from 'redis';
const app = express();
const versions = { express: 'del' in app ? 4 : 5, redis: 'createClientPool' in redis ? 6 : 3 };
app.get('/', (request, response) => response.json(versions));
app.listen(${port});
`;

const load = `import { load } from '#vocabulary/http/load';
export default load(async (generator) => {
  const [{ json }] = await generator.ask(() => '/');
  return Object.entries(json).map(([what, given]) => ({ what, there: 1, given }));
});
`;

test('a server under load has the packages of its course, as it has in a check', async () => {
  const at = { load: path.join(folder, 'load.ts'), file: path.join(folder, 'server.js') };
  writeFileSync(at.load, load);
  for (const course of courses) {
    writeFileSync(at.file, server(course.port));
    const redis = await findRedis({ offline: true });
    const { tallies } = await runLoad({ ...at, folder, course, servers: 1, requests: 2, redis });
    for (const { what, given } of tallies) {
      assert.is(given, course.packages.find(({ name }) => name === what)?.major, course.id);
    }
    assert.is(tallies.length, 2);
  }
});

test.run();

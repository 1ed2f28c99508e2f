import fs from 'node:fs';
import path from 'node:path';
import * as assert from 'uvu/assert';
import * as v from 'valibot';
import { createRedis } from '../../runner/redis/public/redis.cjs';
import { gradeWords } from '../support/class/graded-class';
import { course, workbook } from '../support/command-line';
import { withFolder } from '../support/course-folder';
import { suite } from '../support/suite';

/* Workers seen from outside while they grade: a board with figures, and a log of JSON lines. */

const test = suite('class seen from outside', { limit: 300_000 });

const token = 'a-token-that-nobody-guesses';

const logged = v.pipe(
  v.string(),
  v.parseJson(),
  v.looseObject({
    time: v.pipe(v.string(), v.isoTimestamp()),
    level: v.picklist(['info', 'warn', 'error']),
    event: v.string(),
    worker: v.optional(v.number()),
    job: v.optional(v.pipe(v.string(), v.regex(/^s[0-9a-f]{40}$/))),
    attempt: v.optional(v.number()),
    ms: v.optional(v.number()),
    text: v.optional(v.string()),
  }),
);

test('figures and the log follow a grading', () =>
  withFolder(async (folder) => {
    const redis = await createRedis({ password: 'secret' });
    try {
      const own = path.join(folder, 'class', 'Ada');
      fs.mkdirSync(own, { recursive: true });
      fs.copyFileSync(
        path.join(course, '00-greeting', '0-greeting.ts'),
        path.join(own, '0-greeting.ts'),
      );
      let said = '';
      let figures = '';
      let asked: Promise<void> | undefined;
      const words = ['class', 'work', '--redis', redis.url, '--workers', '1', '--offline'];
      const working = workbook([...words, '--board', '0', '--log', 'json'], {
        env: { WORKBOOK_BOARD_TOKEN: token },
        onOutput: (text, child) => {
          said += text;
          const address = /http:\/\/[^/\s]+\//.exec(said)?.[0];
          // It has been told of before it is logged.
          if (!said.includes('"event":"graded"') || address === undefined) return;
          asked ??= read(`${address}metrics`).then((answer) => {
            figures = answer;
            child.kill('SIGTERM');
          });
        },
      });
      const graded = await workbook(
        [...gradeWords(folder), '--redis', redis.url, '--workers', '0', '--offline'],
        {},
      );
      assert.is(graded.code, 0, graded.stderr);
      const { code, stderr } = await working;
      await asked;
      assert.is(code, 0, stderr);
      assert.match(figures, /^workbook_class_graded_total 1$/m);
      assert.match(figures, /^workbook_class_lesson_seconds_count\{lesson="0"\} 1$/m);
      assert.match(figures, /^workbook_class_queue_length 0$/m);
      const events = stderr
        .split('\n')
        .filter(Boolean)
        .map((line) => v.parse(logged, line));
      const names = events.map(({ event }) => event);
      const order = ['started', 'ready', 'taken', 'graded', 'ended'];
      assert.equal(
        names.filter((name) => order.includes(name)),
        order,
      );
      const [taken, done] = ['taken', 'graded'].map((name) =>
        events.find(({ event }) => event === name),
      );
      assert.is(taken?.job, done?.job);
      assert.is(taken?.attempt, 1);
      assert.ok((done?.ms ?? 0) > 0);
      assert.not.match(stderr, /secret|Ada|a-token/);
    } finally {
      await redis.close();
    }
  }));

test('a port that is none and a token that can be guessed are refused', async () => {
  const redis = await createRedis();
  try {
    const asked = async (port: string, env = {}) => {
      const words = ['class', 'work', '--redis', redis.url, '--offline', '--board', port];
      const { code, stderr } = await workbook(words, { env });
      return `${code} ${stderr.replace(/\s+/g, ' ')}`;
    };
    assert.match(await asked('http'), /^2 .*"http" is not a port\./);
    assert.match(
      await asked('0', { WORKBOOK_BOARD_TOKEN: 'guess' }),
      /^2 .*WORKBOOK_BOARD_TOKEN can be guessed/,
    );
  } finally {
    await redis.close();
  }
});

test.run();

async function read(url: string): Promise<string> {
  const answer = await fetch(url, { headers: { authorization: `Bearer ${token}` } });
  return answer.text();
}

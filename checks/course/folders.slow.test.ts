import {
  chmodSync,
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import * as assert from 'uvu/assert';
import { unwrapped, workbook } from '../support/command-line';
import {
  installed,
  lessons,
  makeCourseFolder,
  rightVariant,
  stateOf,
  withFolder,
} from '../support/course-folder';
import { gradeFolder, inShort } from '../support/graded-folder';
import { suite } from '../support/suite';

/*
 * Whole folders, as people have them when they have taken the course elsewhere: the command line
 * grades them as they are, and leaves them as they were.
 */

const test = suite('folders');

/** Every file of the course, as people wrote them in JavaScript. */
const finished = {
  'README.md': '# Queuing system\n',
  'dump.rdb': rightVariant('00-install-redis', 'version-9.rdb'),
  '0-redis_client.js': rightVariant('01-redis-client', 'quit-when-connected.js'),
  '1-redis_op.js': rightVariant('02-basic-operations', 'named-imports.js'),
  '2-redis_op_async.js': rightVariant('03-async-operations', 'both-promisified.js'),
  '4-redis_advanced_op.js': rightVariant('04-advanced-operations', 'loop-over-entries.js'),
  '5-subscriber.js': rightVariant('05-publisher-subscriber', 'subscriber-end.js'),
  '5-publisher.js': rightVariant('05-publisher-subscriber', 'publisher-several-arguments.js'),
  '6-job_creator.js': rightVariant('06-job-creator', 'chained-save.js'),
  '6-job_processor.js': rightVariant('07-job-processor', 'queue-in-function.js'),
  '7-job_creator.js': rightVariant('08-progress-creator', 'number-sign.js'),
  '7-job_processor.js': rightVariant('09-progress-processor', 'return-done.js'),
  '8-job.js': rightVariant('10-job-function', 'for-each.js'),
  '8-job.test.js': rightVariant('11-job-tests', 'mocha-chai.js'),
  '9-stock.js': rightVariant('12-in-stock', 'reserved-count.js'),
  '100-seat.js': rightVariant('13-seats', 'plain.js'),
};

const allPassed = Object.keys(finished)
  .filter((name) => name !== 'README.md')
  .map((name) => `${name}: passed`)
  .sort();

/** The client of tasks 1, 2 and 3 as redis 4 wants it. */
const client4 = `
import { createClient } from 'redis';
const client = createClient({ url: 'redis://localhost:6379' });
client.on('connect', () => console.log('Redis client connected to the server'));
client.on('error', (error) => console.log('Redis client not connected to the server: ' + error.message));
`;

/** Tasks 2 and 3 as redis 4 has them. */
const schools4 = `${client4}
await client.connect();
async function setNewSchool(schoolName, value) {
  console.log('Reply: ' + (await client.set(schoolName, value)));
}
async function displaySchoolValue(schoolName) {
  console.log(await client.get(schoolName));
}
await displaySchoolValue('Holberton');
await setNewSchool('HolbertonSanFrancisco', '100');
await displaySchoolValue('HolbertonSanFrancisco');
`;

/** Task 3 with redis 4 in its old ways: right to the letter. */
const legacy4 = `
import redis from 'redis';
import { promisify } from 'util';
const client = redis.createClient({ legacyMode: true });
client.on('connect', () => console.log('Redis client connected to the server'));
client.on('error', (error) => console.log('Redis client not connected to the server: ' + error));
await client.connect();
const get = promisify(client.get).bind(client);
function setNewSchool(schoolName, value) {
  client.set(schoolName, value, (error, reply) => console.log('Reply: ' + reply));
}
async function displaySchoolValue(schoolName) {
  console.log(await get(schoolName));
}
await displaySchoolValue('Holberton');
setNewSchool('HolbertonSanFrancisco', '100');
await displaySchoolValue('HolbertonSanFrancisco');
`;

const subscriber4 = `${client4}
client.connect();
client.subscribe('holberton school channel', async (message) => {
  console.log(message);
  if (message !== 'KILL_SERVER') return;
  await client.unsubscribe('holberton school channel');
  await client.quit();
});
`;

/** Tasks 1 and 5 as redis 6 has them. It speaks RESP3, so a subscriber may send anything. */
const newest = {
  '0-redis_client.js': `${client4}
await client.connect();
await client.quit();
`,
  '5-subscriber.js': `${client4}
await client.connect();
await client.subscribe('holberton school channel', async (message) => {
  console.log(message);
  if (message !== 'KILL_SERVER') return;
  await client.set('ended by', message);
  await client.unsubscribe('holberton school channel');
  await client.quit();
});
await client.get('some key');
`,
  '5-publisher.js': `${client4}
client.connect();
function publishMessage(message, time) {
  setTimeout(() => {
    console.log('About to send ' + message);
    client.publish('holberton school channel', message);
  }, time);
}
publishMessage('Holberton Student #1 starts course', 100);
publishMessage('Holberton Student #2 starts course', 200);
publishMessage('KILL_SERVER', 300);
publishMessage('Holberton Student #3 starts course', 400);
`,
};

const changed = (change: (text: string) => string) =>
  Object.fromEntries(Object.entries(newest).map(([name, text]) => [name, change(text)]));

/** The same by what it speaks, and by a pool, which tells of no connection by itself. */
const files6 = {
  'its own choice': newest,
  RESP3: changed((text) => text.replace('createClient({', 'createClient({ RESP: 3,')),
  RESP2: changed((text) =>
    text
      .replace('createClient({', 'createClient({ RESP: 2,')
      .replace(/^.*client\.[sg]et\(.*\n/gm, ''),
  ),
  'a pool': {
    ...changed((text) =>
      text
        .replaceAll('createClient', 'createClientPool')
        .replace(/^client.on\('connect'.*\n/m, '')
        .replace('client.quit', 'client.close')
        .replace(
          /^(await )?client.connect\(\);/m,
          "await client.connect();\nconsole.log('Redis client connected to the server');",
        ),
    ),
    '5-subscriber.js': newest['5-subscriber.js'],
  },
};

const asked4 = { redis: '^4.6.0', kue: '^0.11.6', express: '^4.18.0' };

test('a finished folder with Babel and Mocha passes whole, and is left as it was', () =>
  withFolder(async (at) => {
    const folder = makeCourseFolder(path.join(at, 'queuing'), { package: {}, files: finished });
    chmodSync(folder, 0o555);
    const before = stateOf(folder);
    assert.equal(inShort(await gradeFolder(folder)).sort(), allPassed);
    assert.is(stateOf(folder), before, 'something was written into the folder');
    chmodSync(folder, 0o755);
  }));

test('the same files pass with a module package, with modules of its own and with no package', () =>
  withFolder(async (at) => {
    const { '0-redis_client.js': first, '8-job.js': job, '8-job.test.js': tests } = finished;
    const some = { '0-redis_client.js': first, '8-job.js': job, '8-job.test.js': tests };
    const expected = Object.keys(some).map((name) => `${name}: passed`);
    const module_ = makeCourseFolder(path.join(at, 'module'), {
      package: { type: 'module' },
      files: some,
    });
    const bare = makeCourseFolder(path.join(at, 'bare'), { files: some });
    const own = makeCourseFolder(path.join(at, 'own'), {
      package: {},
      files: some,
      modules: { redis: installed('redis'), kue: installed('kue'), chai: installed('chai') },
    });
    for (const folder of [module_, bare, own]) {
      const before = stateOf(folder);
      const graded = await gradeFolder(folder, ['1', '10', '11']);
      assert.equal(inShort(graded), expected, path.basename(folder));
      assert.is(stateOf(folder), before, 'something was written into the folder');
    }
  }));

test('a folder below a node_modules passes whole, and its own packages stay packages', () =>
  withFolder(async (at) => {
    const scope = path.join(at, 'node_modules', '@scope');
    const folder = makeCourseFolder(path.join(scope, 'mine', 'queuing'), {
      package: {},
      files: finished,
      modules: { express: installed('express') },
    });
    // A package is run as it is, not compiled, whether it lies beside the folder or in it.
    const packages = [path.join(scope, 'other'), path.join(folder, 'node_modules', 'third')];
    for (const one of packages) {
      mkdirSync(one, { recursive: true });
      const isSloppy = '(function () { return this !== undefined; })()';
      writeFileSync(path.join(one, 'index.js'), `console.log('as it is: ' + ${isSloppy});\n`);
    }
    assert.equal(inShort(await gradeFolder(folder)).sort(), allPassed);
    for (const name of ['@scope/other', 'third']) {
      const text = readFileSync(finished['0-redis_client.js'], 'utf8');
      writeFileSync(path.join(folder, '0-redis_client.js'), `import '${name}';\n${text}`);
      assert.equal(inShort(await gradeFolder(folder, ['1'])), [
        '0-redis_client.js: The line “as it is: true” is one that the task does not ask for.',
      ]);
    }
  }));

test('a folder runs with the redis of its own node_modules', () =>
  withFolder(async (at) => {
    const files = {
      '0-redis_client.js': `import { commandOptions } from 'redis';
console.log('commandOptions is of redis 4:', typeof commandOptions);
`,
    };
    const modules = { redis: installed('redis-v4') };
    const folder = makeCourseFolder(path.join(at, 'old'), { package: {}, files, modules });
    const graded = await gradeFolder(folder, ['1']);
    assert.match(
      graded['0-redis_client.js']?.message ?? '',
      /^redis 4\.\d+\.\d+, the folder’s own/,
    );
  }));

test('a package of its own that is older than the course’s, or as old, is left aside', () =>
  withFolder(async (at) => {
    const files = { '0-redis_client.js': "import 'redis';\nimport 'mocha';\n" };
    const folder = makeCourseFolder(at, { package: {}, files });
    for (const [name, version] of Object.entries({ redis: '2.8.0', mocha: '13.0.0' })) {
      const own = path.join(folder, 'node_modules', name);
      mkdirSync(own, { recursive: true });
      writeFileSync(path.join(own, 'package.json'), JSON.stringify({ name, version }));
      writeFileSync(path.join(own, 'index.js'), `console.log('${name} of its own');\n`);
    }
    assert.equal(inShort(await gradeFolder(folder, ['1'])), [
      '0-redis_client.js: Expected “Redis client connected to the server”, but the program printed “mocha of its own”.',
    ]);
  }));

test('redis 4 of its own runs: what the task asks for decides, and the advice names it', () =>
  withFolder(async (at) => {
    const folder = makeCourseFolder(at, {
      package: { type: 'module', dependencies: asked4 },
      files: {
        '0-redis_client.js': `${client4}\nawait client.connect();\nawait client.quit();\n`,
        '1-redis_op.js': schools4,
        '2-redis_op_async.js': legacy4,
        '5-subscriber.js': subscriber4,
        '5-publisher.js': `${client4}console.log('never sends');\n`,
      },
      modules: { redis: installed('redis-v4') },
    });
    const graded = await gradeFolder(folder, ['1', '2', '3', '5']);
    assert.equal(inShort(graded), [
      '0-redis_client.js: passed',
      '1-redis_op.js: The task asks for callbacks; in line 9 the command “set” is awaited.',
      '2-redis_op_async.js: passed',
      '5-subscriber.js: passed',
      '5-publisher.js: The file declares no function of the name publishMessage.',
    ]);
    for (const one of Object.values(graded)) assert.match(one.advice, 'It ran with redis 4.7.1');
  }));

for (const offline of [true, false]) {
  test.rows(
    Object.entries(files6),
    ([name]) => `redis 6 of its own, ${name}, on ${offline ? 'the embedded' : 'a real'} Redis`,
    ([, files]) =>
      withFolder(async (at) => {
        const folder = makeCourseFolder(at, {
          package: { type: 'module', dependencies: { redis: '^6.3.1' } },
          files,
          modules: { redis: installed('redis-v6') },
        });
        const graded = await gradeFolder(folder, ['1', '5'], { offline });
        const expected = Object.keys(files).map((file) => `${file}: passed`);
        assert.equal(inShort(graded), expected);
        for (const one of Object.values(graded))
          assert.match(one.advice, 'It ran with redis 6.3.1');
      }),
    { needs: offline ? [] : ['redis-server'] },
  );
}

test('what redis 4 has not, or has to be told, is named', () =>
  withFolder(async (at) => {
    const files = {
      '0-redis_client.js': client4,
      '1-redis_op.js': `import redis from 'redis';\nconst client = redis.createClient();\n`,
      '2-redis_op_async.js': legacy4
        .replace("import redis from 'redis'", "import * as redis from 'redis'")
        .replace("(error, reply) => console.log('Reply: ' + reply)", 'redis.print')
        .replace('await client.connect();', 'client.connect();')
        .replace(/^await /gm, ''),
    };
    const modules = { redis: installed('redis-v4') };
    const folder = makeCourseFolder(at, { package: { dependencies: asked4 }, files, modules });
    assert.equal(inShort(await gradeFolder(folder, ['1', '2', '3'])), [
      '0-redis_client.js: redis 4.7.1, the folder’s own, connects only when it is told to, and the file never calls connect().',
      '1-redis_op.js: redis 4.7.1 has no default export: the import finds nothing there.',
      '2-redis_op_async.js: redis 4.7.1, the folder’s own, has no “print”: nothing prints “Reply: …”.',
    ]);
  }));

test('the message that a refusal by two addresses lacks with redis 4 is told, and its code does for it', () =>
  withFolder(async (at) => {
    const modules = { redis: installed('redis-v4') };
    const printing = (end: string, url = 'redis://localhost:6379') => ({
      '0-redis_client.js': `${client4.replace(' + error.message', end).replace('redis://localhost:6379', url)}client.connect();\n`,
    });
    const advice = async (name: string, files: Record<string, string>) => {
      const folder = makeCourseFolder(path.join(at, name), { package: {}, files, modules });
      const { '0-redis_client.js': graded } = await gradeFolder(folder, ['1']);
      assert.is(graded?.verdict, 'passed');
      return graded?.advice ?? '';
    };
    assert.match(
      await advice('error', printing(' + error')),
      'has “AggregateError” after the colon',
    );
    assert.match(
      await advice('message', printing(' + error.message')),
      'has nothing after the colon',
    );
    const either = printing(' + (error.message || error.code)');
    assert.not.match(await advice('either', either), 'after the colon');
    assert.not.match(await advice('code', printing(' + error.code')), 'after the colon');
    const single = printing(' + error', 'redis://127.0.0.1:6379');
    assert.not.match(await advice('single', single), 'after the colon');
  }));

test('redis 4 that is asked for but not installed is named', () =>
  withFolder(async (at) => {
    const folder = makeCourseFolder(at, {
      package: { dependencies: asked4 },
      files: {
        '0-redis_client.js': `${client4}\nclient.connect();\n`,
        '1-redis_op.js': finished['1-redis_op.js'],
      },
    });
    const graded = await gradeFolder(folder, ['1', '2']);
    assert.equal(inShort(graded), [
      '0-redis_client.js: “client.connect()” belongs to redis 4 and later; the client of redis 3 has no such function.',
      '1-redis_op.js: passed',
    ]);
    assert.match(graded['0-redis_client.js']?.next ?? '', 'run npm install in the folder');
    assert.match(graded['1-redis_op.js']?.advice ?? '', 'package.json asks for redis ^4.6.0');
  }));

test('top-level await runs where package.json says module, and is named elsewhere', () =>
  withFolder(async (at) => {
    const files = { '0-redis_client.js': `${client4}\nawait client.connect();\n` };
    const modules = { redis: installed('redis-v4') };
    const babel = makeCourseFolder(path.join(at, 'babel'), { package: {}, files, modules });
    const graded = await gradeFolder(babel, ['1']);
    assert.equal(inShort(graded), [
      '0-redis_client.js: In line 7 “await” stands at the top level of the file, outside of any function.',
    ]);
    assert.is(graded['0-redis_client.js']?.class, 'syntax-error');
  }));

test('the course folder of a repository is found, whatever it is called', () =>
  withFolder(async (at) => {
    const repository = path.join(at, 'alx backend – dépôt');
    const files = { '0-redis_client.js': finished['0-redis_client.js'] };
    makeCourseFolder(path.join(repository, '0x03-queuing_system_in_js'), { package: {}, files });
    mkdirSync(path.join(repository, '0x02-i18n'));
    mkdirSync(path.join(repository, '.git'));
    writeFileSync(path.join(repository, '0x02-i18n', '0-app.py'), '');
    // The same folder by another name is no second one.
    symlinkSync('0x03-queuing_system_in_js', path.join(repository, 'latest'));
    assert.equal(inShort(await gradeFolder(repository, ['1'])), ['0-redis_client.js: passed']);
    const linked = path.join(at, 'linked');
    symlinkSync(repository, linked);
    assert.equal(inShort(await gradeFolder(linked, ['1'])), ['0-redis_client.js: passed']);

    cpSync(
      path.join(repository, '0x03-queuing_system_in_js'),
      path.join(repository, 'copy of it'),
      { recursive: true },
    );
    const { code, stderr } = await workbook(['check', '1', '--dir', repository], {
      env: { WORKBOOK_LESSONS: lessons },
    });
    assert.is(code, 2);
    const told = unwrapped(stderr);
    assert.match(told, /0x03-queuing_system_in_js, copy of it/);
    assert.match(told, `Name one: --dir "${path.join(repository, '0x03-queuing_system_in_js')}"`);
    assert.equal(readdirSync(repository).length, 5);
  }));

test('TypeScript files of another folder run, and .ts counts before .js', () =>
  withFolder(async (at) => {
    makeCourseFolder(at, {
      files: {
        '0-redis_client.ts': rightVariant('01-redis-client', 'in-a-function.ts'),
        '0-redis_client.js': 'console.log("not this one");\n',
      },
    });
    assert.equal(inShort(await gradeFolder(at, ['1'])), ['0-redis_client.ts: passed']);
  }));

test.run();

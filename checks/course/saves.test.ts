import assert from 'node:assert/strict';
import fs, {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileWatching } from '../../runner/commands/doctor/file-watching';
import { hasFileEvents, type Mounts } from '../../runner/course/folder/file-events';
import { followSaves, pauseWithoutEvents } from '../../runner/course/folder/saves';
import { suite } from '../support/suite';

const test = suite('saves');
const folder = mkdtempSync(path.join(os.tmpdir(), 'saves-test-'));
let count = 0;

test.after(() => rmSync(folder, { recursive: true }));

/** A folder whose mount reports no changes, as Windows behind WSL. */
const silent: Mounts = { platform: 'linux', table: `C:\\134 ${folder} 9p rw 0 0\n` };
const reporting: Mounts = { platform: 'linux', table: 'overlay / overlay rw 0 0\n' };

/** Follows a folder of its own; the saves are taken one after the other. */
async function following(
  mounts: Mounts,
  use: (at: { place: string; next: () => Promise<string>; seen: string[] }) => Promise<void>,
): Promise<void> {
  const place = path.join(folder, String(count++), 'workspace');
  mkdirSync(place, { recursive: true });
  for (const name of ['0-redis_client.js', '1-redis_op.js']) {
    writeFileSync(path.join(place, name), 'before');
  }
  const seen: string[] = [];
  const waiting: ((name: string) => void)[] = [];
  const untaken: string[] = [];
  const stop = followSaves(
    place,
    (file) => {
      const name = path.basename(file);
      seen.push(name);
      const take = waiting.shift();
      if (take) take(name);
      else untaken.push(name);
    },
    { mounts },
  );
  const next = () => {
    const name = untaken.shift();
    return name === undefined
      ? new Promise<string>((resolve) => waiting.push(resolve))
      : Promise.resolve(name);
  };
  try {
    await use({ place, next, seen });
  } finally {
    stop();
  }
}

for (const [how, mounts] of Object.entries({ events: reporting, looks: silent })) {
  test(`by ${how}: a save right behind the start, a new file, a rename and a removal are told`, () =>
    following(mounts, async ({ place, next }) => {
      const file = path.join(place, '0-redis_client.js');
      writeFileSync(file, 'at once');
      assert.equal(await next(), '0-redis_client.js');
      writeFileSync(path.join(place, 'notes.txt'), 'no program');
      writeFileSync(path.join(place, 'dump.rdb'), 'REDIS');
      assert.equal(await next(), 'dump.rdb');
      writeFileSync(path.join(place, '.beside'), 'renamed');
      renameSync(path.join(place, '.beside'), file);
      assert.equal(await next(), '0-redis_client.js');
      rmSync(file);
      assert.equal(await next(), '0-redis_client.js');
    }));

  test(`by ${how}: a file that is emptied before it is written is told as it is in the end`, () =>
    following(mounts, async ({ place, next }) => {
      const file = path.join(place, '1-redis_op.js');
      writeFileSync(file, '');
      await new Promise(setImmediate);
      writeFileSync(file, 'after');
      await next();
      assert.equal(readFileSync(file, 'utf8'), 'after');
    }));

  test(`by ${how}: a file that stays empty is told`, () =>
    following(mounts, async ({ place, next }) => {
      writeFileSync(path.join(place, '1-redis_op.js'), '');
      assert.equal(await next(), '1-redis_op.js');
    }));

  test(`by ${how}: a folder that is moved away takes no file with it, and a new one is found`, () =>
    following(mounts, async ({ place, next, seen }) => {
      const away = path.join(path.dirname(place), 'away');
      renameSync(place, away);
      writeFileSync(path.join(away, '0-redis_client.js'), 'not here');
      cpSync(away, place, { recursive: true, preserveTimestamps: true });
      writeFileSync(path.join(place, '1-redis_op.js'), 'the new one');
      while ((await next()) !== '1-redis_op.js');
      // Its events are heard as well, not those of the folder that is gone.
      writeFileSync(path.join(away, '0-redis_client.js'), 'still not here');
      writeFileSync(path.join(place, '2-redis_op_async.js'), 'text');
      assert.equal(await next(), '2-redis_op_async.js');
      assert.ok(seen.filter((name) => name === '0-redis_client.js').length <= 1);
    }));
}

test('what is written while following begins is told, whatever the system reports', async () => {
  // The file is saved when the folder has been read, and before there are events.
  const { watch } = fs;
  const late = (place: fs.PathLike) => {
    writeFileSync(path.join(String(place), '0-redis_client.js'), 'just now');
    return watch(os.devNull);
  };
  fs.watch = late as unknown as typeof watch; // Of all its forms it has the one in use.
  try {
    await following(reporting, async ({ next, seen }) => {
      assert.equal(await next(), '0-redis_client.js');
      assert.equal(seen.length, 1);
    });
  } finally {
    fs.watch = watch;
  }
});

test('where the system has no watch left, the folder is looked at again and again', async () => {
  const { watch } = fs;
  const refuses = () => {
    throw Object.assign(new Error('ENOSPC: no watch left'), { code: 'ENOSPC', syscall: 'watch' });
  };
  fs.watch = refuses as unknown as typeof watch; // Of all its forms it has only the refusal.
  try {
    await following(reporting, async ({ place, next }) => {
      writeFileSync(path.join(place, '0-redis_client.js'), 'text');
      assert.equal(await next(), '0-redis_client.js');
    });
  } finally {
    fs.watch = watch;
  }
});

test('the kind of the mount tells whether there are events', () => {
  const table = [
    'overlay / overlay rw,relatime 0 0',
    'C:\\134 /mnt/c 9p rw,aname=drvfs;path=C:\\134 0 0',
    'D: /mnt/d drvfs rw 0 0',
    'host /work\\040shop virtiofs rw 0 0',
    'grpcfuse /app fuse.grpcfuse rw 0 0',
    'osxfs /old osxfs rw 0 0',
    'stray /stray fuse rw 0 0',
    'server:/home /home nfs4 rw 0 0',
    '//server/share /share cifs rw 0 0',
    'shared /vagrant vboxsf rw 0 0',
    'tmpfs /mnt/c/tmp tmpfs rw 0 0',
    '/dev/sdb1 /usb fuseblk rw 0 0',
    '',
  ].join('\n');
  const asked = (at: string, platform: NodeJS.Platform = 'linux') =>
    hasFileEvents(at, { platform, table });
  const without = ['/mnt/c/Users/me/workspace', '/mnt/c', '/mnt/d/x', '/work shop/x', '/app/x'];
  for (const at of [...without, '/home/me', '/share/x', '/vagrant', '/old/x', '/stray'])
    assert.equal(asked(at), false, at);
  for (const at of ['/root/workspace', '/mnt/cd', '/mnt', '/mnt/c/tmp/x', '/usb/x', '/apple']) {
    assert.equal(asked(at), true, at);
  }
  assert.equal(asked('/mnt/c/x', 'darwin'), true);
  assert.equal(hasFileEvents('/x', { platform: 'linux', table: '' }), true);
});

test('a folder that is slow to look at is looked at less often, at least once a second', () => {
  assert.deepEqual([0, 15, 40, 5000].map(pauseWithoutEvents), [150, 150, 400, 1000]);
});

test('doctor says that saves are looked for, also before the folder is there', () => {
  const env = { WORKBOOK_HOME: path.join(folder, 'not', 'yet') };
  assert.match(fileWatching(env, silent).found, /^by looking: .* in \S+yet$/);
  assert.doesNotMatch(fileWatching(env, reporting).found, /looking/);
});

test.run();

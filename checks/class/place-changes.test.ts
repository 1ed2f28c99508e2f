import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import * as assert from 'uvu/assert';
import type { Learner } from '../../runner/class/roster/learner';
import { PlaceChanges } from '../../runner/class/watch/place-changes';
import { withFolder } from '../support/course-folder';
import { suite } from '../support/suite';

const test = suite('place changes');

const file = '0-greeting.js';

test('a copy that is going on is waited for, and a repository is asked again', () =>
  withFolder(async (folder) => {
    const ada = path.join(folder, 'Ada');
    fs.mkdirSync(ada);
    fs.writeFileSync(path.join(ada, file), 'x');
    const bare = path.join(folder, 'di.git');
    const git = (...words: string[]) =>
      execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=b', '-C', ada, ...words], {
        stdio: 'ignore',
      });
    git('init', '-b', 'main');
    git('add', '.');
    git('commit', '-m', 'x');
    git('clone', '--bare', '.', bare);
    const places = [ada, bare, pathToFileURL(bare).href];
    const learners = places.map((place): Learner => ({ name: 'X', folder: place }));
    const changes = new PlaceChanges(0, new AbortController().signal);
    const look = async () =>
      (await changes.look(learners)).map(({ learner, isNew }) =>
        [places.indexOf(learner.folder), isNew ? 'new' : 'changed'].join(' '),
      );
    const lookUntil = async (expected: string[]) => {
      const seen: string[] = [];
      while (seen.length < expected.length) seen.push(...(await look()));
      assert.equal(seen.sort(), expected);
    };
    try {
      await lookUntil(['0 new', '1 new', '2 new']);
      fs.appendFileSync(path.join(ada, file), '// one');
      assert.equal(await look(), []);
      fs.appendFileSync(path.join(ada, file), '// two');
      assert.equal(await look(), []);
      await lookUntil(['0 changed']);
      git('commit', '-am', 'y');
      git('push', bare, 'main');
      await lookUntil(['0 changed', '1 changed', '2 changed']);
      fs.mkdirSync(path.join(ada, 'node_modules'));
      fs.writeFileSync(path.join(ada, 'node_modules', 'x.js'), '');
      for (let looks = 0; looks < 3; looks++) assert.equal(await look(), []);
    } finally {
      await changes.close();
    }
  }));

test.run();

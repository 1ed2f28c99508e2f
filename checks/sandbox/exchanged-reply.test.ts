import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import * as assert from 'uvu/assert';
import { findRedis } from '../../runner/redis/find';
import { reaper } from '../../runner/sandbox/process/reaper';
import { Sandbox } from '../../runner/sandbox/sandbox';
import { suite } from '../support/suite';

/* A check can have a program get another reply than Redis gives. */

const test = suite('exchanged reply');
const folder = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'exchanged-reply-test-')));

test.after(() => rmSync(folder, { recursive: true, force: true }));

/** Longer than anything here takes on a slow machine, in ms. */
const patience = 30_000;

const text = `
const socket = require('node:net').connect(6379);
socket.write('PING\\r\\nSET key PONG\\r\\nGET key\\r\\nPING\\r\\nQUIT\\r\\n');
let answers = '';
socket.on('data', (bytes) => { answers += bytes; });
socket.on('end', () => console.log(JSON.stringify(answers)));
`;

test('each reply that is the word becomes the other one, for the program and in the journal', async () => {
  const sandbox = await Sandbox.open(await findRedis({ offline: true, reaper }));
  try {
    const file = path.join(folder, 'program.js');
    writeFileSync(file, text);
    const program = await sandbox.start({ name: 'program', file });
    program.tap.exchangeReply({ from: 'PONG', to: 'ANOTHER WORD' });
    await sandbox.journal.until(() => program.output.length > 0 || !!program.exit, patience);
    const [line] = program.output;
    assert.is(
      JSON.parse(line?.text ?? '""'),
      '+ANOTHER WORD\r\n+OK\r\n$4\r\nPONG\r\n+ANOTHER WORD\r\n+OK\r\n',
    );
    const replies = sandbox.journal.commands('program').map(({ reply }) => String(reply));
    assert.equal(replies, ['ANOTHER WORD', 'OK', 'PONG', 'ANOTHER WORD', 'OK']);
  } finally {
    await sandbox.close();
  }
});

test.run();

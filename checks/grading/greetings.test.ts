import * as assert from 'uvu/assert';
import { refusal } from '../../runner/grading/explain/refusals';
import { wrongCommand } from '../../runner/grading/program/sent-commands';
import { RedisReplyError } from '../../runner/redis/protocol/resp';
import { Journal } from '../../runner/sandbox/tap/journal';
import { suite } from '../support/suite';

/* What a library sends by itself when it connects is never the learner's command. */

const test = suite('greetings');

const greetings = [
  ['CLIENT', 'SETINFO', 'LIB-NAME', 'ioredis'],
  ['CLIENT', 'SETNAME', 'bull:queue'],
  ['HELLO', '3'],
  ['INFO'],
];

/** A program's commands, each of which Redis has refused. */
function refusing(commands: string[][]): Journal {
  const journal = new Journal();
  for (const words of commands) {
    journal.passed({
      kind: 'command',
      program: 'creator',
      connection: 1,
      at: 0,
      words,
      reply: new RedisReplyError('ERR refused'),
      repliedAt: 1,
    });
  }
  return journal;
}

test('a refused greeting is no finding', () => {
  assert.is(refusal(refusing(greetings), 'creator'), undefined);
});

test('the refused command behind the greetings is one', () => {
  const journal = refusing([...greetings, ['HSET', 'key']]);
  assert.is(refusal(journal, 'creator')?.message, 'Redis refused “HSET key”: “ERR refused”.');
});

test('a command of the learner’s to CLIENT is one', () => {
  const journal = refusing([['CLIENT', 'KILL', 'nobody']]);
  assert.match(refusal(journal, 'creator')?.message ?? '', 'CLIENT KILL nobody');
});

test('greetings are not shown among what was sent', () => {
  const finding = wrongCommand(['GET', 'a'], [...greetings, ['GET', 'b']], 'Get it.', 1);
  assert.is(finding?.seen, 'GET b');
});

test.run();

import * as assert from 'uvu/assert';
import { ReplyReader, textOf } from '../../runner/redis/protocol/reply-reader';
import {
  ProtocolError,
  Push,
  RedisReplyError,
  SimpleString,
} from '../../runner/redis/protocol/resp';
import { itemsOf, ReplyFrames } from '../../runner/sandbox/tap/reply-frames';
import { suite } from '../support/suite';

/** Both protocols as they are read: into values, and into frames that are passed on as they are. */
const protocol = suite('protocol');

/** A value on the wire, and what it is read as. */
const values: readonly [name: string, bytes: string, read: unknown][] = [
  ['a status', '+OK\r\n', new SimpleString('OK')],
  ['an error', '-ERR no\r\n', new RedisReplyError('ERR no')],
  ['an integer', ':-7\r\n', -7],
  ['an integer of 64 bits', ':9223372036854775807\r\n', 9223372036854775807n],
  ['a bulk string', '$4\r\na\r\nb\r\n', 'a\r\nb'],
  ['an array', '*2\r\n$1\r\na\r\n*1\r\n:1\r\n', ['a', [1]]],
  ['RESP2’s two nulls', '*2\r\n$-1\r\n*-1\r\n', [null, null]],
  ['null', '_\r\n', null],
  ['booleans', '*2\r\n#t\r\n#f\r\n', [1, 0]],
  ['a double', ',3.25\r\n', '3.25'],
  ['an infinite one', ',-inf\r\n', '-inf'],
  ['a big number', '(123456789012345678901234567890\r\n', '123456789012345678901234567890'],
  ['a verbatim string', '=7\r\ntxt:a\nb\r\n', 'a\nb'],
  ['a blob error', '!10\r\nERR a\r\nb c\r\n', new RedisReplyError('ERR a\r\nb c')],
  ['a map', '%2\r\n$1\r\na\r\n:1\r\n$1\r\nb\r\n%1\r\n:2\r\n_\r\n', ['a', 1, 'b', [2, null]]],
  ['a set', '~2\r\n$1\r\na\r\n$1\r\nb\r\n', ['a', 'b']],
  ['nothing in it', '*4\r\n*0\r\n~0\r\n%0\r\n$0\r\n\r\n', [[], [], [], '']],
  ['a push', '>2\r\n$7\r\nmessage\r\n*1\r\n:1\r\n', new Push(['message', [1]])],
  ['an attribute', '|1\r\n$3\r\nttl\r\n:9\r\n*1\r\n|1\r\n+a\r\n~0\r\n:5\r\n', [5]],
];

for (const [name, bytes, value] of values) {
  protocol(`${name} is read, however the bytes come`, () => {
    // What is cut out is followed by more, so that an end that is missed is seen.
    const stream = Buffer.from(`${bytes}+next\r\n${bytes}`);
    const expected = [value, new SimpleString('next'), value];
    for (const size of [1, 2, 3, 7, stream.length]) {
      const reader = new ReplyReader(textOf);
      const frames = new ReplyFrames();
      const read: unknown[] = [];
      const cut: string[] = [];
      for (let at = 0; at < stream.length; at += size) {
        const chunk = stream.subarray(at, at + size);
        read.push(...reader.read(chunk));
        cut.push(...frames.read(chunk).map(String));
      }
      assert.equal(read, expected, `${size} at a time`);
      assert.equal(cut, [bytes, '+next\r\n', bytes], `${size} at a time`);
    }
  });
}

for (const bytes of ['$?\r\n;4\r\n', '*?\r\n:1\r\n', 'HTTP/1.1 400\r\n', '%x\r\n']) {
  protocol(`${JSON.stringify(bytes)} is refused`, () => {
    assert.throws(
      () => new ReplyReader(textOf).read(Buffer.from(bytes)),
      (error: unknown) => error instanceof ProtocolError,
    );
  });
}

protocol('a frame of several values is taken apart', () => {
  const inside = (frame: string) => itemsOf(Buffer.from(frame))?.map(String);
  assert.equal(inside('>2\r\n+a\r\n%1\r\n:1\r\n:2\r\n'), ['+a\r\n', '%1\r\n:1\r\n:2\r\n']);
  assert.equal(inside('~1\r\n_\r\n'), ['_\r\n']);
  assert.is(inside('%1\r\n:1\r\n:2\r\n'), undefined);
  assert.is(inside('+a\r\n'), undefined);
});

protocol.run();

import * as assert from 'uvu/assert';
import { replyText } from '../../runner/redis/protocol/reply-text';
import { encodeCommand } from '../../runner/redis/protocol/resp';
import { Journal } from '../../runner/sandbox/tap/journal';
import { Wire } from '../../runner/sandbox/tap/wire';
import { suite } from '../support/suite';

/** What the tap reads off one connection: the same, whichever protocol the program speaks. */
const test = suite('wire');

/** Plays a conversation: commands, and what Redis sends. @returns the journal, a line each */
function seen(conversation: readonly (string[] | string)[]): string[] {
  const journal = new Journal();
  const wire = new Wire(journal, 'program', 1, () => {});
  for (const part of conversation) {
    if (Array.isArray(part)) wire.request(encodeCommand(part), 0);
    else wire.reply(Buffer.from(part.replaceAll(' ', '\r\n')), 0);
  }
  return journal.wire.map((entry) => {
    const reply = entry.reply === undefined ? 'unanswered' : replyText(entry.reply);
    const what = entry.kind === 'command' ? entry.words.join(' ') : 'by itself';
    return `${what}: ${reply.replace(/\s+/g, ' ')}`;
  });
}

test('the same conversation in both protocols leaves the same', () => {
  const asked = [
    ['SUBSCRIBE', 'a', 'b'],
    ['UNSUBSCRIBE'],
    ['PING'],
    ['GET', 'k'],
    ['ZSCORE', 'z', 'm'],
  ];
  const [subscribe = [], unsubscribe = [], ping = [], get = [], score = []] = asked;
  const told = (sign: string) => ({
    confirmed: (kind: string, name: string, left: number) =>
      `${sign}3 $${kind.length} ${kind} $1 ${name} :${left} `,
    message: (text: string) => `${sign}3 $7 message $1 a $1 ${text} `,
  });
  const play = ({ confirmed, message }: ReturnType<typeof told>, nil: string, double: string) =>
    seen([
      subscribe,
      confirmed('subscribe', 'a', 1) + message('1') + confirmed('subscribe', 'b', 2),
      message('2'),
      unsubscribe,
      confirmed('unsubscribe', 'a', 1) + confirmed('unsubscribe', 'b', 0),
      ping,
      '+PONG ',
      get,
      nil,
      score,
      double,
    ]);
  const [two, three] = [play(told('*'), '$-1 ', '$3 1.5 '), play(told('>'), '_ ', ',1.5 ')];
  assert.equal(two, [
    'SUBSCRIBE a b: 1) "subscribe" 2) "b" 3) (integer) 2',
    'by itself: 1) "message" 2) "a" 3) "1"',
    'by itself: 1) "message" 2) "a" 3) "2"',
    'UNSUBSCRIBE: 1) "unsubscribe" 2) "b" 3) (integer) 0',
    'PING: PONG',
    'GET k: (nil)',
    'ZSCORE z m: "1.5"',
  ]);
  assert.equal(three, two);
});

test('a reply is not taken for a message, whatever it holds', () => {
  assert.equal(
    seen([
      ['LRANGE', 'l', '0', '-1'],
      '*3 $7 message $1 a $1 x ',
      ['LRANGE', 'l', '0', '-1'],
      '*3 $9 subscribe $1 a $1 x ',
      ['SUBSCRIBE', 'a'],
      '*3 $9 subscribe $1 a :1 ',
      ['RESET'],
      '+RESET ',
      ['LRANGE', 'l', '0', '-1'],
      '*3 $7 message $1 a $1 x ',
    ]),
    [
      'LRANGE l 0 -1: 1) "message" 2) "a" 3) "x"',
      'LRANGE l 0 -1: 1) "subscribe" 2) "a" 3) "x"',
      'SUBSCRIBE a: 1) "subscribe" 2) "a" 3) (integer) 1',
      'RESET: RESET',
      'LRANGE l 0 -1: 1) "message" 2) "a" 3) "x"',
    ],
  );
});

test('patterns that stand do not keep an UNSUBSCRIBE without names waiting', () => {
  assert.equal(
    seen([
      ['PSUBSCRIBE', 'p'],
      '*3 $10 psubscribe $1 p :1 ',
      ['SUBSCRIBE', 'a'],
      '*3 $9 subscribe $1 a :2 ',
      ['UNSUBSCRIBE'],
      '*3 $11 unsubscribe $1 a :1 ',
      ['UNSUBSCRIBE'],
      '*3 $11 unsubscribe $-1 :1 ',
      ['PING'],
      '*2 $4 pong $0  ',
    ]).slice(2),
    [
      'UNSUBSCRIBE: 1) "unsubscribe" 2) "a" 3) (integer) 1',
      'UNSUBSCRIBE: 1) "unsubscribe" 2) (nil) 3) (integer) 1',
      'PING: 1) "pong" 2) ""',
    ],
  );
});

test('a push about anything else answers nothing', () => {
  assert.equal(seen([['GET', 'k'], '>2 $10 invalidate *1 $1 k ', '$1 v ']), [
    'GET k: "v"',
    'by itself: 1) "invalidate" 2) 1) "k"',
  ]);
});

test('what waits until there is something to give is owed no answer', () => {
  const owed = (...words: string[]) => {
    const wire = new Wire(new Journal(), 'program', 1, () => {});
    wire.request(encodeCommand(words), 0);
    return wire.unanswered;
  };
  assert.is(owed('BLPOP', 'list', '0'), 0);
  assert.is(owed('XREAD', 'COUNT', '2', 'block', '0', 'STREAMS', 's', '$'), 0);
  assert.is(owed('XREADGROUP', 'GROUP', 'g', 'me', 'BLOCK', '0', 'STREAMS', 's', '>'), 0);
  assert.is(owed('XREAD', 'STREAMS', 'BLOCK', '0'), 1);
  assert.is(owed('LPOP', 'list'), 1);
});

test('what is typed, without the form of the protocol, is seen as well', () => {
  const journal = new Journal();
  let count = 0;
  const wire = new Wire(journal, 'program', 1, () => {
    count += 1;
  });
  wire.request(Buffer.from('set k "a b"\r\nPI'), 0);
  wire.reply(Buffer.from('+OK\r\n'), 0);
  wire.request(Buffer.concat([Buffer.from('NG\r\n'), encodeCommand(['GET', 'ü'])]), 0);
  wire.reply(Buffer.from('+PONG\r\n$-1\r\n'), 0);
  const seen = journal
    .commands('program')
    .map(({ words, reply }) => [words, replyText(reply ?? null)]);
  assert.equal(seen, [
    [['SET', 'k', 'a b'], 'OK'],
    [['PING'], 'PONG'],
    [['GET', 'ü'], '(nil)'],
  ]);
  assert.is(count, 3);
  assert.is(wire.farewell, false);
});

test.run();

import { matching, type Source, ts } from '#grading';
import { type Blindness, blindToContents, blindToNoThrow } from '#vocabulary/testing/blind-tests';
import type { BrokenModule } from '#vocabulary/testing/mutants';
import { asks, creates } from './job-functions';
import type { MutantName } from './mutant-protocol';

/** The today-jobs on which the tests are tried. */
export const brokenJob: BrokenModule<MutantName> = {
  name: 'today-job',
  called: 'a today-job',
  breaker: require.resolve('./mutant-program'),
  imported: `import { ${creates}, ${asks} } from './today-job'`,
  mutations: {
    'no-refusal': {
      does: 'refuses nothing when jobs is not an array',
      next: 'Add a test that hands over something else than an array, and await assert.rejects() there.',
    },
    'wrong-text': {
      does: 'refuses with another text than “Jobs is not an array”',
      next: 'Expect the error’s message too, not only that something is refused.',
    },
    'job-lost': {
      does: 'gives all jobs, of which the last is not in the queue',
      next: 'Ask the queue itself after the call, with await queue.getWaiting() or queue.count(), and compare with the list.',
    },
    'wrong-data': {
      does: 'gives the jobs other data than the list’s',
      next: 'Compare the data of each job with the list.',
    },
    'wrong-name': {
      does: 'gives the jobs another name than push_notification',
      next: 'Compare the name of each job as well.',
    },
    'always-true': {
      does: 'lets a number have as many notifications as it likes',
      next: `Call ${asks} twice with one number, and expect false the second time.`,
    },
    'one-for-all': {
      does: 'takes all numbers for one',
      next: `Call ${asks} with a second number after the first, and expect true.`,
    },
    'stays-for-ever': {
      does: 'never forgets a number, because its key does not expire',
      next: `Compare await redis.ttl('notified:…') after a call of ${asks} with 3600.`,
    },
  },
  blindTo,
  onRedis: true,
};

function blindTo(source: Source, mutant: MutantName): Blindness | undefined {
  if (mutant === 'no-refusal') return unawaited(source) ?? blindToNoRejection(source);
  if (mutant === 'job-lost' || mutant === 'wrong-data') {
    return blindToContents(source, creates, 'getWaiting()');
  }
  return blindToContents(source, asks, 'mayNotify');
}

/** What is thrown in an async function only `rejects` hears of. */
function blindToNoRejection(source: Source): Blindness | undefined {
  const blind = blindToNoThrow(source, creates);
  if (!blind?.next.includes('throws(')) return blind;
  return {
    ...blind,
    next: `Let the assertion wait for the call: await assert.rejects(${creates}(…), new Error(…)).`,
  };
}

/** `assert.rejects()` gives a promise: without an await the test is over before it is settled. */
function unawaited(source: Source): Blindness | undefined {
  const [call] = matching(source, '$.rejects($$$)').filter((one) =>
    ts.isExpressionStatement(one.parent),
  );
  if (!call) return undefined;
  const line = source.lineOf(call);
  return {
    why: `: the test does not wait for the assertion in line ${line}, which gives a promise`,
    next: `Write await in front of it, in an async function.`,
    line,
  };
}

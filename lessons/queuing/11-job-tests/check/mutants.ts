import { blindToContents, blindToNoThrow } from '#vocabulary/testing/blind-tests';
import type { BrokenModule } from '#vocabulary/testing/mutants';
import { importedAs } from '#vocabulary/testing/test-source';
import type { MutantName } from './mutant-protocol';

/** The 8-jobs on which the tests are tried. */
export const brokenJob: BrokenModule<MutantName> = {
  name: '8-job',
  called: 'an 8-job',
  breaker: require.resolve('./mutant-program'),
  imported: "import createPushNotificationsJobs from './8-job.js'",
  mutations: {
    'no-throw': {
      does: 'throws nothing when jobs is not an array',
      next: 'Add a test that calls it with something else than an array and expects the error.',
    },
    'wrong-text': {
      does: 'throws another text than “Jobs is not an array”',
      next: 'Expect the error’s message too, not only that something is thrown.',
    },
    'nothing-saved': {
      does: 'creates jobs but never saves them',
      next: 'Compare queue.testMode.jobs with what you put in, after the call.',
    },
    'job-lost': {
      does: 'loses the last job of the list',
      next: 'Compare the length of queue.testMode.jobs with that of the list.',
    },
    'wrong-queue': {
      does: 'puts the jobs into another queue than push_notification_code_3',
      next: 'Compare queue.testMode.jobs[0].type with “push_notification_code_3”.',
    },
    'wrong-data': {
      does: 'gives the jobs other data than the list’s',
      next: 'Compare queue.testMode.jobs[0].data with the first object of the list.',
    },
  },
  blindTo: (source, mutant) => {
    const name = importedAs(source, '8-job') ?? 'createPushNotificationsJobs';
    return mutant === 'no-throw'
      ? blindToNoThrow(source, name)
      : blindToContents(source, name, 'testMode.jobs');
  },
  // In test mode nothing reaches it.
  onRedis: false,
};

import type { ClassProgress } from '../../class/class-grading';
import type { ClassLearner } from '../../class/class-record';
import { classPage } from '../../class/page/class-page';
import { classTable } from '../../class/results/class-table';
import { Places } from '../../class/submission/places';
import { watchClass } from '../../class/watch/watch-class';
import { type ExitCode, Interruption, type Session } from '../session';
import { learnersOf } from './class-roll';
import { type ClassSetup, setUpClass } from './class-setup';
import { withWorkers } from './class-workers';
import { WatchLine } from './watch-line';

/**
 * `class watch FOLDER…`, or --roster FILE: grades a class, and each folder again when it changes, before the rest
 * of the class, until Ctrl-C. The table and its page in the results folder are kept fresh.
 * @throws Interruption after Ctrl-C, once what was in hand is graded
 */
export async function watchFolders(session: Session, given: readonly string[]): Promise<ExitCode> {
  const learners = () => learnersOf(session, given, 'watch');
  const places = new Places(session.signal);
  try {
    const first = learners();
    const setup = await setUpClass(session, first, places);
    // What changed since then is opened anew.
    await places.close();
    const { lessons, terms, results } = setup;
    const progress: ClassProgress = { all: first.length, done: 0, known: 0 };
    const line = new WatchLine(progress);
    session.note(`The table is kept in ${results.folder}. Ctrl-C ends it.`);
    const table = new FreshTable(setup);
    await withWorkers(session, { terms, line }, (queue) =>
      watchClass({
        ...queue,
        ...{ lessons, terms, results, places, progress, learners },
        onLook: (read, state) => table.look(read, state),
        onTaken: ({ name }) => line.taken(name, new Date()),
      }),
    );
    table.write();
  } finally {
    await places.close();
  }
  throw new Interruption();
}

/** The class and its page in the results folder, written anew when something has changed. */
class FreshTable {
  readonly #setup: ClassSetup;
  #read: ClassLearner[] = [];
  #written = '';
  /** When it may be written next, in ms. */
  #next = 0;

  constructor(setup: ClassSetup) {
    this.#setup = setup;
  }

  /** @param state another one once anything has changed */
  look(read: ClassLearner[], state: string): void {
    this.#read = read;
    if (state === this.#written || performance.now() < this.#next) return;
    this.#written = state;
    this.write();
  }

  write(): void {
    const { results, recordOf } = this.#setup;
    const begun = performance.now();
    const record = recordOf(this.#read);
    results.keepRecord(record);
    results.write('class.html', classPage(classTable(record, results), record));
    // A large class is not written all the time.
    this.#next = begun + (performance.now() - begun) * restFactor;
  }
}

/** Of how many parts of the time one is for writing. */
const restFactor = 20;

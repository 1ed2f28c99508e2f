import type { Session } from '../session';
import { gradingWords, startedWords } from './started-words';

/** A task of VS Code, as its tasks.json has it. */
export interface VscodeTask {
  label: string;
  [field: string]: unknown;
}

/** How VS Code finds problems in what `watch --problems` prints: its lines, and its rounds. */
export const problemMatcher = {
  owner: 'workbook',
  source: 'workbook',
  fileLocation: 'absolute',
  pattern: {
    regexp: '^(.+?):(\\d+):(\\d+): (error|warning|info): (.*) \\[([a-z-]+)\\]$',
    file: 1,
    line: 2,
    column: 3,
    severity: 4,
    message: 5,
    code: 6,
  },
  background: {
    activeOnStart: false,
    beginsPattern: '^checking lesson ',
    endsPattern: '^checked lesson ',
  },
};

/** The tasks for a learner's workspace: one that watches while it is open, and two for the file in view. */
export function vscodeTasks(session: Session): VscodeTask[] {
  const name = variable('fileBasename');
  return [
    {
      ...task('workbook: watch', gradingWords(session, ['watch', '--problems'])),
      detail: 'Grade a lesson again at each save, and show findings at their lines',
      isBackground: true,
      runOptions: { runOn: 'folderOpen' },
      presentation: { reveal: 'silent', panel: 'dedicated' },
      problemMatcher,
    },
    {
      ...task('workbook: hint', startedWords(session, ['hint', name])),
      detail: 'The next hint for the file in view',
      problemMatcher: [],
    },
    {
      ...task('workbook: task', startedWords(session, ['show', name])),
      detail: 'The text of the task for the file in view',
      problemMatcher: [],
    },
  ];
}

function task(label: string, [command, ...args]: string[]): VscodeTask {
  const folder = variable('workspaceFolder');
  // Without a shell, so that nothing in a path needs quotation marks.
  const way = { type: 'process', command, args };
  return { label, ...way, options: { cwd: folder, env: { WORKBOOK_HOME: folder } } };
}

/** What VS Code puts in. */
function variable(name: string): string {
  return `\${${name}}`;
}

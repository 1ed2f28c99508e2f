import { Command, CommanderError, Option } from 'commander';
import { type Course, snapshotName } from '../course/course';
import { nearest } from '../course/distance';
import { Shelf } from '../course/shelf';
import { UsageError } from '../course/usage-error';
import { workbookVersion } from '../course/version';
import { showQueueLibraries } from '../report/queue-libraries';
import { describeScreen } from '../report/terminal/screen';
import { isolations } from '../sandbox/isolation/level';
import { presentationsOf } from '../vocabulary/presentation';
import { addClassCommands } from './class/class-program';
import { type ExitCode, type Options, Session, type Streams } from './session';
import { shellWords } from './shell-words';

/** How the workbook was started: everything that a command needs to begin. */
export interface Start {
  streams: Streams;
  signal: AbortSignal;
  /** What to do where no command is given. */
  menu: (session: Session) => Promise<ExitCode>;
  /** Follows what the learner saves, from one lesson on or from where they left off. */
  watch: (session: Session, word: string | undefined) => Promise<ExitCode>;
  /** The workbook as a page in the browser. */
  open: (session: Session) => Promise<ExitCode>;
}

/**
 * Understands a command line and does what it says.
 * @param words without the program's own name
 * @throws UsageError for a command line that cannot be understood; whatever the command throws
 */
export async function perform(words: readonly string[], start: Start): Promise<ExitCode> {
  let code: ExitCode = 0;
  const program = commandLine(start, (result) => {
    code = result;
  });
  try {
    await program.parseAsync(words, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode !== 0) throw misunderstood(error);
  }
  return code;
}

function commandLine(start: Start, done: (code: ExitCode) => void): Command {
  const program = new Command('workbook');
  const courses = () => new Shelf(program.opts<Options>().course).courses;
  const write = (text: string) => {
    const { output } = start.streams;
    output.write(describeScreen(output).spell(text));
  };
  const act =
    (action: (session: Session, words: string[]) => Promise<ExitCode>) =>
    async (...given: unknown[]) => {
      const command = given.at(-1);
      if (!(command instanceof Command)) return;
      const session = new Session(command.optsWithGlobals<Options>(), start.streams, start.signal);
      showQueueLibraries(() => presentationsOf(vocabulariesOf(session)));
      done(await action(session, command.args));
    };

  program
    .usage('[command] [options]')
    .configureHelp({
      visibleArguments: () => [],
      commandDescription: (one) =>
        one === program
          ? courses()
              .map(({ description }) => description)
              .join('\n')
          : one.description(),
    })
    .enablePositionalOptions()
    .exitOverride()
    .configureOutput({ writeErr: () => {}, writeOut: write })
    .helpCommand(false)
    .option('--plain', 'words only: no colours, no drawing, for a screen reader')
    .addOption(offline())
    .addOption(isolation())
    .addOption(url())
    .option('--dir <path>', 'the files of this folder, only read, in place of the workspace')
    .addOption(editCommand())
    .addOption(edit())
    .addOption(noEdit())
    .addOption(anotherCourse())
    .addHelpText('after', () => helpFoot(courses()))
    .version(workbookVersion(), '--version', 'the version of the workbook')
    .argument('[command]')
    .allowExcessArguments()
    .action(act((session, [unknown]) => (unknown ? refuse(unknown) : start.menu(session))));

  const command = (usage: string, what: string) =>
    program
      .command(usage)
      .description(what)
      .allowExcessArguments(false)
      .option('--plain', 'words only: no colours, no drawing')
      .addOption(anotherCourse());
  const dir = () =>
    new Option('--dir <path>', 'the files of this folder, only read, in place of the workspace');

  command('list', 'the lessons, with your progress')
    .addOption(dir())
    .action(act(async (session) => (await import('./list')).list(session)));
  command('show <lesson>', 'the text of a lesson').action(
    act(async (session, [word = '']) => (await import('./show')).show(session, word)),
  );
  command('run <lesson...>', 'run your version, its output as it comes')
    .option('--solution', 'run the worked version')
    .option('--timeline', 'then show what was sent, got and printed, by its time')
    .option('--keys', 'then show the keys that it left in Redis')
    .addOption(dir())
    .addOption(offline())
    .addOption(isolation())
    .addOption(url())
    .action(act(async (session, words) => (await import('./run/run')).run(session, words)));
  command('check [lesson...]', 'grade your version of all lessons, or of those named')
    .option('--solution', 'grade the worked versions')
    .addOption(dir())
    .addOption(offline())
    .addOption(isolation())
    .addOption(url())
    .option('--json', 'print one JSON object and nothing else')
    .addOption(problems().conflicts(['timeline', 'keys']))
    .option('--junit [file]', 'write JUnit XML for a CI: into a file, or alone to the output')
    .option('--codequality [file]', 'the same for GitLab’s Code Quality')
    .option('--gradescope [file]', 'the same for Gradescope: results.json')
    .option('--prairielearn [file]', 'the same for PrairieLearn: results.json')
    .option('--timeline', 'show what was sent, got and printed, by its time')
    .option('--keys', 'show the keys that were left in Redis')
    .action(act(async (session, words) => (await import('./check')).check(session, words)));
  command('report [lesson...]', 'grade them, and write an HTML page to keep or hand in')
    .option('--out <file>', 'where to write it; workbook-report.html beside your files otherwise')
    .option('--solution', 'report on the worked versions')
    .addOption(dir())
    .addOption(offline())
    .addOption(isolation())
    .addOption(url())
    .action(act(async (session, words) => (await import('./report')).report(session, words)));
  command('watch [lesson]', 'grade again at each save')
    .addOption(problems())
    .addOption(editCommand())
    .addOption(edit())
    .addOption(noEdit())
    .addOption(dir())
    .addOption(offline())
    .addOption(isolation())
    .addOption(url())
    .action(act((session, [word]) => start.watch(session, word)));
  command('lsp', 'a language server for your editor: findings at their lines, hints as actions')
    .option('--stdio', 'over standard input and output, which is the only way it has')
    .addOption(dir())
    .addOption(offline())
    .addOption(isolation())
    .addOption(url())
    .action(act(async (session) => (await import('./lsp/lsp')).lsp(session)));
  command('open', 'the workbook as a page in your browser')
    .addOption(port())
    .option('--no-browser', 'only print the address')
    .option('--class <folder>', 'show this class’s results too; those in class-results otherwise')
    .addOption(dir())
    .addOption(offline())
    .addOption(isolation())
    .addOption(url())
    .action(act((session) => start.open(session)));
  command('hint <lesson>', 'the next hint').action(
    act(async (session, [word = '']) => (await import('./hint')).hint(session, word)),
  );
  command('solution <lesson>', 'the worked version')
    .option('--beside', 'beside yours, with what differs marked')
    .option('--further', 'what goes further than the task asks, and why')
    .action(
      act(async (session, [word = '']) => (await import('./solution')).solution(session, word)),
    );
  command('edit <lesson>', 'your file in your editor ($VISUAL, $EDITOR)').action(
    act(async (session, [word = '']) => (await import('./edit')).edit(session, word)),
  );
  command('editor [name]', 'findings in your own editor: vscode, neovim, helix, emacs, sublime')
    .addOption(offline())
    .addOption(isolation())
    .addOption(url())
    .action(
      act(async (session, [name]) => (await import('./editor/editor')).editor(session, name)),
    );
  command('reset <lesson>', 'the starter again; what you had is kept').action(
    act(async (session, [word = '']) => (await import('./reset')).reset(session, word)),
  );
  command('load <lesson...>', 'send 500 requests at once to your server')
    .addOption(new Option('--solution', 'the worked version').conflicts('further'))
    .option('--further', 'the version that goes further than the task asks')
    .addOption(dir())
    .addOption(offline())
    .addOption(isolation())
    .addOption(url())
    .action(act(async (session, words) => (await import('./load')).load(session, words)));
  command('redis [lesson]', 'a prompt at a Redis of your own, or at that of a lesson’s run')
    .addOption(offline())
    .addOption(url())
    .action(
      act(async (session, [word]) =>
        (await import('./redis/playground')).playground(session, word),
      ),
    );
  const authors = program
    .command('course')
    .description('for authors: "course new <path>" lays one out, "course check [path]" tests it')
    .helpCommand(false)
    .allowExcessArguments()
    .action(() => {
      throw new UsageError(
        'The commands of "course" are new and check.',
        'Write "course new PATH" or "course check PATH".',
      );
    });
  authors
    .command('new <path>')
    .description('lay out a course of one working lesson, to begin from')
    .allowExcessArguments(false)
    .option('--plain', 'words only: no colours, no drawing')
    .action(
      act(async (session, [folder = '']) =>
        (await import('./course/new')).makeCourse(session, folder),
      ),
    );
  authors
    .command('check [path]')
    .description(
      'test a course as its author: starters fail, worked versions pass, each case gets its verdict',
    )
    .allowExcessArguments(false)
    .option('--plain', 'words only: no colours, no drawing')
    .addOption(offline())
    .action(
      act(async (session, [folder]) =>
        (await import('./course/check')).checkCourse(session, folder),
      ),
    );
  addClassCommands(program, { act, isolation, anotherCourse });
  command('doctor', 'what this machine lacks for the workbook, and how to mend it')
    .option('--json', 'print one JSON object and nothing else')
    .action(act(async (session) => (await import('./doctor/doctor')).doctor(session)));
  return program;
}

function anotherCourse(): Option {
  return new Option(
    '--course <name>',
    'a course by its name, or the folder of one that lies elsewhere',
  );
}

function offline(): Option {
  return new Option('--offline', 'use the embedded Redis').conflicts('redis');
}

function isolation(): Option {
  return new Option(
    '--isolation <level>',
    'what is to hold programs that are graded; the highest that this machine has, without it',
  ).choices(isolations);
}

function problems(): Option {
  return new Option(
    '--problems',
    'print findings as file:line:column: error: message, for an editor, and nothing else',
  );
}

function editCommand(): Option {
  return new Option(
    '--edit-cmd <command>',
    'open a lesson’s file by this: the file last, or where {file} stands, {line} its line',
  ).argParser((given) => {
    const words = shellWords(given);
    if (words && words.length > 0) return words;
    throw new UsageError(
      `"${given}" is no command.`,
      'Write it like "my-editor {file}", with quotation marks in pairs.',
    );
  });
}

function noEdit(): Option {
  return new Option('--no-edit', 'do not open a lesson’s file in VS Code’s terminal or in Zellij');
}

/** Beside it "--no-edit" has no value of its own where it is not given, which would hide another's. */
function edit(): Option {
  return new Option('--edit', 'as it is without "--no-edit"').hideHelp();
}

function port(): Option {
  return new Option(
    '--port <number>',
    'the port of the page; one that is free, without it',
  ).argParser((given) => {
    const number = Number(given);
    if (/^\d+$/.test(given) && number > 0 && number < 65_536) return number;
    throw new UsageError(`"${given}" is not the number of a port.`, 'Name one from 1 to 65535.');
  });
}

function url(): Option {
  return new Option('--redis <url>', 'use an empty database of your own Redis').argParser(
    (given) => {
      if (/^(redis|rediss|unix):\/\/./.test(given)) return given;
      throw new UsageError(
        `"${given}" is not the URL of a Redis.`,
        'Write it like redis://127.0.0.1:6379.',
      );
    },
  );
}

/** @throws UsageError always: there is no such command */
function refuse(unknown: string): never {
  const near = nearest(unknown, commandNames);
  throw new UsageError(
    `There is no command "${unknown}".`,
    near.length > 0
      ? `Nearest: ${near.join(', ')}.`
      : `The commands are ${commandNames.join(', ')}; --help tells more.`,
  );
}

const commandNames = [
  'list',
  'show',
  'run',
  'check',
  'report',
  'watch',
  'lsp',
  'open',
  'hint',
  'solution',
  'edit',
  'editor',
  'reset',
  'load',
  'redis',
  'course',
  'class',
  'doctor',
];

/** The vocabularies of all courses that can be opened: a run may show jobs of any. */
function vocabulariesOf({ shelf }: Session): string[] {
  return [...new Set(shelf.courses.flatMap(({ vocabularies }) => vocabularies))];
}

function helpFoot([course, ...others]: readonly Course[]): string {
  if (!course) return '';
  const first = course.lessons[0]?.number ?? 0;
  const last = course.lessons.at(-1)?.number ?? 0;
  const more = others.map(
    ({ id, title, lessons }) =>
      `\nThose of “${title}” are named ${id}/${lessons[0]?.number} to ${id}/${lessons.at(-1)?.number}.`,
  );
  // Where two programs run side by side there is most to see.
  const pair = course.lessons.find(({ run = [] }) => run.length > 1)?.number ?? last;
  return `
A lesson is named by its number (${first} to ${last}), its folder, or one of its files.${more.join('')}
Without a command there is a menu, or without a terminal the list.

Each run has a Redis to itself. "redis ${pair}" opens the one of lesson ${pair}: while it
runs, from another terminal; afterwards, what the run left there. "redis" alone
begins with your ${snapshotName(course) ?? 'snapshot'}, and SAVE writes it.

"check ${pair}" and "run ${pair}" take --timeline (what was sent, got and printed, by its
time) and --keys (what was left in Redis, kue's jobs as jobs).

Exit codes: 0 all passed, 1 something failed or is missing, 2 wrong usage, 3 this
machine: no Redis, no room, no loopback for "run". "doctor" looks at what the workbook needs.`;
}

/** Commander's word for a mistake, as a sentence and a next step. */
function misunderstood(error: CommanderError): UsageError {
  const [first = '', ...rest] = error.message.replace(/^error: /, '').split('\n');
  const near = /Did you mean (?:one of )?(.*)\?/.exec(rest.join(' '))?.[1];
  const sentence = `${first.charAt(0).toUpperCase()}${first.slice(1)}`.replace(/'/g, '"');
  return new UsageError(
    /[.?!]$/.test(sentence) ? sentence : `${sentence}.`,
    near ? `Nearest: ${near}.` : 'See them all with --help.',
  );
}

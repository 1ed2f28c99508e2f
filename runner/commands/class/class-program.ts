import { type Command, Option } from 'commander';
import { gradesKinds } from '../../class/results/grades-csv';
import { readDate, readMinutes } from '../../class/roster/date';
import { UsageError } from '../../course/usage-error';
import type { ExitCode, Session } from '../session';

/** What the command line lends to those who add commands to it. */
export interface CommandParts {
  act: (
    action: (session: Session, words: string[]) => Promise<ExitCode>,
  ) => (...given: unknown[]) => Promise<void>;
  isolation: () => Option;
  anotherCourse: () => Option;
}

/** Adds the commands that begin with "class". */
export function addClassCommands(program: Command, parts: CommandParts): void {
  const { act, isolation, anotherCourse } = parts;
  const ofClass = program
    .command('class')
    .description('for teachers: "class grade <folder>" grades all folders in it, on a queue')
    .helpCommand(false)
    .allowExcessArguments()
    .action(() => {
      throw new UsageError(
        'The commands of "class" are grade, watch, work and results.',
        'Write "class grade FOLDER", with a folder for each learner in it.',
      );
    });
  const command = (usage: string, what: string) =>
    ofClass
      .command(usage)
      .description(what)
      .allowExcessArguments(false)
      .option('--plain', 'words only: no colours, no drawing');
  const ofFolders = (usage: string, what: string) =>
    command(usage, what)
      .option(
        '--roster <file>',
        'a CSV file of learners: name,folder,due,extension,id,email,section',
      )
      .addOption(due())
      .addOption(grace())
      .addOption(late())
      .addOption(kept())
      .addOption(workers())
      .addOption(queueUrl())
      .addOption(board())
      .addOption(log())
      .addOption(offline())
      .addOption(isolation())
      .addOption(anotherCourse());
  ofFolders(
    'grade [folder...]',
    'grade what each learner handed in: a folder or a zip below those named',
  ).action(
    act(async (session, folders) => (await import('./grade')).gradeFolders(session, folders)),
  );
  ofFolders('watch [folder...]', 'the same, and again what changes, until Ctrl-C').action(
    act(async (session, folders) => (await import('./watch')).watchFolders(session, folders)),
  );
  command('work', 'grade what is on the queue of a Redis, until Ctrl-C')
    .addOption(queueUrl().makeOptionMandatory())
    .addOption(workers())
    .addOption(board())
    .addOption(log())
    .addOption(offline())
    .addOption(isolation())
    .addOption(anotherCourse())
    .action(act(async (session) => (await import('./work')).work(session)));
  command('results [folder]', 'the table of a class that was graded, from its results folder')
    .addOption(
      new Option('--json', 'print a JSON object a learner').conflicts(['csv', 'html', 'junit']),
    )
    .addOption(csv())
    .option('--junit [file]', 'write JUnit XML for a CI: into a file, or alone to the output')
    .option('--html', 'write class.html there: the table as a page, with each learner’s report')
    .addOption(similar())
    .action(
      act(async (session, [folder]) => (await import('./results')).showResults(session, folder)),
    );
}

/** Of the programs' Redis alone: the queue may be on another all the same. */
function offline(): Option {
  return new Option('--offline', 'give programs the embedded Redis');
}

function similar(): Option {
  const what = 'who has the same code, the most first; with --html as pages, side by side';
  return new Option('--similar', what).conflicts(['csv', 'json']);
}

function csv(): Option {
  const what = 'write the points there as CSV: for canvas or moodle, or long for a spreadsheet';
  return new Option('--csv <kind>', what).choices([...gradesKinds]);
}

function kept(): Option {
  return new Option('--out <folder>', 'where results are kept; class-results otherwise');
}

function due(): Option {
  const option = new Option('--due <date>', 'by when to hand in, such as "2026-11-30 18:00"');
  return option.argParser((given) => {
    const date = readDate(given);
    if (date) return date;
    throw new UsageError(`"${given}" is not a date.`, 'Write it like --due "2026-11-30 18:00".');
  });
}

function grace(): Option {
  const option = new Option('--grace <time>', 'for how long after that nothing is lost: "30 min"');
  return option.argParser((given) => {
    const minutes = readMinutes(given);
    if (minutes !== undefined) return minutes;
    throw new UsageError(`"${given}" is not a time.`, 'Write it like --grace "30 min" or "2 h".');
  });
}

function late(): Option {
  const option = new Option('--late <percent>', 'what each day too late takes off the points');
  return option.argParser((given) => {
    const percent = /^\d+(\.\d+)?\s*%?$/.test(given) ? Number.parseFloat(given) : Number.NaN;
    if (percent <= 100) return percent;
    throw new UsageError(`"${given}" is not a percentage.`, 'Write it like --late 10.');
  });
}

/**
 * As the option of the other commands, but for the queue: programs have a Redis of their own. The environment may
 * have it: everybody on a machine can read a command line, and its password.
 */
function queueUrl(): Option {
  const option = new Option('--redis <url>', 'put the queue on this Redis, for workers elsewhere');
  return option.env('WORKBOOK_QUEUE').argParser((given) => {
    if (/^rediss?:\/\/./.test(given)) return given;
    throw new UsageError(
      `"${given}" is not the URL of a Redis.`,
      'Write it like redis://127.0.0.1:6379.',
    );
  });
}

function workers(): Option {
  const option = new Option(
    '--workers <number>',
    'how many folders are graded at once here; as many as there are cores otherwise',
  );
  return option.argParser((given) => {
    if (/^\d{1,3}$/.test(given)) return Number(given);
    throw new UsageError(`"${given}" is not a number of workers.`, 'Write it like --workers 4.');
  });
}

function board(): Option {
  const what = 'show the queue and its figures on this port, to this machine alone; 0 for any port';
  return new Option('--board <port>', what).argParser((given) => {
    if (/^\d{1,5}$/.test(given) && Number(given) <= 65_535) return Number(given);
    throw new UsageError(`"${given}" is not a port.`, 'Write it like --board 9100.');
  });
}

function log(): Option {
  const what = 'write what workers do to standard error, a line each; the form is json';
  return new Option('--log <form>', what).choices(['json']);
}

import type { Graded } from '../course/grading';
import { hasSnapshot } from '../course/lesson';
import type { KeyHint } from '../report/terminal/keys';
import { type NextSteps, verdictLine, verdictReport } from '../report/terminal/verdict-report';
import { gradedEvidenceText } from './evidence-text';
import { githubJob, tellGithub, unobeyedByGithub } from './github-job';
import { chosen, exitCodeOf, gradeLessons, summary } from './grade-lessons';
import { wantedForms } from './result-forms';
import type { ExitCode, Session } from './session';

/**
 * `check [N…]`: grades the lessons named and shows their verdicts in full, or all of them, in a
 * line or two each.
 * @param nextSteps what to offer below a verdict; commands to type without it
 */
export async function check(
  session: Session,
  words: readonly string[],
  nextSteps: (graded: Graded) => NextSteps = (graded) => typedSteps(session, graded),
): Promise<ExitCode> {
  const lessons = chosen(session, words);
  const forms = wantedForms(session);
  // The folder is opened first: a wrong one is reported before a Redis is looked for.
  for (const lesson of lessons) void session.of(lesson).workspace;
  const silent = forms.isAlone;
  const show = (graded: Graded) => {
    const { screen } = session;
    const verdict =
      words.length > 0
        ? verdictReport(graded, screen, nextSteps(graded))
        : verdictLine(graded, screen);
    return verdict + lookBack(session, graded);
  };
  const redis = await session.redis();
  const github = githubJob(session.env);
  const grade = async () => {
    const graded = await gradeLessons(session, lessons, silent ? undefined : show);
    if (!silent && graded.length > 1) session.say(`\n${summary(session, graded)}`);
    return graded;
  };
  const all = await (github && !silent ? unobeyedByGithub(session, grade) : grade());
  if (github) await tellGithub(session, github, all, silent);
  await forms.handOn(redis, all);
  return exitCodeOf(all);
}

/** What --timeline and --keys ask for; nothing without them. */
function lookBack({ options, screen }: Session, graded: Graded): string {
  const { timeline, keys } = options;
  return timeline || keys ? gradedEvidenceText(graded, { timeline, keys }, screen) : '';
}

/** Commands to type after a verdict. */
export function typedSteps(session: Session, graded: Graded): NextSteps {
  const { lesson } = graded;
  const wholeOutput = hasSnapshot(lesson)
    ? ''
    : session.command(`run ${session.addressOf(lesson)}`);
  return { wholeOutput, keys: typedCommands(session, graded) };
}

function typedCommands(session: Session, { lesson, verdict }: Graded): KeyHint[] {
  if (session.options.solution || session.workspace.readOnly) return [];
  const name = session.addressOf(lesson);
  const next = session.of(lesson).lessons.find(({ number }) => number > lesson.number);
  if (verdict.verdict === 'passed') {
    return [
      { key: session.command(`solution ${name}`), does: 'the worked version' },
      ...(next
        ? [{ key: session.command(`show ${session.addressOf(next)}`), does: `next: ${next.title}` }]
        : []),
    ];
  }
  return [
    { key: session.command(`hint ${name}`), does: 'a hint' },
    { key: session.command(`check ${name}`), does: 'check again' },
  ];
}

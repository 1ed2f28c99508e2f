import * as v from 'valibot';
import {
  type CodeAction,
  type CodeActionContext,
  CodeActionKind,
  type Command,
  type ExecuteCommandParams,
} from 'vscode-languageserver-protocol/node';
import type { Lesson } from '../../course/lesson';
import { nextHint } from '../../course/progress/hints';
import { UsageError } from '../../course/usage-error';
import { giveHint } from '../hint';
import type { Session } from '../session';
import { hasPassed } from '../solution';
import type { Client } from './client';
import { diagnosticSource } from './diagnostic';
import type { OpenDocument, OpenDocuments } from './open-documents';
import { ShownTexts } from './shown-texts';

/** What an editor may have the server do; each takes the URI of a lesson's file that is open. */
export const commandNames = [
  'workbook.hint',
  'workbook.check',
  'workbook.text',
  'workbook.worked',
] as const;

type CommandName = (typeof commandNames)[number];

const commandSchema = v.object({
  command: v.picklist(commandNames),
  arguments: v.looseTuple([v.string()]),
});

/** What can be done from within a lesson's file. */
export class LessonActions {
  readonly #session: Session;
  readonly #check: (lesson: Lesson) => void;
  readonly #texts = new ShownTexts();

  /** @param check checks a lesson now */
  constructor(session: Session, check: (lesson: Lesson) => void) {
    this.#session = session;
    this.#check = check;
  }

  /** What is offered now, the likeliest first. */
  offered(
    { uri, lesson }: OpenDocument,
    { only, diagnostics }: CodeActionContext,
    client: Client,
  ): (CodeAction | Command)[] {
    if (only && !only.some((kind) => kind === '' || kind === CodeActionKind.QuickFix)) return [];
    const own = diagnostics.filter(({ source }) => source === diagnosticSource);
    const isLiteral = client.capabilities.textDocument?.codeAction?.codeActionLiteralSupport;
    return this.#titles(lesson).map(([name, title]) => {
      const command = { title, command: name, arguments: [uri] };
      if (!isLiteral) return command;
      return { title, command, kind: CodeActionKind.QuickFix, diagnostics: own };
    });
  }

  /**
   * Does one of them.
   * @throws UsageError where it is none of them, or cannot be done now
   */
  async run(params: ExecuteCommandParams, open: OpenDocuments, client: Client): Promise<void> {
    const { success, output } = v.safeParse(commandSchema, params);
    const document = success ? open.get(output.arguments[0]) : undefined;
    if (!success || !document) {
      throw new UsageError(
        `"${params.command}" cannot be done here.`,
        `There are ${commandNames.join(', ')}, each with the URI of a lesson’s file that is open.`,
      );
    }
    const { lesson } = document;
    const session = this.#session.of(lesson);
    switch (output.command) {
      case 'workbook.hint':
        client.say(hintMessage(session, lesson));
        return;
      case 'workbook.check':
        this.#check(lesson);
        return;
      case 'workbook.text':
        await showAll(client, [this.#texts.lesson(lesson)]);
        return;
      case 'workbook.worked':
        if (!hasPassed(session, lesson)) {
          throw new UsageError(
            `You have not passed lesson ${session.addressOf(lesson)} yet.`,
            `To see its worked version all the same, type ${session.command(`solution ${session.addressOf(lesson)}`)} in a terminal.`,
          );
        }
        await showAll(client, this.#texts.worked(session, lesson));
        return;
    }
  }

  close(): void {
    this.#texts.remove();
  }

  #titles(lesson: Lesson): [CommandName, string][] {
    const session = this.#session.of(lesson);
    const { workspace } = session;
    const given = workspace.readOnly
      ? undefined
      : nextHint(lesson, workspace.folder, session.course.id);
    return [
      ...(given
        ? [['workbook.hint', `Show a hint (${given.place} of ${given.of})`] satisfies Offer]
        : []),
      ...(hasPassed(session, lesson)
        ? [['workbook.worked', 'Show the worked version'] satisfies Offer]
        : []),
      ['workbook.text', 'Open the task’s text'],
      ['workbook.check', 'Check it again'],
    ];
  }
}

type Offer = [CommandName, string];

/** The next hint, counted as given: see `hint`. */
function hintMessage(session: Session, lesson: Lesson): string {
  const given = giveHint(session, lesson);
  if (!given) return `Lesson ${session.addressOf(lesson)} has no hints.`;
  const { hint, place, of } = given;
  return `Hint ${place} of ${of}: ${hint.text.trim()}`;
}

async function showAll(client: Client, files: readonly string[]): Promise<void> {
  for (const file of files) {
    if (!(await client.show(file))) client.say(`It is here, to be opened: ${file}`);
  }
}

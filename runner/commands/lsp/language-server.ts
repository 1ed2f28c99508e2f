import path from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  CodeActionKind,
  CodeActionRequest,
  type Diagnostic,
  DidCloseTextDocumentNotification,
  DidOpenTextDocumentNotification,
  DidSaveTextDocumentNotification,
  ErrorCodes,
  ExecuteCommandRequest,
  type InitializeParams,
  type InitializeResult,
  MessageType,
  type ProtocolConnection,
  ResponseError,
  ShutdownRequest,
  TextDocumentSyncKind,
} from 'vscode-languageserver-protocol/node';
import { followSaves } from '../../course/folder/saves';
import type { Lesson } from '../../course/lesson';
import { workbookVersion } from '../../course/version';
import { GradingMonitor } from '../../grading/grading-monitor';
import { problemsOf } from '../../report/problems';
import { errorReport } from '../../report/terminal/error-report';
import { unicodeGlyphs } from '../../report/terminal/glyphs';
import { remember } from '../grade-lessons';
import { lessonWords } from '../progress-line';
import type { Session } from '../session';
import { type Checked, LatestCheck } from '../watch/latest-check';
import type { CheckProgress } from './check-progress';
import { Client } from './client';
import { diagnosticOf } from './diagnostic';
import { commandNames, LessonActions } from './lesson-actions';
import { lessonOfFile, stampOf } from './lesson-files';
import { OpenDocuments } from './open-documents';

/**
 * Checks the lessons whose files are open in an editor as `watch` does, at each save by whomever, and
 * shows findings at their lines. The file is what is graded: text that was not saved is not looked at,
 * so the editor is not asked for it.
 */
export class LanguageServer {
  readonly #session: Session;
  readonly #check: LatestCheck;
  readonly #documents: OpenDocuments;
  readonly #actions: LessonActions;
  #client: Client | undefined;
  #isShutDown = false;
  #following: Promise<unknown> | undefined;
  readonly #ends: (() => unknown)[] = [];
  /** The files of each lesson as they were when its last check began. */
  readonly #checked = new Map<Lesson, string>();
  /** The findings of each lesson's last check, by file. */
  readonly #findings = new Map<Lesson, Map<string, Diagnostic[]>>();
  readonly #published = new Map<Lesson, Set<string>>();
  #progress: CheckProgress | undefined;

  constructor(session: Session, connection: ProtocolConnection) {
    this.#session = session;
    this.#documents = new OpenDocuments(session);
    this.#check = new LatestCheck(
      session,
      (checked, lesson) => this.#ended(checked, lesson),
      (lesson) => this.#begun(lesson),
    );
    this.#actions = new LessonActions(session, (lesson) => this.#check.start(lesson));
    this.#connect(connection);
  }

  /** Whether the editor has asked for the end, as it is to do before it goes. */
  get isShutDown(): boolean {
    return this.#isShutDown;
  }

  /** Hears what the editor can do. @returns what the server can */
  initialize({ capabilities }: InitializeParams, connection: ProtocolConnection): InitializeResult {
    this.#client = new Client(connection, capabilities);
    return {
      serverInfo: { name: 'workbook', version: workbookVersion() },
      capabilities: {
        textDocumentSync: {
          openClose: true,
          change: TextDocumentSyncKind.None,
          save: { includeText: false },
        },
        codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix] },
        executeCommandProvider: { commands: [...commandNames] },
      },
    };
  }

  async close(): Promise<void> {
    this.#progress?.end('ended');
    this.#progress = undefined;
    await this.#check.close();
    this.#actions.close();
    await this.#following?.catch(() => {});
    await Promise.all(this.#ends.splice(0).map((end) => end()));
  }

  #connect(connection: ProtocolConnection): void {
    connection.onNotification(DidOpenTextDocumentNotification.type, ({ textDocument }) => {
      void this.#opened(textDocument.uri);
    });
    connection.onNotification(DidSaveTextDocumentNotification.type, ({ textDocument }) => {
      const document = this.#documents.get(textDocument.uri);
      if (document) void this.#saved(document.lesson);
    });
    connection.onNotification(DidCloseTextDocumentNotification.type, ({ textDocument }) => {
      const document = this.#documents.close(textDocument.uri);
      if (document && !this.#documents.isOpen(document.lesson)) this.#publish(document.lesson);
    });
    connection.onRequest(CodeActionRequest.type, (params) => {
      const client = this.#ready();
      const document = this.#documents.get(params.textDocument.uri);
      return document ? this.#actions.offered(document, params.context, client) : [];
    });
    connection.onRequest(ExecuteCommandRequest.type, async (params) => {
      const client = this.#ready();
      await this.#tried(client, () => this.#actions.run(params, this.#documents, client));
      return null;
    });
    connection.onRequest(ShutdownRequest.type, () => {
      this.#ready();
      this.#isShutDown = true;
      this.#check.cancel();
    });
  }

  /** @throws ResponseError before the beginning and after the end, as the protocol has it */
  #ready(): Client {
    if (this.#isShutDown) throw new ResponseError(ErrorCodes.InvalidRequest, 'It is shut down.');
    if (!this.#client) {
      throw new ResponseError(ErrorCodes.ServerNotInitialized, 'Send "initialize" first.');
    }
    return this.#client;
  }

  async #opened(uri: string): Promise<void> {
    const client = this.#client;
    if (!client || this.#isShutDown) return;
    await this.#tried(client, async () => {
      const document = this.#documents.open(uri);
      if (!document) return;
      const { lesson } = document;
      // A task is read first: that nothing is written yet, the learner knows.
      if (this.#session.of(lesson).status(lesson).state === 'not started') return;
      this.#publish(lesson);
      await this.#saved(lesson);
    });
  }

  /** Checks a lesson unless just these files were checked, or are being. */
  async #saved(lesson: Lesson): Promise<void> {
    const client = this.#client;
    if (!client || this.#isShutDown) return;
    await this.#tried(client, async () => {
      await this.#follow();
      if (this.#isShutDown || !this.#documents.isOpen(lesson)) return;
      if (this.#stamp(lesson) !== this.#checked.get(lesson)) this.#check.start(lesson);
    });
  }

  /** Begins, once, to hear of saves and to have things ready for checks. */
  #follow(): Promise<unknown> {
    this.#following ??= this.#begin().catch((error: unknown) => {
      // The next save tries again.
      this.#following = undefined;
      throw error;
    });
    return this.#following;
  }

  async #begin(): Promise<void> {
    this.#ends.push(await this.#session.warmUp());
    const { folder } = this.#session.workspace;
    const stop = followSaves(folder, (file) => {
      const lesson = lessonOfFile(this.#session, file);
      if (lesson && this.#documents.isOpen(lesson)) void this.#saved(lesson);
    });
    this.#ends.push(stop);
  }

  #stamp(lesson: Lesson): string {
    return stampOf(this.#session.of(lesson).status(lesson).files);
  }

  #begun(lesson: Lesson): GradingMonitor {
    const monitor = new GradingMonitor();
    this.#checked.set(lesson, this.#stamp(lesson));
    this.#progress?.end('saved again');
    const words = () => lessonWords(lesson, monitor.now, { room: 100, glyphs: unicodeGlyphs });
    const title = `Checking lesson ${this.#session.addressOf(lesson)}`;
    this.#progress = this.#client?.progress(title, words);
    return monitor;
  }

  #ended(checked: Checked, lesson: Lesson): void {
    const found = new Map<string, Diagnostic[]>();
    this.#findings.set(lesson, found);
    if ('graded' in checked) {
      const { graded } = checked;
      remember(this.#session, graded);
      this.#progress?.end([graded.verdict.verdict, ...graded.verdict.advice].join('. '));
      for (const problem of problemsOf(graded)) {
        const before = found.get(problem.file) ?? [];
        found.set(problem.file, [...before, diagnosticOf(problem)]);
      }
    } else {
      this.#checked.delete(lesson);
      this.#progress?.end('not graded');
      const { message, next } = errorReport(checked.error);
      this.#client?.say(`${message} ${next}`, MessageType.Error);
    }
    this.#progress = undefined;
    this.#publish(lesson);
  }

  /** Shows a lesson's findings while one of its files is open, and else takes them back. */
  #publish(lesson: Lesson): void {
    const open = this.#documents.of(lesson);
    const found = this.#findings.get(lesson);
    const all = new Map<string, Diagnostic[]>();
    if (found && open.length > 0) {
      for (const { uri } of open) all.set(uri, []);
      for (const [file, diagnostics] of found) all.set(this.#uriOf(lesson, file), diagnostics);
    }
    for (const uri of this.#published.get(lesson) ?? []) {
      if (!all.has(uri)) this.#client?.publish(uri, []);
    }
    for (const [uri, diagnostics] of all) this.#client?.publish(uri, diagnostics);
    this.#published.set(lesson, new Set(all.keys()));
  }

  #uriOf(lesson: Lesson, file: string): string {
    return this.#documents.uriOf(lesson, path.basename(file)) ?? pathToFileURL(file).href;
  }

  /** Does something; what keeps it from being done is told, as a sentence. */
  async #tried(client: Client, work: () => unknown): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (this.#session.signal.aborted) return;
      const { message, next } = errorReport(error);
      client.say(`${message} ${next}`, MessageType.Error);
    }
  }
}

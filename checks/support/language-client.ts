import { type ChildProcess, spawn } from 'node:child_process';
import { pathToFileURL } from 'node:url';
import {
  type ClientCapabilities,
  type CodeAction,
  CodeActionRequest,
  type Command,
  createProtocolConnection,
  type Diagnostic,
  DidCloseTextDocumentNotification,
  DidOpenTextDocumentNotification,
  DidSaveTextDocumentNotification,
  ExecuteCommandRequest,
  ExitNotification,
  InitializedNotification,
  InitializeRequest,
  type InitializeResult,
  type ProtocolConnection,
  PublishDiagnosticsNotification,
  ShowDocumentRequest,
  ShowMessageNotification,
  ShutdownRequest,
  StreamMessageReader,
  StreamMessageWriter,
  WorkDoneProgress,
  WorkDoneProgressCreateRequest,
} from 'vscode-languageserver-protocol/node';
import { course, start } from './command-line';

/** What the server told, in the order in which it came. */
export type Told =
  | { kind: 'diagnostics'; uri: string; diagnostics: Diagnostic[] }
  | { kind: 'message'; text: string }
  | { kind: 'progress'; step: string; text: string }
  | { kind: 'document'; uri: string };

export interface ClientOptions {
  /** More words for the command line. */
  words?: string[];
  env?: NodeJS.ProcessEnv;
  capabilities?: ClientCapabilities;
  /** The process that the server is to go with. */
  processId?: number;
}

/** What editors of today can do. */
export const ableClient: ClientCapabilities = {
  window: { workDoneProgress: true, showDocument: { support: true } },
  textDocument: {
    codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: ['', 'quickfix'] } } },
  },
};

/** An editor, as the language server sees it: `lsp` started as a child, spoken to in the protocol. */
export class LanguageClient {
  readonly child: ChildProcess;
  readonly connection: ProtocolConnection;
  readonly told: Told[] = [];
  readonly ended: Promise<number | NodeJS.Signals | null>;
  #read = 0;
  #wake: () => void = () => {};
  #errors = '';

  constructor(home: string, { words = [], env }: ClientOptions = {}) {
    const { PATH, HOME, TMPDIR } = process.env;
    const child = spawn(process.execPath, [start, 'lsp', '--stdio', '--offline', ...words], {
      env: { PATH, HOME, TMPDIR, WORKBOOK_HOME: home, WORKBOOK_LESSONS: course, ...env },
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    this.child = child;
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      this.#errors += text;
    });
    child.stdin.on('error', () => {});
    this.ended = new Promise((resolve) =>
      child.once('close', (code, signal) => resolve(signal ?? code)),
    );
    // Anything on standard output that is not of the protocol is an error of the reader.
    this.connection = createProtocolConnection(
      new StreamMessageReader(child.stdout),
      new StreamMessageWriter(child.stdin),
    );
    this.connection.onError(([error]) => this.#take({ kind: 'message', text: String(error) }));
    this.#hear();
    this.connection.listen();
  }

  /** What was written to standard error. */
  get errors(): string {
    return this.#errors;
  }

  async initialize({
    capabilities = ableClient,
    processId,
  }: ClientOptions = {}): Promise<InitializeResult> {
    const result = await this.connection.sendRequest(InitializeRequest.type, {
      processId: processId ?? process.pid,
      rootUri: null,
      capabilities,
    });
    await this.connection.sendNotification(InitializedNotification.type, {});
    return result;
  }

  open(file: string): Promise<void> {
    return this.connection.sendNotification(DidOpenTextDocumentNotification.type, {
      textDocument: { uri: uriOf(file), languageId: 'typescript', version: 1, text: '' },
    });
  }

  saved(file: string): Promise<void> {
    return this.connection.sendNotification(DidSaveTextDocumentNotification.type, {
      textDocument: { uri: uriOf(file) },
    });
  }

  close(file: string): Promise<void> {
    return this.connection.sendNotification(DidCloseTextDocumentNotification.type, {
      textDocument: { uri: uriOf(file) },
    });
  }

  async actions(file: string, only?: string[]): Promise<(CodeAction | Command)[]> {
    const at = { line: 0, character: 0 };
    const found = await this.connection.sendRequest(CodeActionRequest.type, {
      textDocument: { uri: uriOf(file) },
      range: { start: at, end: at },
      context: { diagnostics: [], ...(only ? { only } : {}) },
    });
    return found ?? [];
  }

  async run(command: string, file: string): Promise<void> {
    await this.connection.sendRequest(ExecuteCommandRequest.type, {
      command,
      arguments: [uriOf(file)],
    });
  }

  /**
   * Waits for the next thing told that is wanted; what came before it was heard, too.
   * @throws after a time, with what was told
   */
  async hears<Wanted extends Told>(wanted: (told: Told) => told is Wanted): Promise<Wanted> {
    const end = performance.now() + patience;
    for (;;) {
      for (; this.#read < this.told.length; ) {
        const told = this.told[this.#read++];
        if (told && wanted(told)) return told;
      }
      const left = end - performance.now();
      if (left <= 0) {
        throw new Error(
          `It was never told. There is: ${JSON.stringify(this.told)}\n${this.errors}`,
        );
      }
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, left);
        this.#wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  }

  /** The next diagnostics of a file. */
  async diagnostics(file: string): Promise<Diagnostic[]> {
    const isOfFile = (told: Told): told is Told & { kind: 'diagnostics' } =>
      told.kind === 'diagnostics' && told.uri === uriOf(file);
    return (await this.hears(isOfFile)).diagnostics;
  }

  async message(): Promise<string> {
    const isMessage = (told: Told): told is Told & { kind: 'message' } => told.kind === 'message';
    return (await this.hears(isMessage)).text;
  }

  /** Ends as the protocol has it. @returns the exit code */
  async end(): Promise<number | NodeJS.Signals | null> {
    await this.connection.sendRequest(ShutdownRequest.type);
    await this.connection.sendNotification(ExitNotification.type);
    return this.ended;
  }

  #hear(): void {
    const { connection } = this;
    connection.onNotification(PublishDiagnosticsNotification.type, ({ uri, diagnostics }) =>
      this.#take({ kind: 'diagnostics', uri, diagnostics }),
    );
    connection.onNotification(ShowMessageNotification.type, ({ message }) =>
      this.#take({ kind: 'message', text: message }),
    );
    connection.onRequest(ShowDocumentRequest.type, ({ uri }) => {
      this.#take({ kind: 'document', uri });
      return { success: true };
    });
    connection.onRequest(WorkDoneProgressCreateRequest.type, ({ token }) => {
      connection.onProgress(WorkDoneProgress.type, token, (value) => {
        const text = value.kind === 'begin' ? value.title : (value.message ?? '');
        this.#take({ kind: 'progress', step: value.kind, text });
      });
    });
  }

  #take(told: Told): void {
    this.told.push(told);
    this.#wake();
  }
}

/** How long something may take to be told, in milliseconds. */
const patience = 30_000;

function uriOf(file: string): string {
  return pathToFileURL(file).href;
}

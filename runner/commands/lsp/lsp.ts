import {
  createProtocolConnection,
  ExitNotification,
  InitializeRequest,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver-protocol/node';
import type { ExitCode, Session } from '../session';
import { LanguageServer } from './language-server';

/**
 * `lsp`: a server of the Language Server Protocol, over standard input and output, for any editor.
 * @returns 0 after the protocol's shutdown and exit; 1 where the editor went without them
 */
export async function lsp(session: Session): Promise<ExitCode> {
  // A folder of --dir that is none is reported before the protocol begins.
  if (session.options.dir !== undefined) void session.workspace;
  const { input, output } = session.streams;
  const connection = createProtocolConnection(
    new StreamMessageReader(input),
    new StreamMessageWriter(output),
  );
  const server = new LanguageServer(session, connection);
  let watching: NodeJS.Timeout | undefined;
  try {
    await new Promise<void>((resolve, reject) => {
      const { signal } = session;
      signal.addEventListener('abort', () => reject(signal.reason), { once: true });
      signal.throwIfAborted();
      connection.onNotification(ExitNotification.type, resolve);
      connection.onClose(() => resolve());
      // What was written could not be: whoever read it is gone.
      connection.onError(() => resolve());
      input.once('end', resolve);
      connection.onRequest(InitializeRequest.type, (params) => {
        const { processId } = params;
        // Some other process may hold the pipes of an editor that was killed.
        watching ??= setInterval(() => {
          if (processId !== null && !isRunning(processId)) resolve();
        }, lookEvery);
        return server.initialize(params, connection);
      });
      connection.listen();
    });
  } finally {
    clearInterval(watching);
    await server.close();
    connection.dispose();
  }
  return server.isShutDown ? 0 : 1;
}

/** How often it is looked whether the editor is still there, in milliseconds. */
const lookEvery = 1000;

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // It is another user's, and there.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

import { pathToFileURL } from 'node:url';
import {
  type ClientCapabilities,
  type Diagnostic,
  MessageType,
  type ProtocolConnection,
  PublishDiagnosticsNotification,
  ShowDocumentRequest,
  ShowMessageNotification,
} from 'vscode-languageserver-protocol/node';
import { CheckProgress } from './check-progress';

/** The editor at the other end. What it does not hear any more is not missed. */
export class Client {
  readonly #connection: ProtocolConnection;
  readonly capabilities: ClientCapabilities;

  constructor(connection: ProtocolConnection, capabilities: ClientCapabilities) {
    this.#connection = connection;
    this.capabilities = capabilities;
  }

  /** Sets what is shown at the lines of a file, in place of what was. */
  publish(uri: string, diagnostics: Diagnostic[]): void {
    this.#connection
      .sendNotification(PublishDiagnosticsNotification.type, { uri, diagnostics })
      .catch(() => {});
  }

  say(message: string, type: MessageType = MessageType.Info): void {
    this.#connection
      .sendNotification(ShowMessageNotification.type, { type, message })
      .catch(() => {});
  }

  /** Opens a file in the editor. @returns whether the editor can, and did */
  async show(file: string): Promise<boolean> {
    if (!this.capabilities.window?.showDocument?.support) return false;
    const uri = pathToFileURL(file).href;
    try {
      const shown = this.#connection.sendRequest(ShowDocumentRequest.type, {
        uri,
        takeFocus: true,
      });
      return (await shown).success;
    } catch {
      return false;
    }
  }

  /** Shows that something goes on, where the editor can. @param words what it does now */
  progress(title: string, words: () => string): CheckProgress | undefined {
    if (!this.capabilities.window?.workDoneProgress) return undefined;
    return new CheckProgress(this.#connection, title, words);
  }
}

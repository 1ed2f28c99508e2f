import {
  type ProtocolConnection,
  WorkDoneProgress,
  type WorkDoneProgressBegin,
  WorkDoneProgressCreateRequest,
  type WorkDoneProgressEnd,
  type WorkDoneProgressReport,
} from 'vscode-languageserver-protocol/node';

let count = 0;

/** What an editor shows of a check while it runs. */
export class CheckProgress {
  readonly #connection: ProtocolConnection;
  readonly #token = `workbook-check-${++count}`;
  readonly #words: () => string;
  #begun = false;
  #over = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(connection: ProtocolConnection, title: string, words: () => string) {
    this.#connection = connection;
    this.#words = words;
    // An editor that refuses it goes without.
    this.#begin(title).catch(() => {});
  }

  /** @param message how it went */
  end(message: string): void {
    this.#over = true;
    clearInterval(this.#timer);
    if (this.#begun) this.#send({ kind: 'end', message });
  }

  async #begin(title: string): Promise<void> {
    await this.#connection.sendRequest(WorkDoneProgressCreateRequest.type, { token: this.#token });
    if (this.#over) return;
    this.#begun = true;
    this.#send({ kind: 'begin', title });
    this.#timer = setInterval(
      () => this.#send({ kind: 'report', message: this.#words() }),
      sayEvery,
    );
  }

  #send(value: WorkDoneProgressBegin | WorkDoneProgressReport | WorkDoneProgressEnd): void {
    this.#connection
      .sendProgress(WorkDoneProgress.type, this.#token, value)
      .catch(() => clearInterval(this.#timer));
  }
}

/** In milliseconds. */
const sayEvery = 500;

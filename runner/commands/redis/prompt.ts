import { createInterface } from 'node:readline';
import type { RedisSource } from '../../redis/instance';
import { suspended } from '../suspension';
import { PromptSession } from './prompt-session';
import { completeCommand } from './prompt-words';

export interface PromptOptions {
  /** The RDB file to start from and to write on SAVE; none for one that runs already. */
  rdb: string | undefined;
  /** What to say first, in the place of what Redis this is. */
  greeting?: string;
  input: NodeJS.ReadableStream;
  output: NodeJS.WritableStream;
  /** One line after another, which the terminal itself edits: nothing is drawn. */
  plain?: boolean;
  /** Told of Ctrl-C where that is a signal. */
  interrupts?: AbortSignal;
  /** A text in the letters that the terminal has; any without it. */
  spell?: (text: string) => string;
}

/**
 * A Redis to play with, and a prompt to type commands at; replies look as in redis-cli. `exit`,
 * Ctrl-C and Ctrl-D leave; Ctrl-C first ends a command that waits (BLPOP, SUBSCRIBE, MONITOR).
 * Where either side is no terminal it reads lines and prints the replies alone.
 * @throws EnvironmentError where Redis does not start
 */
export async function redisPrompt(source: RedisSource, options: PromptOptions): Promise<void> {
  const { input, output, plain = false, interrupts, spell = (text) => text } = options;
  const terminal = isTerminal(input) && isTerminal(output);
  const session = await PromptSession.open(source, {
    rdb: source.kind === 'url' ? undefined : options.rdb,
    print: (text) => output.write(`${terminal ? spell(text) : text}\n`),
    terminal,
  });
  const lines = createInterface({
    input,
    output: terminal ? output : undefined,
    terminal: terminal && !plain,
    completer: completeCommand,
    removeHistoryDuplicates: true,
  });
  let leaving = false;
  const leave = () => {
    leaving = true;
    lines.close();
    session.interrupt();
  };
  const prompt = () => {
    lines.setPrompt(session.prompt);
    if (terminal && !leaving) lines.prompt();
  };
  // At a terminal Ctrl-C is a key; nobody is left to read what comes after Ctrl-D.
  const interrupt = () => (session.busy ? session.interrupt() : leave());
  lines.on('SIGINT', interrupt);
  interrupts?.addEventListener('abort', interrupt);
  lines.on('SIGTSTP', async () => {
    setRawMode(input, false);
    await suspended(output);
    setRawMode(input, true);
    if (!session.busy && !leaving) lines.prompt(true);
  });
  if (terminal) lines.once('close', leave);
  else process.once('SIGINT', leave);
  try {
    if (terminal) output.write(`${spell(options.greeting ?? session.greeting)}\n`);
    prompt();
    for await (const line of lines) {
      if (leaving || !(await session.execute(line))) break;
      prompt();
    }
  } finally {
    process.removeListener('SIGINT', leave);
    interrupts?.removeEventListener('abort', interrupt);
    lines.close();
    // The shell's own prompt starts on a line of its own.
    if (terminal) output.write('\n');
    await session.close();
  }
}

/** Node's readline would stop the workbook alone at Ctrl-Z, and npm would still wait for it. */
function setRawMode(input: NodeJS.ReadableStream, on: boolean): void {
  if ('setRawMode' in input && typeof input.setRawMode === 'function') input.setRawMode(on);
}

const isTerminal = (stream: object) => 'isTTY' in stream && stream.isTTY === true;

/** A command as GitHub's runner understood it. */
export interface RunnerCommand {
  name: string;
  properties: Record<string, string>;
  message: string;
}

/**
 * Reads what a step writes as GitHub's runner does: which commands it obeys, old forms too, and which
 * lines it only shows.
 * Source: ActionCommandManager.cs and ActionCommand.cs of github.com/actions/runner
 */
export function asGithubReads(output: string): { obeyed: RunnerCommand[]; shown: string[] } {
  const obeyed: RunnerCommand[] = [];
  const shown: string[] = [];
  let stopped: string | undefined;
  for (const line of output.split(/\r\n|\r|\n/)) {
    const command = newForm(line) ?? oldForm(line);
    if (command && stopped === undefined) {
      if (command.name === 'stop-commands') stopped = command.message;
      else obeyed.push(command);
    } else if (command && command.name === stopped) {
      stopped = undefined;
    } else {
      shown.push(line);
    }
  }
  return { obeyed, shown };
}

function newForm(line: string): RunnerCommand | undefined {
  const found = /^\s*::([^: ][^: ]*)(?: ((?:(?!::).)*))?::(.*)$/.exec(line);
  if (!found) return undefined;
  const [, name = '', given = '', message = ''] = found;
  return { name, properties: properties(given, ','), message: unescaped(message) };
}

function oldForm(line: string): RunnerCommand | undefined {
  const found = /##\[([^\] ]+)(?: ([^\]]*))?\](.*)$/.exec(line);
  if (!found) return undefined;
  const [, name = '', given = '', message = ''] = found;
  return { name, properties: properties(given, ';'), message: unescaped(message) };
}

function properties(given: string, separator: string): Record<string, string> {
  const pairs = given.split(separator).flatMap((one): [string, string][] => {
    const [key = '', ...rest] = one.trim().split('=');
    return key === '' ? [] : [[key, unescaped(rest.join('='))]];
  });
  return Object.fromEntries(pairs);
}

function unescaped(text: string): string {
  return text
    .replaceAll('%3A', ':')
    .replaceAll('%2C', ',')
    .replaceAll('%0D', '\r')
    .replaceAll('%0A', '\n')
    .replaceAll('%25', '%');
}

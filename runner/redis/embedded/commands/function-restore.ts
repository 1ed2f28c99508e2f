import { isWholeDump } from '../../rdb/dump';
import { readFunctions, writeFunctions } from '../../rdb/functions';
import { CommandError } from '../protocol/command-error';
import { bulk, OK } from '../protocol/reply';
import { type Command, command } from './command';
import { wrongSubcommand } from './wrong-subcommand';

/** Libraries of functions as bytes, and back. */
export const functionRestore: readonly Command[] = [
  command('function|dump', 2, 'noscript', (_session, _words, engine) => {
    const codes = engine.functions.libraries.map(({ code }) => Buffer.from(code, 'latin1'));
    return bulk(writeFunctions(codes).toString('latin1'));
  }),
  command(
    'function|restore',
    -3,
    'write noscript',
    (_session, [payload = '', policy = 'append', ...more]: string[], engine, typed) => {
      if (more.length > 0) throw wrongSubcommand('function', typed);
      const chosen = policyOf(policy.toLowerCase());
      engine.functions.restore(codesOf(Buffer.from(payload, 'latin1')), chosen);
      engine.dirty += 1;
      return OK;
    },
  ),
];

function policyOf(word: string): 'flush' | 'append' | 'replace' {
  if (word === 'flush' || word === 'append' || word === 'replace') return word;
  throw new CommandError(
    'ERR Wrong restore policy given, value should be either FLUSH, APPEND or REPLACE.',
  );
}

function codesOf(bytes: Buffer): string[] {
  if (!isWholeDump(bytes)) {
    throw new CommandError('ERR DUMP payload version or checksum are wrong');
  }
  const codes = readFunctions(bytes);
  if (!codes) throw new CommandError('ERR given type is not a function');
  return codes.map((code) => code.toString('latin1'));
}

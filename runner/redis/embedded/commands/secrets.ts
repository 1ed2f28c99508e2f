const REDACTED = '(redacted)';

/**
 * The words of a command as others may see them: the names of users and their passwords are
 * replaced.
 * @param name of its row
 */
export function withoutSecrets(name: string, args: readonly string[]): readonly string[] {
  const places = SECRETS[name]?.(args) ?? [];
  return places.length === 0
    ? args
    : args.map((word, at) => (places.includes(at) ? REDACTED : word));
}

/** The places of what is secret. */
const SECRETS: Readonly<Record<string, (args: readonly string[]) => readonly number[]>> = {
  // With more words it is refused before anything is hidden.
  auth: (args) => (args.length <= 3 ? [1, 2] : []),
  'acl|setuser': (args) => Array.from(args.keys()).slice(2),
  'config|set': (args) =>
    Array.from(args.keys()).filter(
      (at) => at > 2 && at % 2 === 1 && SECRET_SETTINGS.test(args[at - 1] ?? ''),
    ),
  // Whose keys follow has no passwords behind them.
  migrate: (args) => {
    const places: number[] = [];
    for (let at = 6; at < args.length; at += 1) {
      const option = args[at]?.toLowerCase();
      const secrets = option === 'auth' ? 1 : option === 'auth2' ? 2 : 0;
      if (option === 'keys' || at + secrets >= args.length) break;
      for (let secret = 1; secret <= secrets; secret += 1) places.push(at + secret);
      at += secrets;
    }
    return places;
  },
  hello: (args) => {
    const places: number[] = [];
    for (let at = 2; at < args.length; at += 1) {
      const option = args[at]?.toLowerCase();
      if (option === 'auth' && at + 2 < args.length) places.push(at + 1, at + 2);
      at += option === 'auth' ? 2 : 1;
    }
    return places;
  },
};

const SECRET_SETTINGS = /^(?:requirepass|masterauth|masteruser|tls-(?:client-)?key-file-pass)$/i;

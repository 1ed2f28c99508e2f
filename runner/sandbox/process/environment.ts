/** What Node and a program's texts depend on; nothing in it is secret. */
const harmless = ['LANG', 'LC_ALL', 'TZ', 'SystemRoot', 'PATHEXT'];

/**
 * The environment of a program: nothing of the user's own but what it needs.
 * @param home the folder that it is to take for the user's, and for temporary files; absolute
 * @param starts whether it may start other programs, and has to find them
 * @param own the runner's environment
 */
export function programEnvironment(
  home: string,
  starts: boolean,
  own: NodeJS.ProcessEnv = process.env,
  platform = process.platform,
): NodeJS.ProcessEnv {
  const kept = starts ? [...harmless, 'PATH'] : harmless;
  const homes = platform === 'win32' ? ['USERPROFILE', 'TEMP', 'TMP'] : ['HOME', 'TMPDIR'];
  return {
    ...Object.fromEntries(
      kept.flatMap((name) => (own[name] === undefined ? [] : [[name, own[name]]])),
    ),
    ...Object.fromEntries(homes.map((name) => [name, home])),
  };
}

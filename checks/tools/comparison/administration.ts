import type { Make, Words } from './words';

/** Settings that both servers serve, and what each begins a sequence with. */
const SETTINGS: Readonly<Record<string, string>> = {
  'acllog-max-len': '128',
  'hash-max-listpack-entries': '512',
  'hash-max-listpack-value': '64',
  'latency-monitor-threshold': '0',
  'latency-tracking-info-percentiles': '50 99 99.9',
  'list-max-listpack-size': '-2',
  'set-max-intset-entries': '512',
  'slowlog-max-len': '128',
  'tracking-table-max-keys': '1000000',
  'zset-max-listpack-entries': '128',
  'zset-max-listpack-value': '64',
};
const NAMES = Object.keys(SETTINGS);

/** Before a sequence, so that it finds none of the settings of another. */
export const settingsAnew: readonly string[] = [
  'CONFIG',
  'SET',
  ...Object.entries(SETTINGS).flat(),
];

const ALIASES = ['hash-max-ziplist-entries', 'list-max-ziplist-size', 'zset-max-ziplist-value'];
const PATTERNS = ['hash-max-l*', 'zset-*', '*intset*', 'slowlog-m*', 'none*', 'acllog-max-le?', ''];
const VALUES = '0 1 2 4 64 128 512 1kb 1mb -1 -2 -6 x 1.5'.split(' ').concat('');
/** A value that is there already keeps its encoding in Redis, and here is shown as the settings now are. */
const UNFIT = ['x', '1.5', ' 1', '9223372036854775808'];
const RULES = ['on', 'nopass', '+@all', 'allcommands', '~*', 'allkeys', '&*', 'allchannels', 'x'];
const CATEGORIES = ['read', 'WRITE', 'scripting', 'geo', 'hyperloglog', 'bitmap', '@read', 'x', ''];

const settingName = (w: Words) =>
  w.random.chance(8)
    ? w.random.pick([...ALIASES, 'x', 'databases'])
    : anyCase(w, w.random.pick(NAMES));

const setting = (w: Words) => {
  const name = settingName(w);
  if (/list|intset/i.test(name)) {
    return [name, w.random.pick([SETTINGS[name] ?? 'x', ...UNFIT])];
  }
  const odd = w.random.chance(10) ? ['50 99', '101', '-1 x', '1 2 3'] : VALUES;
  return [name, w.random.pick(odd)];
};

const config: Make[] = [
  (w) => ['CONFIG', 'GET', settingName(w)],
  (w) => ['CONFIG', 'GET', ...w.random.several(1, 3, () => settingName(w))],
  (w) => ['CONFIG', 'GET', w.random.pick(PATTERNS)],
  (w) => ['CONFIG', 'SET', ...setting(w)],
  (w) => ['CONFIG', 'SET', ...setting(w)],
  (w) => ['CONFIG', 'SET', ...w.random.several(1, 3, () => setting(w)).flat()],
  (w) => ['CONFIG', w.random.pick(['RESETSTAT', 'REWRITE', 'X', 'GET', 'SET'])],
];

const acl: Make[] = [
  (w) => ['ACL', 'CAT', ...w.maybe(80, w.random.pick(CATEGORIES))],
  (w) => ['ACL', w.random.pick(['WHOAMI', 'USERS', 'LIST', 'whoami', 'X', 'LOAD', 'SAVE'])],
  (w) => ['ACL', 'GETUSER', user(w)],
  (w) => ['ACL', 'DELUSER', ...w.random.several(1, 2, () => user(w))],
  (w) => ['ACL', 'SETUSER', 'default', ...w.random.several(0, 2, () => w.random.pick(RULES))],
  (w) => [
    'ACL',
    'GENPASS',
    ...w.maybe(70, w.random.pick(['1', '4', '5', '256', '0', '4097', 'x'])),
  ],
  (w) => ['ACL', 'LOG', w.random.pick(['RESET', '0', '5', '-1', 'x'])],
  (w) => ['ACL', 'DRYRUN', user(w), ...dryRun(w)],
  (w) => ['AUTH', ...w.maybe(60, user(w)), w.value()],
];

const client: Make[] = [
  (w) => ['CLIENT', 'SETNAME', w.random.pick(['a', '', 'b:1', 'a b', 'a\n', '\xff', w.value()])],
  () => ['CLIENT', 'GETNAME'],
  (w) => ['CLIENT', w.random.pick(['ID', 'INFO', 'GETREDIR', 'TRACKINGINFO', 'UNPAUSE', 'X'])],
  (w) => [
    'CLIENT',
    'LIST',
    ...w.random.pick([
      ['ID', '0'],
      ['ID', 'x'],
      ['TYPE', 'replica'],
      ['TYPE', 'x'],
      ['ID'],
      ['X', '1'],
    ]),
  ],
  (w) => ['CLIENT', 'KILL', ...killed(w)],
  (w) => ['CLIENT', 'NO-EVICT', w.random.pick(['ON', 'off', 'x'])],
  (w) => ['CLIENT', 'REPLY', w.random.pick(['ON', 'x'])],
  (w) => [
    'CLIENT',
    'UNBLOCK',
    w.random.pick(['0', '-1', '99999999', 'x']),
    ...w.maybe(40, w.random.pick(['TIMEOUT', 'error', 'x'])),
  ],
  (w) => [
    'CLIENT',
    'PAUSE',
    w.random.pick(['-1', 'x', '1.5']),
    ...w.maybe(40, w.random.pick(['WRITE', 'all', 'x'])),
  ],
  (w) => ['CLIENT', 'CACHING', w.random.pick(['YES', 'no', 'x'])],
  (w) => ['CLIENT', 'TRACKING', ...tracked(w)],
];

/** CONFIG, ACL and CLIENT, as far as they say the same whoever asks and when. */
export const administration: Make[] = [...config, ...config, ...acl, ...client];

function anyCase(w: Words, name: string): string {
  return w.random.chance(10) ? name.toUpperCase() : name;
}

function user(w: Words): string {
  return w.random.pick(['default', 'default', 'none', '', 'Default']);
}

function dryRun(w: Words): string[] {
  return w.random.pick([
    ['GET', w.key()],
    ['get'],
    ['CONFIG', 'GET', 'x'],
    ['CONFIG', 'X'],
    ['CLIENT'],
    ['FOO', 'x'],
    ['SET', w.key(), w.value()],
    ['MSET', w.key()],
  ]);
}

/** Filters that no client passes, or that are none. */
function killed(w: Words): string[] {
  return w.random.pick([
    ['127.0.0.1:1'],
    ['ADDR', '127.0.0.1:1'],
    ['LADDR', 'x'],
    ['ID', '99999999'],
    ['ID', '0'],
    ['ID', 'x'],
    ['TYPE', 'replica'],
    ['TYPE', 'x'],
    ['USER', 'none'],
    ['SKIPME', 'x'],
    ['TYPE', 'master', 'SKIPME', 'no'],
    ['X', '1'],
    ['ID'],
  ]);
}

/** What does not begin, for what comes by itself would be taken for a reply. */
function tracked(w: Words): string[] {
  return w.random.pick([
    ['OFF'],
    ['x'],
    ['ON', 'REDIRECT', '99999999'],
    ['ON', 'REDIRECT', 'x'],
    ['ON', 'OPTIN', 'OPTOUT'],
    ['ON', 'BCAST', 'OPTIN'],
    ['ON', 'PREFIX', 'a'],
    ['ON', 'BCAST', 'PREFIX', 'a', 'PREFIX', 'ab'],
    ['OFF', 'PREFIX', 'a'],
    ['ON', 'X'],
  ]);
}

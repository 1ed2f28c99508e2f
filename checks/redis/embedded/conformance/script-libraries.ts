import type { Scenario } from './scenario';

const evaluate = (script: string, rest = '0') => `EVAL "${script.replaceAll('"', '\\"')}" ${rest}`;

/** A script that gives what follows, or the text of its error. */
const show = (expression: string) => evaluate(`return {${expression}}`);

/** Values that come back as their bytes and, read again, as themselves. */
const packed = [
  '1, 127, 128, 255, 256, 65535, 65536, 4294967295, 4294967296, 2^53, 2^62',
  '-1, -32, -33, -128, -129, -32768, -32769, -2147483648, -2147483649, -2^53, -2^63',
  '1.5, 0.1, -0.1, 2^63, 2^64, 1e300, 1/0, -1/0, -0, 5e-324, 3.4028234663852886e38',
  '0/0',
  "'', 'a', ('x'):rep(31), ('x'):rep(32), ('x'):rep(255)",
  "('x'):rep(256), ('x'):rep(65535)",
  "('x'):rep(65536)",
  "'\\\\0\\\\255\\\\128', '\\\\r\\\\n'",
  'nil, true, false',
  'true, nil, 1',
  '{}, {1}, {1, 2, 3}, {{}, {{}}}',
  "{a = 1}, {[2] = 1}, {[1.5] = 2}, {[-1] = 3}, {[0] = 1}, {[true] = 'x'}, {[1] = nil}",
  '{[2^40] = 1}',
  'setmetatable({}, {__index = function() return 1 end})',
  'tostring, cjson.null, coroutine.create(function() end)',
];

const many = (size: number) => `local t = {} for i = 1, ${size} do t[i] = i end`;
const deep = (levels: number) => `local t = {} for i = 1, ${levels} do t = {t} end`;

/** Formats with values that suit them. */
const structs: [format: string, values: string][] = [
  ['bBhHlLiITfd', '-1, 255, -2, 65535, -3, 4, -5, 6, 7, 1.5, -0.1'],
  ['bhil', '1, 2, 3, 4'],
  ['bd bf', '1, 2, 3, 4'],
  ['I3i5I7', '1, 2, 3'],
  ['i10I10', '-2, 2'],
  ['bc3bs', "1, 'abc', 2, 'de'"],
  ['Bc0', "3, 'abc'"],
  ['l', '-2^63'],
  ['L', '2^63'],
  ['LLll', '2^64, 1/0, -2^70, 0/0'],
  ['bhi', '300, 70000, 2^33'],
  ['fd', '0/0, 1/0'],
];

export const scriptLibraries: readonly Scenario[] = [
  {
    name: 'script libraries: cmsgpack packs',
    steps: [
      ...packed.map((values) => evaluate(`return cmsgpack.pack(${values})`)),
      ...packed.slice(0, -2).map((values) => show(`cmsgpack.unpack(cmsgpack.pack(${values}))`)),
      ...[15, 16, 17, 65_535].map((size) => evaluate(`${many(size)} return cmsgpack.pack(t)`)),
      ...[15, 16, 17].map((levels) => evaluate(`${deep(levels)} return cmsgpack.pack(t)`)),
      evaluate('return cmsgpack.pack()'),
      evaluate('return cmsgpack.pack(ARGV[1])', '0 "\\x00\\xff\\x80"'),
      evaluate('return cmsgpack.unpack(ARGV[1])', '0 "\\xda\\x00\\x02\\xff\\x00"'),
      show('cmsgpack._NAME, cmsgpack._VERSION, cmsgpack._COPYRIGHT, cmsgpack._DESCRIPTION'),
    ],
  },
  {
    name: 'script libraries: cmsgpack unpacks',
    steps: [
      ...[
        '\\\\1\\\\2\\\\3',
        '',
        '\\\\193',
        '\\\\145',
        '\\\\129\\\\192\\\\1',
        '\\\\129\\\\203\\\\127\\\\248\\\\0\\\\0\\\\0\\\\0\\\\0\\\\0\\\\1',
        '\\\\212\\\\1\\\\1',
        '\\\\221\\\\255\\\\255\\\\255\\\\255\\\\1',
        '\\\\223\\\\255\\\\255\\\\255\\\\255\\\\1',
        '\\\\219\\\\255\\\\255\\\\255\\\\255',
        '\\\\196\\\\1a\\\\217\\\\2bc\\\\202\\\\63\\\\128\\\\0\\\\0',
        '\\\\197\\\\0\\\\1a\\\\198\\\\0\\\\0\\\\0\\\\1b\\\\218\\\\0\\\\1c\\\\219\\\\0\\\\0\\\\0\\\\1d',
        '\\\\208\\\\128\\\\209\\\\128\\\\0\\\\210\\\\128\\\\0\\\\0\\\\0',
        '\\\\207\\\\255\\\\255\\\\255\\\\255\\\\255\\\\255\\\\255\\\\255',
        '\\\\211\\\\128\\\\0\\\\0\\\\0\\\\0\\\\0\\\\0\\\\0',
        '\\\\203\\\\63',
        '\\\\145\\\\145\\\\145\\\\1',
        '\\\\146\\\\144\\\\128',
        '\\\\220\\\\0\\\\2\\\\1\\\\2\\\\222\\\\0\\\\1\\\\1\\\\2',
      ].flatMap((bytes) => [
        show(`cmsgpack.unpack('${bytes}')`),
        show(`cmsgpack.unpack_one('${bytes}')`),
        show(`cmsgpack.unpack_limit('${bytes}', 1)`),
        show(`cmsgpack.unpack_limit('${bytes}', 2, 1)`),
      ]),
      ...['0', '1', '3', '4', '-1', '-1.7', '1.7', 'nil', "'1'", "'x'", '{}'].flatMap((at) => [
        show(`cmsgpack.unpack_one('\\\\1\\\\2\\\\3', ${at})`),
        show(`cmsgpack.unpack_limit('\\\\1\\\\2\\\\3', ${at})`),
        show(`cmsgpack.unpack_limit('\\\\1\\\\2\\\\3', 1, ${at})`),
        show(`cmsgpack.unpack_limit('\\\\1\\\\2\\\\3', 0, ${at})`),
        show(`cmsgpack.unpack(${at})`),
      ]),
      show('cmsgpack.unpack()'),
      show('cmsgpack.unpack_one()'),
      show('cmsgpack.unpack_limit()'),
      show("cmsgpack.unpack_limit('')"),
      ...[3999, 4000].flatMap((levels) => [
        evaluate(`return type(cmsgpack.unpack(('\\\\145'):rep(${levels}) .. '\\\\1'))`),
        evaluate(`return type(cmsgpack.unpack(('\\\\129\\\\1'):rep(${levels}) .. '\\\\1'))`),
      ]),
      ...[7997, 7998].map((levels) =>
        evaluate(
          `return type(cmsgpack.unpack(('\\\\129'):rep(${levels}) .. ('\\\\1'):rep(${levels + 1})))`,
        ),
      ),
      evaluate("return select('#', cmsgpack.unpack(('\\\\1'):rep(7000)))"),
      evaluate("return select('#', cmsgpack.unpack(('\\\\1'):rep(8000)))"),
    ],
  },
  {
    name: 'script libraries: struct',
    steps: [
      ...structs.flatMap(([format, values]) => [
        evaluate(`return struct.pack('${format}', ${values})`),
        evaluate(`return struct.pack('>${format}', ${values})`),
        evaluate(`return struct.pack('!${format}', ${values})`),
        evaluate(`return struct.pack('x!4${format}<x', ${values})`),
        show(`struct.unpack('${format}', struct.pack('${format}', ${values}))`),
        show(`struct.unpack('>!x${format}', struct.pack('>!x${format}', ${values}))`),
        evaluate(`return struct.size('${format}')`),
        evaluate(`return struct.size('b!${format}')`),
      ]),
      ...['=i', 't', 'n', 'z', '%', '!3', '!0', 'i33', 'i99999999999', 'c99999999999', ''].flatMap(
        (format) => [
          evaluate(`return struct.pack('${format}', 1, 2)`),
          show(`struct.unpack('${format}', 'abcdefgh')`),
          evaluate(`return struct.size('${format}')`),
        ],
      ),
      ...['I9', '>I9', 'i9', '>i9', 'i16', 'i32', 'i0', 'I0', 'i3', '>i3', 'I7', 'i7'].map(
        (format) => show(`tostring(struct.unpack('${format}', ('\\1\\200'):rep(20)))`),
      ),
      show("struct.unpack('bc0', '\\2abc')"),
      show("struct.unpack('bc0', '\\9abc')"),
      show("struct.unpack('bc0', '\\255abc')"),
      show("struct.unpack('c0', 'abc')"),
      show("struct.unpack('sc0', '1\\0abc')"),
      show("struct.unpack('s', 'abc')"),
      show("struct.unpack('ss', 'abc\\0\\0')"),
      show("struct.unpack('i', 'abc')"),
      ...['0', '1', '4', '5', '9', '-1', '1.9', '2^40', 'nil', "'2'", '{}'].map((at) =>
        show(`struct.unpack('b', '\\2abc', ${at})`),
      ),
      show('struct.unpack()'),
      show("struct.unpack('')"),
      show("struct.unpack('z', {})"),
      show("struct.unpack({}, '')"),
      show("struct.unpack('c2147483647', 'a')"),
      show("struct.unpack(('b'):rep(9000), ('x'):rep(9000))"),
      evaluate("return struct.size('c2147483647c2147483647c2')"),
      evaluate('return struct.size()'),
      evaluate('return struct.size({})'),
      evaluate('return struct.pack()'),
      evaluate("return struct.pack('i')"),
      evaluate("return struct.pack('ii', 1)"),
      evaluate("return struct.pack('s')"),
      evaluate("return struct.pack('i', {})"),
      evaluate("return struct.pack('i', 'x')"),
      evaluate("return struct.pack('i', '0x10')"),
      evaluate("return struct.pack('s', 5)"),
      evaluate("return struct.pack('c4', 'abc')"),
      evaluate("return struct.pack('f', 1e300)"),
      evaluate("return struct.pack('c0', ARGV[1])", '0 "\\x00\\xff"'),
    ],
  },
];

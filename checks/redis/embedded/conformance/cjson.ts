import type { Scenario } from './scenario';

const evaluate = (script: string) =>
  `EVAL "${script.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}" 0`;

/** All that a function returns, or its error with the place. */
const returned = (call: string) =>
  evaluate(
    `local t = {${call}} for i = 1, 3 do t[i] = type(t[i]) .. ':' .. tostring(t[i]) end return t`,
  );

const encoded = (value: string) => evaluate(`return cjson.encode(${value})`);

/** JSON in Lua's quotes, decoded and shown. */
const decoded = (json: string) => evaluate(`return tostring(cjson.decode('${json}'))`);

const settings: Record<string, readonly string[]> = {
  encode_sparse_array: [
    ...['', 'true, 3, 7', '', '1', "'x'", 'true, -1', "true, 1.5, 'x'", '', 'true, 1, -1', ''],
    ...['true, 2, 10, 4', "nil, '9', nil", "'off', '0x10'", "'on', ' 5 '", '{}', 'nil, nil, {}'],
    ...['false, 2, 10', 'print', 'tostring', 'nil', 'nil, nil, nil, nil'],
  ],
  encode_max_depth: [
    ...['', '0', '-1', '2^31', '2^31 - 1', "'a'", '2, 3', '2.7', '', 'nil', '0/0', '1/0', '-1/0'],
    ...['2^32 + 5', '-2^40', "'12'", 'true', '{}', '1000'],
  ],
  decode_max_depth: ['', '0', "'a'", '5, 5', '7', '', '1000'],
  encode_number_precision: ['', '0', '1', '14', '15', '16', '17', "'3'", '14, 14', '14'],
  encode_keep_buffer: ['', "'off'", '', "'on'", "'null'", '1', 'true, true', 'false', 'true'],
  encode_invalid_numbers: [
    ...['', "'null'", '', 'true', '', "'x'", '1', "'off'", '{}', "'ON'", 'true, 2', 'false'],
  ],
  decode_invalid_numbers: ['', 'false', '', "'null'", "'on'", '1, 2', '1', 'true'],
};

/** Pieces of JSON, most of them faulty. */
const pieces: readonly string[] = [
  ...['', ' ', '[', '[1', '[1,', '[1,]', '[,1]', '{', '{"a"', '{"a":', '{"a":1', '{"a":1,'],
  ...['{"a":1,}', '{a:1}', '{1:1}', '{"a" 1}', '{"a":1 "b":2}', '[1 2]', '1 2', 'tru', 'true'],
  ...['truex', 'nul', 'null', 'falsE', 'false', '"abc', '"a\\\\x"', '"a\\\\u12"', '"\\\\ud83d"'],
  ...[
    '"\\\\u0041\\\\u00e9\\\\u20ac\\\\ud83d\\\\ude00"',
    '"\\\\ud83dx"',
    '"\\\\ude00"',
    '"\\\\u0000a"',
  ],
  ...[
    '"\\\\ud83d\\\\u0041"',
    '"\\\\uZZZZ"',
    '"\\\\b\\\\f\\\\n\\\\r\\\\t\\\\/\\\\\\\\\\\\""',
    '"a\\nb"',
  ],
  ...['"a\\0b"', '\\0001', '1\\0', ' \\0', '12\\0', '12\\0x', '[1\\0]', '"\\200\\255"', '"a\\\\'],
  ...['"a\\\\u', '{"a":tru}', '\\t\\n\\r "x"\\t', '\\v1', '\\2391', '[1}', '{"a":1]', '{]', '{,}'],
  ...['[:]', ':', '@', '[1,2,3', '[1]x', '1e5', '1.', '.5', '-.5', '-', '+', '+1', '01', '-01'],
  ...['+01', '00', '0', '-0', '0x1F', '-0x1F', '0X1', '0x1p4', '0x1.8p1', '0x.8', '0x', '-0x'],
  ...['0xg', '0x1p', '1e', '1e+', '1e+5', '1ex', '12abc', 'infinity', 'inf', 'INF', '-inf', 'i'],
  ...['infi', 'infinitx', '-infinitx', 'nanx', 'nan(', 'nan(abc_1)x', '1e999', '--1', '+-1', '-a'],
  ...['n', 'ns', 'In', 'N', '-i', '-n', '-e', '-Infinity', '+inf', '-abc', 'TRUE', '0e1', '0.5'],
];

export const cjson: readonly Scenario[] = [
  {
    name: 'cjson: settings',
    steps: [
      'SCRIPT FLUSH',
      ...Object.entries(settings).flatMap(([name, calls]) =>
        calls.map((args) => returned(`cjson.${name}(${args})`)),
      ),
      returned('pcall(cjson.encode_max_depth, 0)'),
      evaluate('cjson.encode_max_depth(7) return 1'),
      evaluate('return cjson.encode_max_depth()'),
      'FUNCTION LOAD REPLACE "#!lua name=j\nredis.register_function(\'j\', function(k, a) return cjson.encode_max_depth(tonumber(a[1])) end)"',
      'FCALL j 0 1000',
      'FCALL j 0 9',
      evaluate('return cjson.encode_max_depth()'),
      'SCRIPT FLUSH',
      evaluate('return cjson.encode_max_depth()'),
      'FCALL j 0',
      'FUNCTION FLUSH',
      'FUNCTION LOAD REPLACE "#!lua name=j\nredis.register_function(\'j\', function(k, a) return cjson.encode_max_depth(tonumber(a[1])) end)"',
      'FCALL j 0',
      'FUNCTION FLUSH SYNC',
    ],
  },
  {
    name: 'cjson: what it has',
    steps: [
      evaluate(
        "local t = {} for k, v in pairs(cjson) do t[#t + 1] = k .. ':' .. type(v) end table.sort(t) return t",
      ),
      evaluate(
        "local t = {} for k, v in pairs(cjson.new()) do t[#t + 1] = k .. ':' .. type(v) end table.sort(t) return t",
      ),
      evaluate('return {cjson._NAME, cjson._VERSION, tostring(cjson.null)}'),
      evaluate(
        'local a = cjson.new() a.encode_max_depth(1) return {cjson.encode_max_depth(), a.encode_max_depth()}',
      ),
      evaluate('local a = cjson.new(1, 2) a.x = 1 return a.x'),
      evaluate('return cjson.new().null == cjson.null'),
      evaluate('cjson.x = 1'),
      evaluate('return {type(cjson.null), cjson.null == nil, cjson.null == false, cjson.null}'),
      evaluate('local t = {[cjson.null] = 5} return t[cjson.null]'),
      evaluate('return cmsgpack.pack(cjson.null)'),
      evaluate("return redis.call('set', cjson.null, 1)"),
      evaluate('return cjson.encode()'),
      evaluate('return cjson.encode(1, 2)'),
      evaluate('return cjson.decode()'),
      evaluate("return cjson.decode('1', '2')"),
      evaluate('return cjson.decode(1)'),
      evaluate('return cjson.decode({})'),
      evaluate('return cjson.decode(nil)'),
      evaluate('return cjson.decode(true)'),
      returned('pcall(cjson.encode)'),
      returned('pcall(cjson.decode, {})'),
    ],
  },
  {
    name: 'cjson: encodes as it is set',
    steps: [
      'SCRIPT FLUSH',
      ...[
        ...[
          '{[1]=1,[3]=3,[25]=2}',
          '{[1]=1,[11]=3}',
          '{[1]=1,[2]=2,[5]=3,[6]=4,[11]=3}',
          '{[5]=1}',
        ],
        ...['{[10]=1}', '{[11]=1}', '{[1e15]=1}', '{[1e10]=1}', '{[2^31]=1}'],
        ...[
          '{[2^31-1]=1}',
          '{[1/0]=1}',
          '{[-1/0]=1}',
          '{[cjson.null]=1}',
          '{[{}]=1}',
          '{[true]=1}',
        ],
        ...['{[true]=function() end}', '{f=function() end}', '{function() end, {[100]=1}}', 'nil'],
        ...['cjson.null', '{x=cjson.null}', '-0', '0.1+0.2', '1e15', '2^53', '123456789012345678'],
        ...['coroutine.create(function() end)', "'\\1\\31\\127\\128\\b\\f\\n\\r\\t'", '{[0]=1}'],
        ...['{{{{{}}}}}', '{a={b={c={}}}}', '{[{}]=function() end}', '{[""]=1}', '{[2]={[2]={}}}'],
      ].map(encoded),
      ...[999, 1000, 1100, 5000].flatMap((levels) => [
        evaluate(`local t = {} for i = 1, ${levels} do t = {t} end return #cjson.encode(t)`),
        evaluate(`local t = {} for i = 1, ${levels} do t = {a = t} end return #cjson.encode(t)`),
      ]),
      evaluate('return cjson.encode_max_depth(2)'),
      ...['{{1}}', '{{{1}}}', '{{{[100]=1}}}', '{a={b={}}}', '1'].map(encoded),
      evaluate('return cjson.encode_max_depth(1000)'),
      evaluate('return cjson.encode_number_precision(5)'),
      ...['123456789', '{[123456789]=1}', '1.23456789', '{[1234567.5]=1}', '3'].map(encoded),
      evaluate('return cjson.encode_number_precision(1)'),
      ...['3.14159', '15', '0.25', '95'].map(encoded),
      evaluate('return cjson.encode_number_precision(14)'),
      ...["'null'", 'true', 'false'].flatMap((mode) => [
        evaluate(`return tostring(cjson.encode_invalid_numbers(${mode}))`),
        encoded('{1/0, 0/0, -1/0, -(0/0)}'),
        encoded('{[1/0]=1}'),
      ]),
      ...['true', 'false, 0', 'false, 1, 0', 'true, 1, 0', 'false, 3, 3'].flatMap((args) => [
        evaluate(`cjson.encode_sparse_array(${args}) return 1`),
        ...['{[11]=1,[10]=3}', '{[11]=1,[30]=3}', '{[1]=1,[3]=3}', '{[3]=1}', '{[4]=1}'].map(
          encoded,
        ),
      ]),
      'SCRIPT FLUSH',
      encoded('{[11]=1}'),
    ],
  },
  {
    name: 'cjson: decodes as it is set',
    steps: [
      'SCRIPT FLUSH',
      ...pieces.map(decoded),
      evaluate('cjson.decode_invalid_numbers(false) return 1'),
      ...pieces.map(decoded),
      evaluate('return cjson.decode_invalid_numbers(true)'),
      ...['[', '{"a":'].flatMap((open) =>
        [1000, 1001].map((levels) =>
          evaluate(
            `local close = '${open}' == '[' and ']' or '}' return type(cjson.decode(('${open}'):rep(${levels}) .. '1' .. close:rep(${levels})))`,
          ),
        ),
      ),
      evaluate('return cjson.decode_max_depth(1)'),
      ...['[1]', '[[1]]', '{"a":[1]}', '{"a":{}}', '1'].map((json) =>
        evaluate(`return type(cjson.decode('${json}'))`),
      ),
      evaluate('return cjson.decode_max_depth(2^31 - 1)'),
      ...[3990, 9000].map((levels) =>
        evaluate(`return type(cjson.decode(('['):rep(${levels}) .. '1' .. (']'):rep(${levels})))`),
      ),
      evaluate('return cjson.decode_max_depth(1000)'),
      evaluate(`return cjson.decode('{"__proto__":1,"1":2}')['__proto__']`),
      evaluate(`return cjson.decode('{"a":1,"a":2}').a`),
      evaluate(`return cjson.decode('{"":1}')['']`),
      evaluate(`return cjson.decode('[1,null,[],{},"a",true,false,2.5]')`),
      evaluate(`return cjson.encode(cjson.decode('[[],{},null,{"a":[null]}]'))`),
      evaluate(
        `local t = cjson.decode('[inf,-inf,Infinity,0x10]') for i = 1, 4 do t[i] = tostring(t[i]) end return t`,
      ),
      'SCRIPT FLUSH',
    ],
  },
];

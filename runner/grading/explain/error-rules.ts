import type { NextStep, Place } from '../finding';
import type { FailureClass } from '../verdict';

/** One kind of raw error, and its sentences for a learner. */
export interface ErrorRule {
  /** Tried on `NAME: MESSAGE` of the error that ended the program, then with its code below. */
  pattern: RegExp;
  class: FailureClass;
  /**
   * `$1` and so on stand for the pattern's groups, `$needed` for the course's packages, `$taught` for its
   * client of Redis; without a message the raw error is shown.
   */
  message?: string;
  next: NextStep;
  /** Whether the next step speaks of a method that was not bound, whichever the file has. */
  unbound?: true;
  /** The calls that the error is about, if its stack does not show the line. */
  at?: Place;
  /** Whether Redis refused a command: the wire shows which one it was. */
  refusal?: true;
  /** Whether it speaks of a name: one from inside a package is none of the file's. */
  ofName?: true;
  /** What the first group is a name of, or the whole is about, so that the file may show what was meant. */
  names?: 'variable' | 'method' | 'function' | 'export' | 'command' | 'iterated' | 'client';
}

/**
 * What V8, Node and redis say of single mistakes that no rule alone can explain. These sentences are not
 * ours: nothing else shows what they mean, and the versions of the packages are fixed.
 */
export const says = {
  /** A function is called that is not there; the group is its name. */
  missingFunction: /^(\w+) is not a function$/,
  /** A method is called that an object does not have; the group is its name. */
  missingMethod: /\.(\w+) is not a function$/,
  /** A default import is called; the group is the module, as the compiler names it. */
  calledModule: /\b([A-Za-z0-9_]+?)(?:_\d+)?\.default\)? is not a (?:function|constructor)/,
  /** A property of undefined is read; the group is its name. */
  readOfUndefined: /^Cannot read properties of undefined \(reading '(\w+)'\)/,
  /** Something is done with a value that is not there. */
  ofUndefined: /\bof undefined\b|\bit is undefined\b|is not a (?:function|constructor)/,
  /** createClient is looked for on a default import that is not there. */
  noDefaultClient: /reading 'createClient'|\.default\.createClient/,
  /** connect() is called on a client that has no such method. */
  noConnect: /\.connect is not a function/,
  /** Nothing listens where a client connects to. */
  connectionRefused: /ECONNREFUSED/,
  /** Node has no memory left; printed, as it ends before it can report it. */
  outOfMemory: /JavaScript heap out of memory/,
};

/** Raw errors to sentences; the first rule that fits is taken. */
export const errorRules: readonly ErrorRule[] = [
  {
    pattern: /Access denied: FileSystemWrite (.+)/,
    class: 'crash',
    message:
      'The program writes to “$1”, and while it is graded it may write to a temporary folder only.',
    next: 'Take out what writes files: no task asks for it.',
  },
  {
    pattern: /Access denied: (?:ChildProcess|WorkerThreads)/,
    class: 'crash',
    message: 'The program starts another program or thread, which it may not while it is graded.',
    next: 'Take out what starts it: every task is done by one program alone.',
  },
  {
    pattern: /ERR_DLOPEN_DISABLED/,
    class: 'crash',
    message: 'The program loads a native addon, which it may not while it is graded.',
    next: 'Use a package that is JavaScript alone: the course needs $needed.',
  },
  {
    pattern: /ERR_ACCESS_DENIED/,
    class: 'crash',
    message: 'The program does what it may not while it is graded. Node says “$raw”.',
    next: 'Take that out: no task asks for more than to talk to Redis and to listen on a port.',
  },
  {
    pattern: /Cannot find module '(\.[^']*)'/,
    class: 'missing-module',
    message: 'The file “$1” that this one imports is not there.',
    next: 'Check the name and the path of the import, and that the file lies beside this one.',
  },
  {
    pattern: /Cannot find (?:module|package) '([^']*)'/,
    class: 'missing-module',
    message: 'The package “$1” is not installed, here or in the workbook.',
    next: 'Check the spelling of the import; the course needs $needed.',
  },
  {
    pattern: /(?:No "exports" main defined|Package subpath '[^']*' is not defined).* in (\S+)/,
    class: 'missing-module',
    message: 'The package at $1 does not offer what is imported from it.',
    next: 'Import the package by its bare name, as its readme shows.',
  },
  {
    pattern: /TypeError: (\S+)\.connect is not a function/,
    class: 'crash',
    message:
      '“$1.connect()” belongs to redis 4 and later; the client of redis 3 has no such function.',
    next: 'Take the call out: redis 3 connects by itself as soon as the client is created.',
  },
  {
    pattern: /ClientClosedError|The client is closed/,
    class: 'crash',
    message: 'The client was used before it was connected.',
    next: 'Call and await client.connect() before the first command.',
    names: 'client',
  },
  {
    pattern: /DisconnectsClientError|Disconnects client/,
    class: 'crash',
    message:
      'The connection was closed while commands were still under way: destroy() does not wait for them.',
    next: 'Await each command, and call close() in place of destroy(): it waits for the answers.',
    at: { calls: ['destroy', 'disconnect'] },
  },
  {
    pattern: /TypeError: Invalid argument type|TypeError: "arguments\[\d+\]" must be of type/,
    class: 'crash',
    message:
      'A command of redis 4 got an argument that is no text, such as a callback or undefined.',
    next: 'Await the command: redis 4 hands its reply to a promise, and takes no callback. Make other values text.',
  },
  {
    pattern:
      /TypeError: .*?([A-Za-z0-9_]+?)(?:_\d+)?\.default\.(\w+)\)? is not a (?:function|constructor)/,
    class: 'crash',
    message: '“$1” has no function “$2”.',
    next: 'Check the spelling, and whether it belongs to something that the module makes, such as a queue or a client.',
    names: 'function',
  },
  {
    pattern:
      /TypeError: .*?([A-Za-z0-9_]+?)(?:_\d+)?\.default\)? is not a (?:function|constructor)/,
    class: 'missing-export',
    message: 'The import of “$1” finds no default export there.',
    next: 'Use the form of import that fits the module: { name } for a named export.',
  },
  {
    pattern: /TypeError: \(0 , (\w+?)(?:_\d+)?\.(\w+)\) is not a function/,
    class: 'missing-export',
    message: 'The module “$1” exports no function “$2”.',
    next: 'Look at what the module exports, and at how the import is written.',
    names: 'export',
  },
  {
    pattern: /\binternal_send_command\b/,
    class: 'crash',
    message:
      'A function of the client was taken out of it by “promisify” and no longer knows its client.',
    next: 'Bind it to the client: promisify(client.get).bind(client).',
    unbound: true,
    at: { calls: ['promisify'] },
  },
  {
    pattern: /TypeError.*: The "original" argument must be of type function\. Received (.+)/,
    class: 'crash',
    message: '“promisify” got $1 where it takes a function.',
    next: 'Hand it the function itself, not called: promisify(client.get).bind(client).',
    at: { calls: ['promisify'] },
  },
  {
    pattern:
      /TypeError.*: The "(listener|callback)" argument must be of type function\. Received (.+)/,
    class: 'crash',
    message: 'The $1 should be a function; the call gets $2.',
    next: 'Hand over the function itself, without calling it: () => … around the call.',
  },
  {
    // Where no other backtick stands between them, the fences of Markdown are two texts and a call.
    pattern: /TypeError: "" is not a function/,
    class: 'syntax-error',
    message: 'The code stands between the fences of Markdown, two lines that begin with ```.',
    next: 'Delete those two lines: they are no code.',
  },
  {
    pattern: /ReferenceError: require is not defined|ReferenceError: module is not defined/,
    class: 'crash',
    message: 'The file is an ECMAScript module, and there is no “require” or “module” in those.',
    next: 'Write import and export, or take "type": "module" out of package.json.',
  },
  {
    pattern: /ReferenceError: (\S+) is not defined/,
    class: 'crash',
    message: 'The name “$1” is used, but nothing of that name is declared.',
    next: 'Check the spelling, and that it is imported or declared above.',
    names: 'variable',
  },
  {
    pattern: /ReferenceError: Cannot access '([^']+)' before initialization/,
    class: 'crash',
    message: '“$1” is used before the line that declares it has run.',
    next: 'Move the declaration above the first use; if another “$1” from outside is meant, give this one another name.',
  },
  {
    pattern:
      /Redis connection to \S+:6379 failed - connect ECONNREFUSED|connect ECONNREFUSED \S+:6379/,
    class: 'redis-unreachable',
    message:
      'The program ended because Redis refused the connection and nothing listens for “error”.',
    next: {
      says: 'Give the client a listener: client.on("error", …).',
      unless: "$.on('error', $$$)",
      otherwise:
        'The listener for “error” is added too late, or to another client: add it right after createClient(), outside of every function.',
    },
  },
  {
    pattern: /connect ECONNREFUSED (\S+:\d+)/,
    class: 'redis-unreachable',
    message:
      'The program connects to $1, where nothing listens; the task’s Redis is at 127.0.0.1:6379.',
    next: 'Create the client without a host and a port, or with those of the task.',
  },
  {
    pattern: /getaddrinfo (?:ENOTFOUND|EAI_AGAIN) (\S+)/,
    class: 'redis-unreachable',
    message: 'The program looks for Redis on a machine named “$1”, which cannot be found.',
    next: 'Create the client without a host: the task’s Redis is on this machine.',
  },
  {
    pattern: /Redis connection lost|Redis connection to \S+ failed - (?:read|write)/,
    class: 'redis-unreachable',
    message: 'The program ended because its connection to Redis was lost while it was in use.',
    next: 'Check again; if it happens each time, look for what ends it in the program, such as CLIENT KILL.',
  },
  {
    pattern: /offline queue is deactivated/,
    class: 'crash',
    message:
      'A command was sent before the client was connected, and enable_offline_queue is off, so nothing keeps it till then.',
    next: 'Take the option enable_offline_queue out of createClient().',
    at: { names: ['enable_offline_queue'] },
  },
  {
    pattern:
      /connection is already closed|(?:connection|forcefully) ended and command aborted|client is closing|Socket closed/,
    class: 'crash',
    message: 'A command was sent on a connection that had been closed.',
    next: 'Call quit() only after the last reply: in the last callback, or after the last await.',
    at: { calls: ['quit', 'end', 'QUIT'], only: true },
  },
  {
    pattern: /WRONGTYPE/,
    class: 'crash',
    message: 'Redis refused a command: the key holds another type than the command works on.',
    next: 'Use a name for the key that nothing else uses, and the commands of one type on it.',
    refusal: true,
  },
  {
    pattern: /node_redis: The (\w+) command contains a invalid argument type of "?(\w+)"?/,
    class: 'crash',
    message:
      'The command $1 gets “$2” as an argument; redis takes texts and numbers, dates and buffers.',
    next: 'Look where the arguments of that call come from: print them on the line before it.',
    names: 'command',
  },
  {
    pattern: /node_redis: The (\w+) command contains a invalid argument type/,
    class: 'crash',
    message: 'The command $1 gets an argument that is neither a text nor a number.',
    next: 'Hand over texts and numbers, one for each word of the command: an object goes field by field, by a call for each.',
    names: 'command',
  },
  {
    pattern: /Unknown type of connection in createClient/,
    class: 'crash',
    message: '“createClient” gets something that is no port, no address and no object of options.',
    next: 'Call createClient() without it. How the connection goes is told by events: client.on("connect", …) and client.on("error", …).',
  },
  {
    pattern: /Bind must be called on a function/,
    class: 'crash',
    message: '“bind” is handed on without being called: what is called then is bind itself.',
    next: 'Call it with what the function belongs to: promisify(client.get).bind(client).',
    unbound: true,
    at: { calls: ['promisify'] },
  },
  {
    pattern: /wrong number of arguments for '(\w+)'/i,
    class: 'crash',
    message: 'Redis refused the command “$1”: it got too many or too few arguments.',
    next: 'Compare the call with the command’s page on redis.io; an undefined one counts too.',
    refusal: true,
  },
  {
    pattern: /ReplyError: (.+)|ErrorReply: (.+)/,
    class: 'crash',
    message: 'Redis refused a command: “$1$2”.',
    next: 'Look at the commands on the wire: the last one is the one that was refused.',
    refusal: true,
  },
  {
    pattern: /EADDRINUSE.*?:(\d+)$/m,
    class: 'crash',
    message: 'The program listens on port $1 twice.',
    next: 'Call listen once: look for a second server or a second call.',
  },
  {
    pattern: /ERR_HTTP_HEADERS_SENT|Cannot set headers after they are sent/,
    class: 'crash',
    message: 'The server answers one request twice.',
    next: 'Return right after each res.json() or res.send().',
  },
  {
    pattern: /Maximum call stack size exceeded/,
    class: 'crash',
    message: 'A function calls itself without end.',
    next: 'Look for a function that calls itself, or two that call each other.',
  },
  {
    pattern: /SyntaxError: .*(?:JSON|Unexpected end of)/,
    class: 'crash',
    message: 'A text that is no JSON was read as JSON.',
    next: 'Look at what JSON.parse() gets: print it before.',
  },
  {
    pattern: /Cannot read propert.* \(reading 'createClientFactory'\)/,
    class: 'crash',
    message: '“createQueue” got something that is no object of options.',
    next: 'Call kue.createQueue() without it: the type of a job is told to queue.create() and queue.process().',
  },
  {
    pattern: /at index \d+: (\S+); visit \S*pathToRegexpError/,
    class: 'crash',
    message: 'Express 5 does not take the path “$1”: it has dropped ( ), ? and a bare * in paths.',
    next: 'Write a plain parameter, such as /:id, and look in the route at what it holds.',
  },
  {
    pattern: /The "chunk" argument must be of type string/,
    class: 'crash',
    message: 'The server was to send something that is no text.',
    next: 'Answer with the method json of the response: end and write take text alone.',
  },
  {
    pattern:
      /TypeError: .*reading '(?:create|createJob|process)'\)|TypeError: (?:\w+)\.(?:create|createJob|process) is not a function/,
    class: 'crash',
    next: 'What stands before the dot is no queue: make one with kue.createQueue().',
  },
  {
    pattern: /TypeError: Cannot (?:read|set) propert(?:y|ies) (?:of|'[^']+' of) (?:undefined|null)/,
    class: 'crash',
    next: 'What stands before the dot has no value there: check its name, and where it comes from.',
    ofName: true,
  },
  {
    pattern: /Error: "(.+)" is read-only/,
    class: 'crash',
    message: '“$1” is imported or a const, so nothing can be assigned to it.',
    next: 'Use another name for what changes, declared with let.',
  },
  {
    pattern: /TypeError: Assignment to constant variable/,
    class: 'crash',
    next: 'Declare what changes with let, not const.',
  },
  {
    pattern: /TypeError: (.+) is not (?:iterable|a constructor)/,
    class: 'crash',
    next: 'Look at what “$1” holds there: print it on the line before.',
    names: 'iterated',
    ofName: true,
  },
  {
    pattern: /TypeError: done is not a function/,
    class: 'crash',
    next: 'See that each call hands done on. kue calls a function of two parameters with (job, done), and any other with (job, ctx, done).',
  },
  {
    pattern: /TypeError: (?:\(intermediate value\)|[\w.]*?)\.?(\w+) is not a function/,
    class: 'crash',
    next: 'Check the spelling of “$1”, and what stands before it: print that on the line before.',
    names: 'method',
    ofName: true,
  },
  {
    pattern: /ERR_UNHANDLED_REJECTION|unhandledRejection/,
    class: 'crash',
    message: 'A promise was rejected and nothing caught it. It says “$raw”.',
    next: 'Put the await into try … catch, or end the chain with .catch(…).',
  },
];

/**
 * The reply of `name HELP`: as in Redis a line for how it is used, then two for each subcommand, its
 * words and, four spaces in, what it does. The sentences are our own: those of Redis are its own.
 */
export function helpOf(name: string): readonly string[] {
  const rows = [...(HELP[name] ?? []), ['HELP', 'Shows these lines.']];
  return [
    `${name.toUpperCase()} <subcommand> [<arg> [value] [opt] ...]. Subcommands are:`,
    ...rows.flatMap(([words = '', sentence]) => [words, `    ${sentence}`]),
  ];
}

type Row = readonly [words: string, sentence: string];

/** In the order in which Redis lists them. */
const HELP: Readonly<Record<string, readonly Row[]>> = {
  acl: [
    ['CAT [<category>]', 'Names the categories, or the commands of one.'],
    ['DELUSER <username> [<username> ...]', 'Takes users away, with all that they may do.'],
    ['DRYRUN <username> <command> [<arg> ...]', 'Tells if a user may run that, and runs nothing.'],
    ['GETUSER <username>', 'Tells what a user may do.'],
    ['GENPASS [<bits>]', 'Makes a password at random, of 256 bits where no number is given.'],
    ['LIST', 'Shows the users, a line each, as in a configuration file.'],
    ['LOAD', 'Takes the users from the ACL file.'],
    ['LOG [<count> | RESET]', 'Shows who was turned away of late, or forgets it.'],
    ['SAVE', 'Puts the users into the ACL file.'],
    ['SETUSER <username> <attribute> [<attribute> ...]', 'Makes a user, or changes one.'],
    ['USERS', 'Names the users.'],
    ['WHOAMI', 'Names the user of this connection.'],
  ],
  client: [
    ['CACHING (YES|NO)', 'Makes an exception to OPTIN or OPTOUT for the command that follows.'],
    ['GETREDIR', 'Gives the number of the client that hears of changed keys in place of this one.'],
    ['GETNAME', 'Gives the name of this connection.'],
    ['ID', 'Gives the number of this connection.'],
    ['INFO', 'Shows the line of CLIENT LIST for this connection.'],
    ['KILL <ip:port>', 'Closes the connection that comes from there.'],
    [
      'KILL <option> <value> [<option> <value> [...]]',
      'Closes those that all of ADDR, LADDR, TYPE, USER and ID fit; SKIPME NO counts this one in.',
    ],
    ['LIST [options ...]', 'Shows the connections, a line each; TYPE and ID choose some of them.'],
    ['UNPAUSE', 'Ends a pause before its time.'],
    ['PAUSE <timeout> [WRITE|ALL]', 'Lets commands wait for so many ms: all, or those that write.'],
    ['REPLY (ON|OFF|SKIP)', 'Chooses if there are replies, or none to the command that follows.'],
    ['SETNAME <name>', 'Gives this connection a name.'],
    [
      'UNBLOCK <clientid> [TIMEOUT|ERROR]',
      'Ends the wait of a client, as at its end or by an error.',
    ],
    [
      'TRACKING (ON|OFF) [REDIRECT <id>] [BCAST] [PREFIX <prefix> [...]]',
      'Tells this client when the keys that it keeps copies of change, or stops that.',
    ],
    ['TRACKINGINFO', 'Tells how changed keys are told of on this connection.'],
    ['NO-EVICT (ON|OFF)', 'Spares this connection where clients take too much memory.'],
  ],
  command: [
    ['(no subcommand)', 'Describes all commands.'],
    ['COUNT', 'Tells how many commands there are.'],
    ['LIST', 'Names the commands; FILTERBY chooses among them.'],
    ['INFO [<command-name> ...]', 'Describes commands: their flags, their keys, their categories.'],
    ['DOCS [<command-name> ...]', 'Tells what commands are for, and since when there are such.'],
    ['GETKEYS <full-command>', 'Finds the keys among the words of a command.'],
    ['GETKEYSANDFLAGS <full-command>', 'Finds them with what is done to each.'],
  ],
  config: [
    ['GET <pattern>', 'Shows the settings whose names fit.'],
    ['SET <directive> <value>', 'Gives a setting another value.'],
    ['RESETSTAT', 'Begins the counts of INFO anew.'],
    ['REWRITE', 'Puts the settings into the configuration file.'],
  ],
  function: [
    ['LOAD [REPLACE] <FUNCTION CODE>', 'Takes in a library, with REPLACE in the place of another.'],
    ['DELETE <LIBRARY NAME>', 'Takes a library away.'],
    [
      'LIST [LIBRARYNAME PATTERN] [WITHCODE]',
      'Shows libraries with their functions, or their code.',
    ],
    ['STATS', 'Tells which function runs, since when, and which engines there are.'],
    ['KILL', 'Ends the function that runs, if it has written nothing yet.'],
    ['FLUSH [ASYNC|SYNC]', 'Takes all libraries away, at once or by and by.'],
    ['DUMP', 'Gives all libraries as bytes for FUNCTION RESTORE.'],
    [
      'RESTORE <PAYLOAD> [FLUSH|APPEND|REPLACE]',
      'Takes in such bytes: alone, beside what is there, or over libraries of the same name.',
    ],
  ],
  latency: [
    ['DOCTOR', 'Says in words what was slow.'],
    ['GRAPH <event>', 'Draws the times of an event.'],
    ['HISTORY <event>', 'Gives the times of an event.'],
    ['LATEST', 'Gives the last time of each event.'],
    ['RESET [<event> ...]', 'Forgets the times of events, or of all.'],
    ['HISTOGRAM [COMMAND ...]', 'Gives how the times of commands are spread.'],
  ],
  memory: [
    ['DOCTOR', 'Says in words what is wrong with the memory.'],
    ['MALLOC-STATS', 'Shows what the allocator tells of itself.'],
    ['PURGE', 'Asks the allocator to give back what is free.'],
    ['STATS', 'Tells what takes memory.'],
    ['USAGE <key> [SAMPLES <count>]', 'Tells how many bytes a key takes with its value.'],
  ],
  module: [
    ['LIST', 'Names the modules.'],
    ['LOAD <path> [<arg> ...]', 'Takes in a module.'],
    [
      'LOADEX <path> [[CONFIG NAME VALUE] [CONFIG NAME VALUE]] [ARGS ...]',
      'Takes in a module with settings of its own.',
    ],
    ['UNLOAD <name>', 'Lets go of a module.'],
  ],
  object: [
    ['ENCODING <key>', 'Tells how the value is held.'],
    ['FREQ <key>', 'Tells how often the key is used, where the LFU policy counts that.'],
    ['IDLETIME <key>', 'Tells for how many seconds the key has not been used.'],
    ['REFCOUNT <key>', 'Tells how many places hold the value.'],
  ],
  pubsub: [
    ['CHANNELS [<pattern>]', 'Names the channels that somebody listens to.'],
    ['NUMPAT', 'Tells how many patterns are listened to.'],
    ['NUMSUB [<channel> ...]', 'Tells how many listen to each channel, patterns left out.'],
    ['SHARDCHANNELS [<pattern>]', 'Names the channels of shards that somebody listens to.'],
    ['SHARDNUMSUB [<shardchannel> ...]', 'Tells how many listen to each channel of a shard.'],
  ],
  script: [
    ['DEBUG (YES|SYNC|NO)', 'Chooses if scripts are debugged.'],
    ['EXISTS <sha1> [<sha1> ...]', 'Tells which scripts are known.'],
    ['FLUSH [ASYNC|SYNC]', 'Forgets all scripts, at once or by and by.'],
    ['KILL', 'Ends the script that runs, if it has written nothing yet.'],
    ['LOAD <script>', 'Takes in a script for EVALSHA, and runs nothing.'],
  ],
  slowlog: [
    [
      'GET [<count>]',
      'Shows the slowest commands of late, ten where no number is given, or with -1 all.',
    ],
    ['LEN', 'Tells how many there are.'],
    ['RESET', 'Forgets them.'],
  ],
  xgroup: [
    [
      'CREATE <key> <groupname> <id|$> [option]',
      'Makes a group; MKSTREAM makes the stream as well.',
    ],
    ['CREATECONSUMER <key> <groupname> <consumer>', 'Makes a consumer in a group.'],
    ['DELCONSUMER <key> <groupname> <consumer>', 'Takes a consumer away with what it has pending.'],
    ['DESTROY <key> <groupname>', 'Takes a group away.'],
    [
      'SETID <key> <groupname> <id|$> [ENTRIESREAD entries_read]',
      'Moves the place behind which a group reads on.',
    ],
  ],
  xinfo: [
    ['CONSUMERS <key> <groupname>', 'Describes the consumers of a group.'],
    ['GROUPS <key>', 'Describes the groups of a stream.'],
    [
      'STREAM <key> [FULL [COUNT <count>]',
      'Describes a stream, with FULL its entries and groups too.',
    ],
  ],
};

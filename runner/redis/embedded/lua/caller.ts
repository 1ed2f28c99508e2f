import type { Reply } from '../protocol/reply';
import type { Resp } from '../protocol/resp';

/** For whom a script runs, and what runs its commands. */
export interface Caller {
  /** The client's protocol: what the script returns is put into it. */
  readonly client: Resp;
  /** That of the replies to the script's own commands; RESP2 until `redis.setresp` says otherwise. */
  resp: Resp;
  /** Runs a command of the script; an error is a reply too. */
  run(args: readonly string[]): Reply;
  /** Whether its client may run a command; undefined where there is no such command. */
  mayRun(args: readonly string[]): boolean | undefined;
}

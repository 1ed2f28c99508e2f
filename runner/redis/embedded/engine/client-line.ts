import type { Session } from './session';

/** What a client's buffers hold at least, in bytes, in Redis. */
const QUERY_BUFFER = 20474;
const REPLY_BUFFER = 16384;
const CLIENT = 1800;

/** A client as CLIENT LIST shows it, without a line's end. */
export function clientLine(session: Session): string {
  const { outlet, transaction, tracking, resp } = session;
  const seconds = (since: number) => Math.floor((Date.now() - since) / 1000);
  const queued = transaction?.bytes ?? 0;
  const held = Math.min(outlet.held, QUERY_BUFFER);
  return Object.entries({
    id: session.id,
    addr: outlet.address,
    laddr: outlet.localAddress,
    fd: session.id + 7,
    name: session.name,
    age: seconds(session.since),
    idle: seconds(session.lastActive),
    flags: flagsOf(session),
    db: session.db.index,
    sub: session.channels.size,
    psub: session.patterns.size,
    ssub: 0,
    multi: transaction?.queue.length ?? -1,
    qbuf: held,
    'qbuf-free': QUERY_BUFFER - held,
    'argv-mem': session.argumentBytes,
    'multi-mem': queued,
    rbs: REPLY_BUFFER,
    rbp: REPLY_BUFFER,
    obl: 0,
    oll: 0,
    omem: outlet.unread,
    'tot-mem': CLIENT + QUERY_BUFFER + REPLY_BUFFER + queued + session.names + outlet.unread,
    events: 'r',
    cmd: session.lastCommand || 'NULL',
    user: 'default',
    redir: tracking ? tracking.redirect || 0 : -1,
    resp: resp.version,
  })
    .map(([field, value]) => `${field}=${value}`)
    .join(' ');
}

/** `normal`, or `pubsub` for one that is subscribed; there are no replicas and no master. */
export function kindOf({ subscriptions }: Session): string {
  return subscriptions > 0 ? 'pubsub' : 'normal';
}

function flagsOf(session: Session): string {
  const { tracking } = session;
  const flags: [string, boolean][] = [
    ['O', session.monitoring],
    ['P', session.subscriptions > 0],
    ['x', session.transaction !== undefined],
    ['b', session.blocked !== undefined],
    ['t', tracking !== undefined],
    ['R', tracking?.broken === true],
    ['B', tracking?.mode === 'bcast'],
    ['d', session.dirty],
    ['U', session.outlet.localAddress.endsWith(':0')],
    ['e', session.stays],
  ];
  return flags.flatMap(([flag, on]) => (on ? flag : [])).join('') || 'N';
}

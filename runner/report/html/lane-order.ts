/*
 * Where things stand that go from lane to lane. It needs nothing of Node, so that the page in the
 * browser draws its lanes by it too.
 */

/** A participant: a program, Redis, or the workbook if it asks over HTTP. */
export interface Lane {
  name: string;
  kind: 'program' | 'redis' | 'asker';
}

/** What is drawn of a thing that was seen. */
export interface Seen {
  program: string;
  kind: 'command' | 'message' | 'output' | 'errors' | 'http';
}

/** The lanes of a run, Redis in the middle of its programs, which stand as they appear. */
export function lanesAmong(events: Iterable<Seen>): Lane[] {
  const names = new Set<string>();
  const kinds = new Set<Seen['kind']>();
  for (const { program, kind } of events) {
    names.add(program);
    kinds.add(kind);
  }
  const programs = [...names].map((name): Lane => ({ name, kind: 'program' }));
  const wired = kinds.has('command') || kinds.has('message');
  const redis: Lane[] = wired ? [{ name: 'Redis', kind: 'redis' }] : [];
  const asker: Lane[] = kinds.has('http') ? [{ name: 'the workbook', kind: 'asker' }] : [];
  const left = Math.ceil(programs.length / 2);
  return [...asker, ...programs.slice(0, left), ...redis, ...programs.slice(left)];
}

/** The places of lanes, from 0, between which something goes; the same twice where it is printed. */
export function endsOf(
  { program, kind }: Seen,
  lanes: readonly Lane[],
): { from: number; to: number } {
  const mine = lanes.findIndex((lane) => lane.kind === 'program' && lane.name === program);
  const place = (other: Lane['kind']) => lanes.findIndex((lane) => lane.kind === other);
  const directions = {
    command: { from: mine, to: place('redis') },
    message: { from: place('redis'), to: mine },
    http: { from: place('asker'), to: mine },
    output: { from: mine, to: mine },
    errors: { from: mine, to: mine },
  };
  return directions[kind];
}

/** Who does something to whom, in words. */
export function whoDoes(
  { kind }: Pick<Seen, 'kind'>,
  { from, to }: { from: number; to: number },
  lanes: readonly Lane[],
): string {
  const [one, other] = [lanes[from]?.name ?? '', lanes[to]?.name ?? ''];
  if (from !== to) return `${one} → ${other}`;
  return kind === 'errors' ? `${one} prints an error` : `${one} prints`;
}

/** More lanes than this share the last one; more than the other never stand side by side. */
export const mostLanes = 24;
const broad = 5;

/** The classes of what holds the lanes. */
export function lanesClass(lanes: readonly Lane[]): string {
  return [
    `lanes n${Math.min(lanes.length, mostLanes)}`,
    ...(lanes.length > broad ? ['many'] : []),
    ...(lanes[0]?.kind === 'asker' ? ['quiet-start'] : []),
    ...(lanes.at(-1)?.kind === 'redis' ? ['quiet-end'] : []),
  ].join(' ');
}

/** The classes of a lane's head. */
export function headClass(lanes: readonly Lane[], at: number): string {
  const place = Math.min(at, mostLanes - 1);
  return `s${2 * place + 2} e${2 * place + 4} ${laneColour(lanes, at)}`;
}

/** The classes of a lane's line. */
export function lineClass(lanes: readonly Lane[], at: number): string {
  return `s${middle(at)} ${laneColour(lanes, at)}`;
}

/** The classes of a step, and those of what is drawn in it, by which it stands in its columns. */
export function stepClasses(
  kind: Seen['kind'],
  { from, to }: { from: number; to: number },
  lanes: readonly Lane[],
): { step: string; place: string } {
  const program = kind === 'message' || kind === 'http' ? to : from;
  const [left, right] = from <= to ? [from, to] : [to, from];
  const place =
    from === to
      ? `s${middle(from) - 1} e${middle(from) + 1}`
      : `s${middle(left)} e${middle(right)}`;
  const direction = from === to ? 'still' : from < to ? 'right' : 'left';
  return { step: `step ${kind} ${direction} ${laneColour(lanes, program)}`, place };
}

/** The class that gives a lane its colour. */
export function laneColour(lanes: readonly Lane[], at: number): string {
  const lane = lanes[at];
  if (lane?.kind !== 'program') return lane?.kind ?? '';
  const programs = lanes.filter(({ kind }) => kind === 'program');
  return `p${programs.indexOf(lane) % 6}`;
}

/** The grid's line in the middle of a lane. */
function middle(at: number): number {
  return 2 * Math.min(at, mostLanes - 1) + 3;
}

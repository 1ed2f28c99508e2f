import type { Engine } from '../engine/engine';
import type { Session } from '../engine/session';
import type { CommandStatistics } from '../engine/statistics/statistics';
import { CommandError } from '../protocol/command-error';
import { array, bulk, integer, type Reply } from '../protocol/reply';
import type { Resp } from '../protocol/resp';
import { command, family } from './command';
import { diagnose, draw } from './latency-report';

const FLAGS = 'admin noscript';

/** LATENCY: what took longer than it should, and how long commands take. */
export const latency = family('latency', [
  command('latency|doctor', 2, FLAGS, ({ resp }, _words, engine) =>
    resp.verbatim(diagnose(engine)),
  ),
  command('latency|graph', 3, FLAGS, graph),
  command('latency|histogram', -2, FLAGS, histogram),
  command('latency|history', 3, FLAGS, (_session, [name]: [string], engine) => {
    const samples = engine.latency.events.get(name)?.samples ?? [];
    return array(samples.map(({ at, ms }) => array([integer(at), integer(ms)])));
  }),
  command('latency|latest', 2, FLAGS, latest),
  command('latency|reset', -2, FLAGS, (_session, names: string[], engine) =>
    integer(engine.latency.reset(names)),
  ),
]);

function graph({ resp }: Session, [name]: [string], { latency: monitor }: Engine): Reply {
  const event = monitor.events.get(name);
  if (!event) throw new CommandError(`ERR No samples available for event '${name}'`);
  return resp.verbatim(draw(name, event));
}

function latest(_session: Session, _words: string[], { latency: monitor }: Engine): Reply {
  return array(
    Array.from(monitor.events, ([name, { samples, max }]) => {
      const last = samples.at(-1) ?? { at: 0, ms: 0 };
      return array([bulk(name), integer(last.at), integer(last.ms), integer(max)]);
    }),
  );
}

/** Of each command named, or of all; a family stands for its subcommands. */
function histogram({ resp }: Session, names: string[], { statistics }: Engine): Reply {
  const wanted = new Set(names.map((name) => name.toLowerCase()));
  const found = Array.from(statistics.commands).filter(([name, { durations }]) => {
    const asked = wanted.size === 0 || wanted.has(name) || wanted.has(name.split('|', 1)[0] ?? '');
    return asked && durations.total > 0;
  });
  return resp.map(found.map(([name, row]) => [bulk(name), distribution(resp, row)]));
}

function distribution(resp: Resp, { durations }: CommandStatistics): Reply {
  const steps = durations
    .cumulative()
    .map(([us, count]): [Reply, Reply] => [integer(us), integer(count)]);
  return resp.map([
    [bulk('calls'), integer(durations.total)],
    [bulk('histogram_usec'), resp.map(steps)],
  ]);
}

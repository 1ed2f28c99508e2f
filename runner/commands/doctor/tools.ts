import path from 'node:path';
import { installedServer } from '../../redis/find';
import { installedBubblewrap } from '../../sandbox/isolation/bubblewrap';
import { probeWalls } from '../../sandbox/isolation/probe';
import { permissionFlags } from '../../sandbox/process/permissions';
import type { Session } from '../session';
import type { Symptom } from './symptom';

/** start.cjs refuses an older Node, and a folder without packages, before this can be asked. */
export function node(): Symptom[] {
  return [
    { what: 'Node', state: 'good', found: process.versions.node },
    { what: 'packages', state: 'good', found: 'installed' },
  ];
}

/** The redis-server that would serve, if there is one. */
export async function redis(): Promise<Symptom> {
  const what = 'redis-server';
  const server = await installedServer();
  if (server) return { what, state: 'good', found: `${server.version}, ${server.executable}` };
  return {
    what,
    state: 'good',
    found: 'none on PATH that runs; the embedded Redis takes its place, with the same verdicts',
  };
}

/** What keeps the programs of other people from this machine's files. */
export async function isolation(): Promise<Symptom[]> {
  const flag = permissionFlags(path.parse(process.cwd()).root)[0];
  const guard: Symptom = flag
    ? { what: 'guard', state: 'good', found: `Node’s permission model (${flag})` }
    : {
        what: 'guard',
        state: 'poor',
        found: 'this Node has no permission model: programs may write where you may',
        cure: 'Install a newer Node before you grade files of people you do not know.',
      };
  const probe = await probeWalls();
  const found = probe.works
    ? `bubblewrap (${installedBubblewrap()})`
    : `none, as ${probe.reason}; only needed to grade strangers’ files`;
  return [guard, { what: 'walls', state: 'good', found }];
}

/** What the menu and the watch screen have to draw on. */
export function terminal(session: Session, platform = process.platform): Symptom {
  const { screen, streams, env } = session;
  const what = 'terminal';
  if (!streams.output.isTTY) return { what, state: 'good', found: 'none: output goes to a file' };
  const colours = screen.paint('red', 'x') === 'x' ? 'no colours' : 'colours';
  const utf8 = platform === 'win32' || /utf-?8/i.test(env.LC_ALL || env.LC_CTYPE || env.LANG || '');
  const found = `${screen.columns} × ${screen.height}, ${colours}, ${utf8 ? 'UTF-8' : 'not UTF-8'}`;
  if (screen.columns < 60 || screen.height < 15) {
    return { what, state: 'poor', found, cure: 'Make the window larger: 80 columns by 24 rows.' };
  }
  if (!utf8) {
    return { what, state: 'poor', found, cure: 'Set LANG to a UTF-8 locale, such as C.UTF-8.' };
  }
  return { what, state: 'good', found };
}

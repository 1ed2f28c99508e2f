import { spawn } from 'node:child_process';
import { homedir } from 'node:os';
import * as v from 'valibot';
import { programEnvironment } from '../process/environment';
import { behindWalls, homeBehindWalls, installedBubblewrap, withFilter } from './bubblewrap';
import { withinLimits } from './resource-limits';
import { isKnownProcessor } from './seccomp';

/** Whether programs can be kept behind walls on this machine, and if not, why: the end of a sentence. */
export type Probe = { works: true } | { works: false; reason: string };

/** How long a program that does nothing may take, in milliseconds. */
const patience = 10_000;

/** What a program looks for behind the walls; a world of its own has none of it. */
const script = `
const fs = require('node:fs'), os = require('node:os');
const status = fs.readFileSync('/proc/self/status', 'latin1');
const writes = (file) => { try { fs.writeFileSync(file, ''); return true; } catch { return false; } };
console.log(JSON.stringify({
  ids: fs.readdirSync('/proc').map(Number).filter(Boolean),
  interfaces: Object.keys(os.networkInterfaces()),
  found: process.argv.slice(1).filter((place) => fs.existsSync(place)),
  written: ['/left', '/usr/left', '/dev/left'].filter(writes),
  isFiltered: /^Seccomp:\\s*2$/m.test(status),
  home: writes(os.homedir() + '/left'),
}));`;

const seen = v.object({
  ids: v.array(v.number()),
  interfaces: v.array(v.string()),
  found: v.array(v.string()),
  written: v.array(v.string()),
  isFiltered: v.boolean(),
  home: v.boolean(),
});

/** Tries, as programs are started, whether walls stand here, and whether they are closed. */
export async function probeWalls({
  platform,
  arch,
}: Pick<NodeJS.Process, 'platform' | 'arch'> = process): Promise<Probe> {
  const fails = (reason: string): Probe => ({ works: false, reason });
  if (platform !== 'linux') return fails('bubblewrap is for Linux');
  if (!isKnownProcessor(arch)) return fails(`they are not made for ${arch}`);
  if (installedBubblewrap() === undefined) return fails('bubblewrap is not installed');
  const { output, errors } = await tried(['/etc/passwd', homedir()]);
  const look = v.safeParse(seen, parsed(output));
  if (!look.success) return fails(`bubblewrap fails: ${lastLine(errors) || 'it does not say why'}`);
  const { ids, interfaces, found, written, isFiltered, home } = look.output;
  if (ids.length > 2) return fails('other processes are seen through them');
  if (interfaces.some((name) => name !== 'lo')) return fails('the network is reached through them');
  if (found.length > 0) return fails(`${found[0]} is seen through them`);
  if (written.length > 0) return fails(`${written[0]} is written through them`);
  if (!isFiltered) return fails('system calls are not filtered');
  return home ? { works: true } : fails('a program has no room for its own files');
}

async function tried(places: readonly string[]): Promise<{ output: string; errors: string }> {
  try {
    return await started(places);
  } catch (error) {
    return { output: '', errors: String(error) };
  }
}

function started(places: readonly string[]): Promise<{ output: string; errors: string }> {
  const opening = { folder: __dirname, seen: [], compiled: [] };
  const { command, args } = withinLimits(behindWalls(['-e', script, ...places], opening));
  const child = withFilter((filter) =>
    spawn(command, args, {
      cwd: __dirname,
      env: programEnvironment(homeBehindWalls, false),
      stdio: ['ignore', 'pipe', 'pipe', 'ignore', 'ignore', filter],
      timeout: patience,
      killSignal: 'SIGKILL',
    }),
  );
  const told = { output: '', errors: '' };
  child.stdout?.on('data', (chunk) => {
    told.output += chunk;
  });
  child.stderr?.on('data', (chunk) => {
    told.errors += chunk;
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject).once('close', () => resolve(told));
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function lastLine(text: string): string {
  return text.trim().split('\n').at(-1) ?? '';
}

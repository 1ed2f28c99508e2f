/*
 * What `node` really starts in place of a learner's file: it prepares the sandbox's side and then
 * runs the file as if it had been named on the command line. `../program-side.ts` makes one file of
 * this and all that it imports.
 */
import fs from 'node:fs';
import { isProgramFile } from '../../program-file';
import { addedVariables } from '../isolation/resource-limits';
import type { Driver } from '../process/settings';
import { markChildren } from './children';
import { redirectConnections } from './connections';
import { tellEnding } from './ending';
import { watchErrors } from './errors';
import { watchTimers } from './housekeeping-timers';
import { keepPackage } from './kept-packages';
import { compiler, readCompiled, type Settings } from './loaders';
import { runMain, watchLoads } from './loading';
import { redirectModules, watchClients } from './modules';
import { watchMoments } from './moments';
import { printAtOnce } from './output';
import { addCommandsAtOnce } from './redis-commands';
import { report, signReports } from './report';
import { serveOnSockets } from './servers';
import { readKey, readSettings } from './settings-line';
import { answerQuestions } from './state';
import { awaitSettings, preload } from './warm-start';

signReports(readKey());
const given = readSettings();
// The program must see the environment that it would have without the workbook.
for (const name of addedVariables) delete process.env[name];

// What waits for its settings gets them into the same object, later.
const settings: Settings = {
  fallbackModules: given.fallbackModules,
  ...('keep' in given ? {} : { lent: given.lent, kept: given.kept }),
};
const clients = watchClients();
watchLoads([markChildren(), clients, addCommandsAtOnce()]);
readCompiled(settings);
redirectModules(settings);
if ('keep' in given) keepPackage(given);
printAtOnce();
watchErrors();
watchTimers();
if ('imports' in given) preload(given);
const { main, compiled, redis, servers, drives, ...preparation } = Object.assign(
  settings,
  'imports' in given ? awaitSettings() : given,
);
clients.prepare(preparation);
const traffic = redirectConnections(redis);
tellEnding(traffic);
serveOnSockets(servers);
if (preparation.watchMoments) watchMoments();
answerQuestions(traffic);

process.argv.splice(1, 1);
try {
  // Compiling is not the program's own work: it counts apart.
  if (!(main in compiled) && isProgramFile(main)) {
    compiler(settings).compileLearners(main, fs.readFileSync(main, 'utf8'), preparation.reader);
  }
} catch {
  // What is wrong with it is told when it is loaded.
}
report({ event: 'started' });
const loaded = runMain(main);
if (drives) (loaded as { default: Driver }).default((value) => report({ event: 'told', value }));

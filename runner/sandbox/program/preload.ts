import { type ProgramSettings, settingsVariable } from '../settings';
import { markChildren } from './children';
import { redirectConnections } from './connections';
import { watchErrors } from './errors';
import { watchIntervals } from './intervals';
import { redirectModules } from './modules';
import { watchMoments } from './moments';
import { printAtOnce } from './output';
import { report } from './report';
import { mapServers } from './servers';
import { answerQuestions } from './state';

const settings: ProgramSettings = JSON.parse(process.env[settingsVariable] ?? '{}');
// The program must see the environment that it would have without the workbook.
delete process.env[settingsVariable];

markChildren();
printAtOnce();
watchErrors();
watchIntervals();
const traffic = redirectConnections(settings.redis);
mapServers(settings.serverPort);
redirectModules(settings);
if (settings.watchMoments) watchMoments();
answerQuestions(traffic);

/** The file to run. */
export const main = settings.main;

/** Tells the runner that the file itself begins to run. */
export function started(): void {
  report({ event: 'started' });
}

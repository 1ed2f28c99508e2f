import { EMPTY_ARRAY } from '../protocol/reply';
import { command, family } from './command';
import { notAllowed } from './not-allowed';

const FLAGS = 'admin noscript';

function refuse(): never {
  throw notAllowed('MODULE', 'enable-module-command');
}

/** MODULE: there are none. */
export const modules = family('module', [
  command('module|list', 2, 'admin noscript', () => EMPTY_ARRAY),
  command('module|load', -3, FLAGS, refuse),
  command('module|loadex', -3, FLAGS, refuse),
  command('module|unload', 3, FLAGS, refuse),
]);

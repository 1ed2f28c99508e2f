import { signalled } from '../isolation/ending';
import { report } from './report';

/** Tells of a code of the program's own that could be taken for the signal by which it was ended. */
export function tellEnding(): void {
  process.on('exit', (code) => {
    if (code > signalled) report({ event: 'ending', code });
  });
}

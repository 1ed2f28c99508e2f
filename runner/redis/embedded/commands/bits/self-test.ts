import { CommandError } from '../../protocol/command-error';
import { estimate } from '../../store/hyperloglog/registers';
import { Sketch } from '../../store/hyperloglog/sketch';

/** Elements that are counted, and how far off the count may be: six times the expected error. */
const ELEMENTS = 5000;
const MAX_ERROR = 6 * (1.04 / Math.sqrt(16384));

/** PFSELFTEST: both forms hold the same registers, and the count is near. @throws CommandError */
export function selfTest(): void {
  const sparse = Sketch.empty(Infinity);
  const dense = Sketch.empty(0);
  dense.makeDense();
  for (let element = 0; element < ELEMENTS; element += 1) {
    sparse.add(String(element));
    dense.add(String(element));
  }
  const [count, other] = [sparse.count(), dense.count()];
  if (count !== other || sparse.ranks().join() !== dense.ranks().join()) {
    throw new CommandError('TESTFAILED dense and sparse registers differ');
  }
  if (Math.abs(count - ELEMENTS) > ELEMENTS * MAX_ERROR || estimate([16384]) !== 0) {
    throw new CommandError(`TESTFAILED Too big error. card:${ELEMENTS} abserr:${count - ELEMENTS}`);
  }
}

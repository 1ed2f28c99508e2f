import path from 'node:path';
import { workedVersion } from '../../../runner/course/course';
import { queuing } from '../../support/queuing';

/** The worked version of a file of the course, such as `0-redis_client.ts`: absolute. */
export function lessonFile(name: string): string {
  return workedVersion(queuing, path.basename(name, '.ts'));
}

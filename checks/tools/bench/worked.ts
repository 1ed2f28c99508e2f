import path from 'node:path';
import { loadCatalogue, workedVersion } from '../../../runner/course/catalogue';

/** The worked version of a file of the course, such as `0-redis_client.ts`: absolute. */
export function lessonFile(name: string): string {
  return workedVersion(loadCatalogue(), path.basename(name, '.ts'));
}

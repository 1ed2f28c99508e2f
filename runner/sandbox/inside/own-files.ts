import { packageAround, packageOf } from '../process/package-of';

/** The learner's folder: a program begins in it. */
const own = packageAround(process.cwd());

/**
 * Whether a file is a package's, and neither the learner's nor one of these folders' own.
 * @param folders absolute
 */
export function isOfPackage(file: string, ...folders: string[]): boolean {
  const found = packageOf(file);
  return found !== '' && found !== own && !folders.some((one) => packageAround(one) === found);
}

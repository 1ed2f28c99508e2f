import { createHash } from 'node:crypto';

/** SHA1 in small hexadecimal digits: the name of a script. @param bytes a character each */
export function sha1(bytes: string): string {
  return createHash('sha1').update(bytes, 'latin1').digest('hex');
}

/*
 * Makes the package as it is published, and publishes nothing (docs/releasing.md).
 *   npm run package [-- FOLDER]   writes the .tgz there; into the current folder without it
 */
import { makePackage } from './package/make-package';

makePackage(process.argv[2] ?? '.').then(({ file, size, unpackedSize, count }) => {
  console.log(`${file}\n${count} files, ${mB(size)}, unpacked ${mB(unpackedSize)}`);
});

function mB(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}

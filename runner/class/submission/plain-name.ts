import path from 'node:path';

/**
 * Where a file of a submission lies below a folder.
 * @param folder absolute
 * @param name with `/` between folders
 * @returns nothing for a name that leads out of the folder, by whatever system's rules
 */
export function placeIn(folder: string, name: string): string | undefined {
  const parts = name.split('/');
  const isPlain = parts.every((part) => part !== '' && part !== '.' && part !== '..');
  const place = path.resolve(folder, name);
  if (!isPlain || /[\0\\]/.test(name) || !place.startsWith(folder + path.sep)) return undefined;
  return place;
}

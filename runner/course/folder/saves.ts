import { statSync } from 'node:fs';

/**
 * Tells of each save of a program or a dump in a folder, at once: where an editor writes a file in
 * pieces, each piece counts, and the last one is the one that matters.
 * @param onSave gets the file's absolute path, also when it is removed
 * @returns stops following
 */
export async function followSaves(
  folder: string,
  onSave: (file: string) => void,
): Promise<() => Promise<void>> {
  const timers = new Set<NodeJS.Timeout>();
  /** The file as it was when it was told last. */
  const told = new Map<string, string>();
  const tell = (file: string) => {
    told.set(file, stamp(file));
    onSave(file);
  };
  const hear = (file: string) => {
    if (!/\.([jt]s|rdb)$/.test(file)) return;
    // An editor that empties a file is about to write it: only a file that stays empty is saved so.
    if (!isEmpty(file)) tell(file);
    // chokidar passes over what follows within a few ms, so the file is looked at once more.
    const timer = setTimeout(() => {
      timers.delete(timer);
      if (told.get(file) !== stamp(file)) tell(file);
    }, secondLook);
    timers.add(timer);
  };
  // Where the system has no watch left to give, the folder is looked at again and again.
  const following = await follow(folder, hear, false).catch(() => follow(folder, hear, true));
  return () => {
    for (const timer of timers) clearTimeout(timer);
    return following.close();
  };
}

/** @throws what the system says where it gives no watch */
async function follow(folder: string, hear: (file: string) => void, usePolling: boolean) {
  const { watch } = await import('chokidar');
  const following = watch(folder, {
    depth: 0,
    ignoreInitial: true,
    // What is written under another name and renamed is a save like any other.
    atomic: false,
    usePolling,
  });
  following.on('add', hear).on('change', hear).on('unlink', hear);
  try {
    await new Promise<void>((resolve, reject) => {
      following.once('ready', () => resolve()).on('error', reject);
    });
  } catch (error) {
    await following.close();
    throw error;
  }
  return following;
}

/** When a file is looked at once more after a save, in ms. */
const secondLook = 100;

function isEmpty(file: string): boolean {
  return statSync(file, { throwIfNoEntry: false })?.size === 0;
}

/** Another one after each writing; empty where there is no such file. */
function stamp(file: string): string {
  const stats = statSync(file, { throwIfNoEntry: false });
  return stats ? `${stats.mtimeMs} ${stats.size} ${stats.ino}` : '';
}

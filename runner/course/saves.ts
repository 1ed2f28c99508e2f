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
  const { watch } = await import('chokidar');
  const following = watch(folder, {
    depth: 0,
    ignoreInitial: true,
    // What is written under another name and renamed is a save like any other.
    atomic: false,
  });
  const hear = (file: string) => {
    if (/\.([jt]s|rdb)$/.test(file)) onSave(file);
  };
  following.on('add', hear).on('change', hear).on('unlink', hear);
  await new Promise<void>((resolve) => following.once('ready', () => resolve()));
  return () => following.close();
}

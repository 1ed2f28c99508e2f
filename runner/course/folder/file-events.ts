import fs from 'node:fs';

/** What a mount's kind is read from. */
export interface Mounts {
  platform: NodeJS.Platform;
  /** The text of /proc/mounts; empty where there is none. */
  table: string;
}

/** What is mounted here. */
export function systemMounts(): Mounts {
  const { platform } = process;
  return { platform, table: platform === 'linux' ? textOf('/proc/mounts') : '' };
}

/**
 * Whether the system reports what others write into a folder. It does not for what another system
 * holds: Windows behind WSL, the host behind a container or a virtual machine, a file server.
 * @param folder absolute, with its links followed
 */
export function hasFileEvents(folder: string, { platform, table }: Mounts): boolean {
  if (platform !== 'linux') return true;
  // Of two mounts at one place the later one is on top.
  const holding = mountsOf(table)
    .filter(({ at }) => folder === at || folder.startsWith(at.endsWith('/') ? at : `${at}/`))
    .reduce<Mount | undefined>(
      (best, mount) => (best && best.at.length > mount.at.length ? best : mount),
      undefined,
    );
  return holding === undefined || !silent.test(holding.kind);
}

interface Mount {
  at: string;
  kind: string;
}

/** The kinds of file systems that live elsewhere. */
const silent =
  /^(9p|drvfs|fuse(\..*)?|grpcfuse|osxfs|fakeowner|virtiofs|cifs|smb3?|smbfs|nfs4?|vboxsf|vmhgfs|prl_fs)$/;

/** One mount a line: device, place, kind, options. See proc_pid_mounts(5) and fstab(5). */
function mountsOf(table: string): Mount[] {
  return table.split('\n').flatMap((line) => {
    const [, at, kind] = line.split(' ');
    return at && kind ? [{ at: unescaped(at), kind }] : [];
  });
}

/** A blank in a name stands there as `\040`. */
function unescaped(name: string): string {
  return name.replace(/\\([0-7]{3})/g, (_, code: string) =>
    String.fromCharCode(Number.parseInt(code, 8)),
  );
}

function textOf(file: string): string {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

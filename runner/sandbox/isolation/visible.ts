import { lstatSync, readdirSync, readlinkSync, realpathSync } from 'node:fs';
import path from 'node:path';

/** More links on one way than any file system follows. */
const mostLinks = 40;

/**
 * What a program behind walls sees of the machine's files, to be read only, each where it is: places
 * are added, and the links on the way to them are kept.
 */
export class Visible {
  readonly #places = new Set<string>();
  readonly #links = new Map<string, string>();
  readonly #searched = new Set<string>();

  /** @param others what is seen as well */
  constructor(others?: Visible) {
    if (!others) return;
    for (const place of others.#places) this.#places.add(place);
    for (const [link, target] of others.#links) this.#links.set(link, target);
    for (const folder of others.#searched) this.#searched.add(folder);
  }

  /**
   * Shows a file, or a folder with all that is in it; one that is not there is left out.
   * @param place absolute
   */
  show(place: string): void {
    const names = place.split(path.sep);
    let real = path.parse(place).root;
    for (let links = 0; names.length > 0; ) {
      const next = path.join(real, names.shift() ?? '');
      const target = targetOf(next);
      if (target === undefined || links === mostLinks) return;
      if (target === '') {
        real = next;
        continue;
      }
      links += 1;
      this.#links.set(next, target);
      if (path.isAbsolute(target)) real = path.parse(target).root;
      names.unshift(...target.split(path.sep));
    }
    this.#places.add(real);
  }

  /**
   * Shows the packages that modules in a folder find, with what says of which type they are.
   * @param folder absolute
   */
  showPackages(folder: string): void {
    const real = realOf(folder);
    if (real === undefined) return;
    for (let at = real; ; at = path.dirname(at)) {
      this.show(path.join(at, 'package.json'));
      this.#showModules(path.join(at, 'node_modules'));
      if (at === path.dirname(at)) return;
    }
  }

  /** Each place once, without what lies in another; folders around before what is in them. */
  get places(): string[] {
    return [...this.#places].filter((place) => !this.#isWithin(path.dirname(place))).sort();
  }

  /** Where links are to be made, and to what; those in a place are seen there as they are. */
  get links(): [link: string, target: string][] {
    return [...this.#links].filter(([link]) => !this.#isWithin(link));
  }

  /** A folder of packages, and those that links in it lead to. */
  #showModules(folder: string): void {
    const real = realOf(folder);
    // A stranger's link may lead anywhere: only what was installed is no secret.
    if (real === undefined || !isInstalled(real)) return;
    this.show(folder);
    if (this.#searched.has(real)) return;
    this.#searched.add(real);
    for (const link of linksIn(real)) {
      const target = realOf(link);
      if (target === undefined || this.#isWithin(target)) continue;
      const store = storeOf(target);
      if (store !== undefined) this.#showModules(store);
    }
  }

  #isWithin(place: string): boolean {
    for (let at = place; ; at = path.dirname(at)) {
      if (this.#places.has(at)) return true;
      if (at === path.dirname(at)) return false;
    }
  }
}

/** What a link says; empty for what is no link, nothing for what is not there. */
function targetOf(place: string): string | undefined {
  const stats = lstatSync(place, { throwIfNoEntry: false });
  return stats?.isSymbolicLink() ? readlinkSync(place) : stats && '';
}

function realOf(place: string): string | undefined {
  try {
    return realpathSync(place);
  } catch {
    return undefined;
  }
}

function isInstalled(real: string): boolean {
  return storeOf(real) !== undefined;
}

/** The innermost `node_modules` that a place without links lies in, or is. */
function storeOf(real: string): string | undefined {
  return /^(.*[\\/]node_modules)(?:[\\/]|$)/s.exec(real)?.[1];
}

/** The links among packages, those with a scope too. */
function linksIn(folder: string): string[] {
  const entries = readdirSync(folder, { withFileTypes: true });
  return entries.flatMap((entry) => {
    const place = path.join(folder, entry.name);
    if (entry.isSymbolicLink()) return [place];
    return entry.isDirectory() && entry.name.startsWith('@') ? linksIn(place) : [];
  });
}

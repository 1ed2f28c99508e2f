import type { problemMatcher } from '../../runner/commands/editor/vscode-tasks';

/** A problem as VS Code has it. */
export interface Marker {
  file: string;
  line: number;
  column: number;
  severity: string;
  message: string;
  code: string;
}

/**
 * A problem matcher that watches, by the rules of VS Code (its WatchingProblemCollector): a line that
 * begins or ends a round is no problem; with the end go all markers that the round has not told again;
 * a line outside of a round counts too.
 */
export class WatchingMatcher {
  readonly #matcher: typeof problemMatcher;
  #markers = new Map<string, Marker>();
  #told = new Set<string>();
  /** Whether a round goes on: VS Code shows that something turns. */
  isActive: boolean;

  constructor(matcher: typeof problemMatcher) {
    this.#matcher = matcher;
    this.isActive = matcher.background.activeOnStart;
  }

  get markers(): Marker[] {
    return [...this.#markers.values()];
  }

  line(text: string): void {
    const { background, pattern } = this.#matcher;
    if (new RegExp(background.beginsPattern).test(text)) {
      if (!this.isActive) this.#told.clear();
      this.isActive = true;
      return;
    }
    if (new RegExp(background.endsPattern).test(text)) {
      if (!this.isActive) return;
      this.isActive = false;
      for (const key of this.#markers.keys()) if (!this.#told.has(key)) this.#markers.delete(key);
      this.#told.clear();
      return;
    }
    const found = new RegExp(pattern.regexp).exec(text);
    if (!found) return;
    const at = (group: number) => found[group] ?? '';
    const marker = {
      file: at(pattern.file),
      line: Number(at(pattern.line)),
      column: Number(at(pattern.column)),
      severity: at(pattern.severity),
      message: at(pattern.message),
      code: at(pattern.code),
    };
    const key = JSON.stringify(marker);
    this.#markers.set(key, marker);
    this.#told.add(key);
  }
}

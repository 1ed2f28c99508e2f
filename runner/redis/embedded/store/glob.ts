/**
 * Redis's patterns, as of KEYS and PSUBSCRIBE: `*`, `?`, `[abc]`, `[^a-z]`, and a backslash
 * before a character that is meant as it is. Works through the pattern with one point of return,
 * so that no pattern takes exponential time.
 */
export function matches(pattern: string, text: string): boolean {
  let p = 0;
  let t = 0;
  let star = -1;
  let from = 0;
  while (t < text.length) {
    if (pattern[p] === '*') {
      star = p++;
      from = t;
      continue;
    }
    const next = p < pattern.length ? step(pattern, p, text[t] ?? '') : -1;
    if (next >= 0) {
      p = next;
      t += 1;
    } else if (star >= 0) {
      p = star + 1;
      t = ++from;
    } else {
      return false;
    }
  }
  while (pattern[p] === '*') p += 1;
  return p >= pattern.length;
}

/** The place in the pattern after the one character is matched, or -1. */
function step(pattern: string, at: number, character: string): number {
  switch (pattern[at]) {
    case '?':
      return at + 1;
    case '[':
      return stepClass(pattern, at + 1, character);
    case '\\':
      if (at + 1 < pattern.length) return pattern[at + 1] === character ? at + 2 : -1;
      return character === '\\' ? at + 1 : -1;
    default:
      return pattern[at] === character ? at + 1 : -1;
  }
}

/** A class that is never closed ends with the pattern, as in Redis. */
function stepClass(pattern: string, start: number, character: string): number {
  let at = start;
  const not = pattern[at] === '^';
  if (not) at += 1;
  let found = false;
  for (; at < pattern.length && pattern[at] !== ']'; at += 1) {
    if (pattern[at] === '\\' && at + 1 < pattern.length) {
      at += 1;
      found ||= pattern[at] === character;
    } else if (pattern[at + 1] === '-' && at + 2 < pattern.length) {
      const ends = [pattern[at] ?? '', pattern[at + 2] ?? ''].sort();
      found ||= character >= (ends[0] ?? '') && character <= (ends[1] ?? '');
      at += 2;
    } else {
      found ||= pattern[at] === character;
    }
  }
  return found !== not ? Math.min(at + 1, pattern.length) : -1;
}

/** An element of an XML file. */
export interface Element {
  name: string;
  attributes: Record<string, string>;
  children: Element[];
  /** Its own text, without that of its children. */
  text: string;
}

/**
 * Reads as much of XML 1.0 as a report needs: a declaration, elements, attributes, text, the five
 * entities and characters by number.
 * @throws Error where it is not well-formed, or holds a character that may not be there
 */
export function parseXml(source: string): Element {
  if (forbidden.test(source)) throw new Error(`forbidden: ${forbidden.exec(source)?.[0]}`);
  const root: Element = { name: '', attributes: {}, children: [], text: '' };
  const open = [root];
  const body = source.replace(/^<\?xml [^?]*\?>/, '');
  for (const [piece] of body.matchAll(/<[^>]*>|[^<]+|</g)) {
    const parent = open.at(-1) ?? root;
    if (!piece.startsWith('<')) {
      parent.text += textOf(piece);
    } else if (piece.startsWith('</')) {
      if (open.pop()?.name !== piece.slice(2, -1)) throw new Error(`closes nothing: ${piece}`);
    } else {
      const element = opened(piece);
      parent.children.push(element);
      if (!piece.endsWith('/>')) open.push(element);
    }
  }
  const [only] = root.children;
  if (open.length !== 1 || !only || root.children.length > 1 || root.text.trim() !== '') {
    throw new Error('an element is left open, or there is not one root');
  }
  return only;
}

const forbidden = /[^\t\n\r\x20-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u;

function opened(tag: string): Element {
  const found = /^<([A-Za-z][\w.-]*)((?:\s+[\w:-]+="[^"<]*")*)\s*\/?>$/.exec(tag);
  if (!found) throw new Error(`no tag: ${tag}`);
  const [, name = '', rest = ''] = found;
  const attributes = Array.from(
    rest.matchAll(/([\w:-]+)="([^"]*)"/g),
    ([, key = '', value = '']): [string, string] => [key, textOf(value)],
  );
  if (new Set(attributes.map(([key]) => key)).size < attributes.length) {
    throw new Error(`an attribute stands twice: ${tag}`);
  }
  return { name, attributes: Object.fromEntries(attributes), children: [], text: '' };
}

function textOf(text: string): string {
  if (text.includes(']]>')) throw new Error(`]]> in a text: ${text}`);
  return text.replace(/&(?:#(\d+)|(\w+));|&/g, (whole, number?: string, name?: string) => {
    const letter = number ? String.fromCodePoint(Number(number)) : entities[name ?? ''];
    if (letter === undefined) throw new Error(`no entity: ${whole}`);
    return letter;
  });
}

const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

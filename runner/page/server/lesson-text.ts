import { Lexer, type Token, type Tokens } from 'marked';
import type { Cell, TextNode } from '../protocol';
import { statementsBefore } from './cells/before-cell';

/**
 * Reads Markdown into a tree of texts; HTML in it is text, and links lead to the web alone.
 * @param before what pieces of code in it need before them: see {@link statementsBefore}
 */
export function readText(markdown: string, before = ''): TextNode[] {
  const places = { next: 0, before };
  return nodesOf(new Lexer({ gfm: true }).lex(markdown), places);
}

/** How far the text has been read, and what its pieces of code need. */
interface Places {
  next: number;
  before: string;
}

function nodesOf(tokens: readonly Token[] | undefined, places: Places): TextNode[] {
  return (tokens ?? []).flatMap((token) => nodeOf(token, places));
}

function nodeOf(token: Token, places: Places): TextNode[] {
  const children = () => nodesOf('tokens' in token ? token.tokens : undefined, places);
  switch (token.type) {
    case 'space':
    case 'def':
      return [];
    case 'heading':
      return [{ kind: 'heading', level: (token as Tokens.Heading).depth, children: children() }];
    case 'paragraph':
      return [{ kind: 'paragraph', children: children() }];
    case 'blockquote':
      return [{ kind: 'quote', children: children() }];
    case 'strong':
      return [{ kind: 'strong', children: children() }];
    case 'em':
      return [{ kind: 'emphasis', children: children() }];
    case 'code':
      return [blockOf(token as Tokens.Code, places)];
    case 'codespan':
      return [{ kind: 'code', text: (token as Tokens.Codespan).text }];
    case 'hr':
      return [{ kind: 'rule' }];
    case 'br':
      return [{ kind: 'break' }];
    case 'list':
      return [listOf(token as Tokens.List, places)];
    case 'table':
      return [tableOf(token as Tokens.Table, places)];
    case 'link':
      return linkOf(token as Tokens.Link, children());
    default:
      return token.type === 'text' && token.tokens
        ? [{ kind: 'span', children: children() }]
        : [{ kind: 'text', text: plain(token) }];
  }
}

/** A text as it is meant: an escaped letter stands for itself, HTML for its letters. */
function plain(token: Token): string {
  return token.type === 'text' || token.type === 'escape' ? token.text : token.raw;
}

function blockOf({ text, lang }: Tokens.Code, places: Places): TextNode {
  const [language = '', ...words] = (lang ?? '').split(/\s+/);
  const place = places.next;
  places.next += 1;
  const kind = words.includes(readOnly) ? undefined : cells[language.toLowerCase()];
  const block = { kind: 'block' as const, place, language, text };
  if (kind === undefined) return block;
  const before = kind === 'program' ? statementsBefore(places.before, text) : [];
  return { ...block, cell: { kind, before } };
}

/** Stands behind the language of a piece of code that is to be read, and not to be run. */
const readOnly = 'norun';

/** What a piece of code can be run by, by the language that it names. */
const cells: Readonly<Record<string, Cell['kind']>> = {
  ts: 'program',
  typescript: 'program',
  js: 'program',
  javascript: 'program',
  redis: 'redis',
};

function listOf({ ordered, start, items }: Tokens.List, places: Places): TextNode {
  return {
    kind: 'list',
    ...(ordered ? { start: Number(start) || 1 } : {}),
    items: items.map((item) => nodesOf(item.tokens, places)),
  };
}

function tableOf({ header, rows }: Tokens.Table, places: Places): TextNode {
  const cell = ({ tokens }: Tokens.TableCell) => nodesOf(tokens, places);
  return { kind: 'table', head: header.map(cell), rows: rows.map((row) => row.map(cell)) };
}

function linkOf({ href }: Tokens.Link, children: TextNode[]): TextNode[] {
  return /^https?:\/\//i.test(href) ? [{ kind: 'link', href, children }] : children;
}

import { createHash } from 'node:crypto';
import { html, Markup } from './markup';

/** A text in a page, and the hash by which the page's policy allows that one and no other. */
export interface Asset {
  text: string;
  hash: string;
}

export function asset(text: string): Asset {
  return { text, hash: createHash('sha256').update(text).digest('base64') };
}

/** A style or a script that lies in a file of its own, for a page that a server gives. */
export interface Linked {
  href: string;
}

/** By what the workbook's pages are known. */
export const reportMark = '<meta name="generator" content="queuing-workbook">';

/**
 * The head of a page. One that has its style in itself loads nothing: its policy allows that style, its
 * own script if it has one, and no other. One whose style is linked gets its policy from its server.
 */
export function head(title: string, style: Asset | Linked, script?: Asset | Linked): Markup {
  return html`<head>
<meta charset="utf-8">
${'text' in style ? policyOf(style, script) : noIcon}
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
${new Markup(reportMark)}
<title>${title}</title>
${'text' in style ? html`<style>${new Markup(style.text)}</style>` : sheet(style)}
</head>`;
}

/** A script in the page, or the one that it links. */
export function scriptElement(script: Asset | Linked): Markup {
  if ('text' in script) return html`<script>${new Markup(script.text)}</script>`;
  return html`<script src="${script.href}"></script>`;
}

/**
 * A page with its style in itself, as {@link head} begins one, parted into the page that links its style
 * and that style.
 * @returns undefined for a page that begins otherwise
 */
export function parted(page: string, link: Linked): { page: string; style: string } | undefined {
  const [whole = '', before = '', between = '', style] = selfContained.exec(page) ?? [];
  if (style === undefined) return undefined;
  const begin = `${before}${noIcon.text}${between}${sheet(link).text}`;
  return { page: begin + page.slice(whole.length), style };
}

const selfContained =
  /^(.*?)<meta http-equiv="Content-Security-Policy" content="[^"]*">(.*?)<style>(.*?)<\/style>/s;

function policyOf(style: Asset, script?: Asset | Linked): Markup {
  const scripts = script && 'hash' in script ? ` script-src 'sha256-${script.hash}';` : '';
  const policy = `default-src 'none'; style-src 'sha256-${style.hash}';${scripts} base-uri 'none'; form-action 'none'`;
  return new Markup(`<meta http-equiv="Content-Security-Policy" content="${policy}">`);
}

/** A browser asks its server for one otherwise. */
const noIcon = new Markup('<link rel="icon" href="data:,">');

function sheet({ href }: Linked): Markup {
  return html`<link rel="stylesheet" href="${href}">`;
}

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

/** By what the workbook's pages are known. */
export const reportMark = '<meta name="generator" content="queuing-workbook">';

/** The head of a page that loads nothing: its policy allows its own style, its own script if it has one, and no other. */
export function head(title: string, style: Asset, script?: Asset): Markup {
  const scripts = script ? ` script-src 'sha256-${script.hash}';` : '';
  const policy = `default-src 'none'; style-src 'sha256-${style.hash}';${scripts} base-uri 'none'; form-action 'none'`;
  return html`<head>
<meta charset="utf-8">
${new Markup(`<meta http-equiv="Content-Security-Policy" content="${policy}">`)}
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
${new Markup(reportMark)}
<title>${title}</title>
<style>${new Markup(style.text)}</style>
</head>`;
}

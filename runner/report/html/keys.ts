import type { KeyEntry } from '../../grading/verdict';
import type { ShownJob } from '../../vocabulary/presentation';
import { type LibraryKeys, partKeys } from '../queue-libraries';
import { html, type Markup, shortened, shown } from './markup';

/**
 * The keys that a run left: the jobs of a queue library as jobs, the library's own keys by name
 * only, the others by type.
 * @returns nothing if none was left
 */
export function keys(entries: readonly KeyEntry[]): Markup | undefined {
  if (entries.length === 0) return undefined;
  const { libraries, others } = partKeys(entries);
  return html`${libraries.map(jobTable)}${keyTable(others)}${libraries.map(ownKeysLine)}`;
}

function jobTable({ library, jobs }: LibraryKeys): Markup | undefined {
  if (jobs.length === 0) return undefined;
  return html`<table class="jobs"><caption>Jobs of ${library}</caption>
<thead><tr><th scope="col">Job</th><th scope="col">Type and data</th><th scope="col">State</th></tr></thead>
<tbody>${jobs.slice(0, mostRows).map(jobRow)}</tbody></table>${more(jobs.length)}`;
}

function jobRow({ id, type, data, state, phase, progress, error }: ShownJob): Markup {
  const details =
    data === undefined
      ? undefined
      : html`<br><code class="data">${text(JSON.stringify(data))}</code>`;
  const why = error === undefined ? undefined : html`<br><span class="why">${text(error)}</span>`;
  const style = phase === 'complete' || phase === 'failed' ? phase : 'open';
  const percent = progress === undefined ? undefined : html`<br>${progress}%`;
  return html`<tr><th scope="row">${id}</th><td><code>${text(type)}</code>${details}${why}</td><td><span class="state ${style}">${state}</span>${percent}</td></tr>`;
}

function keyTable(entries: readonly KeyEntry[]): Markup | undefined {
  if (entries.length === 0) return undefined;
  const sorted = [...entries].sort((one, other) => one.type.localeCompare(other.type));
  return html`<table class="kept"><caption>Keys</caption>
<thead><tr><th scope="col">Key</th><th scope="col">Type</th><th scope="col">Value</th></tr></thead>
<tbody>${sorted.slice(0, mostRows).map(keyRow)}</tbody></table>${more(entries.length)}`;
}

function keyRow({ key, type, value }: KeyEntry): Markup {
  return html`<tr><th scope="row"><code>${text(key)}</code></th><td>${type}</td><td>${cellOf(value)}</td></tr>`;
}

function cellOf(value: KeyEntry['value']): Markup {
  if (typeof value === 'string') return html`<code>${text(value)}</code>`;
  if (Array.isArray(value)) {
    const members = value
      .slice(0, mostMembers)
      .map((one) => html`<li><code>${text(one)}</code></li>`);
    return html`<ol>${members}</ol>${more(value.length, mostMembers)}`;
  }
  const fields = Object.entries(value);
  const pairs = fields
    .slice(0, mostMembers)
    .map(
      ([field, one]) =>
        html`<dt><code>${text(field)}</code></dt><dd><code>${text(one)}</code></dd>`,
    );
  return html`<dl>${pairs}</dl>${more(fields.length, mostMembers)}`;
}

function ownKeysLine({ library, own }: LibraryKeys): Markup | undefined {
  if (own.length === 0) return undefined;
  const names = own.slice(0, mostRows).map(({ key }) => html` <code>${text(key)}</code>`);
  return html`<p class="remark">${library} keeps its books in ${own.length} more:${names}</p>`;
}

function more(count: number, most = mostRows): Markup | undefined {
  return count > most ? html`<p class="remark">${count - most} more</p>` : undefined;
}

function text(value: string): Markup {
  return shown(shortened(value, mostLetters));
}

const mostRows = 100;
const mostMembers = 40;
const mostLetters = 500;

import type { KeyEntry } from '../../grading/verdict';
import type { Job } from '../../vocabulary/kue/jobs';
import { isBook, jobIn } from '../terminal/keys-left';
import { html, type Markup, shortened, shown } from './markup';

/**
 * The keys that a run left: kue's jobs as jobs, the others by type, kue's bookkeeping by name only.
 * @returns nothing where none was left
 */
export function keys(entries: readonly KeyEntry[]): Markup | undefined {
  if (entries.length === 0) return undefined;
  const jobs = entries.flatMap(jobIn).sort((one, other) => one.id - other.id);
  const books = entries.filter(({ key }) => isBook(key));
  const others = entries.filter((entry) => !isBook(entry.key) && jobIn(entry).length === 0);
  return html`${jobTable(jobs)}${keyTable(others)}${bookLine(books)}`;
}

function jobTable(jobs: readonly Job[]): Markup | undefined {
  if (jobs.length === 0) return undefined;
  return html`<table class="jobs"><caption>Jobs of kue</caption>
<thead><tr><th scope="col">Job</th><th scope="col">Type and data</th><th scope="col">State</th></tr></thead>
<tbody>${jobs.slice(0, mostRows).map(jobRow)}</tbody></table>${more(jobs.length)}`;
}

function jobRow({ id, type, data, state, progress, error }: Job): Markup {
  const details =
    data === undefined
      ? undefined
      : html`<br><code class="data">${text(JSON.stringify(data))}</code>`;
  const why = error === undefined ? undefined : html`<br><span class="why">${text(error)}</span>`;
  const known = state === 'complete' || state === 'failed' ? state : 'open';
  const how = progress === undefined ? undefined : html`<br>${progress}%`;
  return html`<tr><th scope="row">${id}</th><td><code>${text(type)}</code>${details}${why}</td><td><span class="state ${known}">${state ?? 'not saved whole'}</span>${how}</td></tr>`;
}

function keyTable(entries: readonly KeyEntry[]): Markup | undefined {
  if (entries.length === 0) return undefined;
  const sorted = [...entries].sort((one, other) => one.type.localeCompare(other.type));
  return html`<table class="kept"><caption>Keys</caption>
<thead><tr><th scope="col">Key</th><th scope="col">Type</th><th scope="col">Value</th></tr></thead>
<tbody>${sorted.slice(0, mostRows).map(keyRow)}</tbody></table>${more(entries.length)}`;
}

function keyRow({ key, type, value }: KeyEntry): Markup {
  return html`<tr><th scope="row"><code>${text(key)}</code></th><td>${type}</td><td>${held(value)}</td></tr>`;
}

function held(value: KeyEntry['value']): Markup {
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

function bookLine(books: readonly KeyEntry[]): Markup | undefined {
  if (books.length === 0) return undefined;
  const names = books.slice(0, mostRows).map(({ key }) => html` <code>${text(key)}</code>`);
  return html`<p class="remark">kue keeps its books in ${books.length} more:${names}</p>`;
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

import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { endsOf, lanesAmong, whoDoes } from '../../../report/html/lane-order';
import { Shown } from '../verdict/shown';
import type { Row } from './run-log';

export interface EventTableProps {
  rows: readonly Row[];
  /** How many of them are there at the moment that is shown. */
  count: number;
  /** From when on times are counted. */
  start: number;
}

/** The same events as a table, a page at a time: to be read aloud, searched and copied. */
export function EventTable({ rows, count, start }: EventTableProps): JSX.Element {
  const isOpen = useSignal(false);
  return (
    <details
      onToggle={({ currentTarget }) => {
        isOpen.value = currentTarget.open;
      }}
    >
      <summary>
        <b>As a table</b> <span>{count === 1 ? 'one event' : `${count} events`}</span>
      </summary>
      {isOpen.value ? <Pages rows={rows.slice(0, count)} start={start} /> : null}
    </details>
  );
}

const onPage = 100;

function Pages({ rows, start }: Omit<EventTableProps, 'count'>): JSX.Element {
  const page = useSignal(0);
  const pages = Math.max(1, Math.ceil(rows.length / onPage));
  const shown = Math.min(page.value, pages - 1);
  const lanes = lanesAmong(rows);
  const turn = (by: number) => () => {
    page.value = shown + by;
  };
  return (
    <>
      <div class="wide">
        <table class="wire-table">
          <caption>
            Events {shown * onPage + 1} to {Math.min(rows.length, (shown + 1) * onPage)} of{' '}
            {rows.length}
          </caption>
          <thead>
            <tr>
              <th scope="col">ms</th>
              <th scope="col">Who</th>
              <th scope="col">What</th>
              <th scope="col">Answer</th>
            </tr>
          </thead>
          <tbody>
            {rows.slice(shown * onPage, (shown + 1) * onPage).map((row) => (
              <tr key={row.id}>
                <td>{Math.round(row.at - start)}</td>
                <td>
                  <Shown text={whoDoes(row, endsOf(row, lanes), lanes)} />
                </td>
                <td>
                  <code>
                    <Shown text={row.text} />
                  </code>
                </td>
                <td>
                  <code>
                    <Shown text={row.waits ? '(waits)' : (row.reply ?? '')} />
                  </code>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {pages > 1 ? (
        <p class="actions">
          <button type="button" disabled={shown === 0} onClick={turn(-1)}>
            Earlier
          </button>
          <button type="button" disabled={shown === pages - 1} onClick={turn(1)}>
            Later
          </button>
        </p>
      ) : null}
    </>
  );
}

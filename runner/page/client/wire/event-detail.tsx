import type { JSX } from 'preact';
import { endsOf, lanesAmong, whoDoes } from '../../../report/html/lane-order';
import { Shown } from '../verdict/shown';
import type { Row } from './run-log';
import { chosen, follow, followed, pointed } from './shown-moment';

export interface EventDetailProps {
  rows: readonly Row[];
  /** From when on times are counted. */
  start: number;
}

/** The whole of the event under the pointer, or of the one that the keyboard stands on. */
export function EventDetail({ rows, start }: EventDetailProps): JSX.Element {
  const wanted = pointed.value ?? chosen.value;
  const row = wanted === undefined ? undefined : rows.find(({ id }) => id === wanted);
  return (
    <section class="wire-detail" aria-label="The event">
      {row ? (
        <Whole row={row} rows={rows} start={start} />
      ) : (
        <p class="remark">
          Point at an event to see the whole of it; click on it to follow what it is about.
        </p>
      )}
      {followed.value === undefined ? null : <Following rows={rows} subject={followed.value} />}
    </section>
  );
}

function Whole({ row, rows, start }: EventDetailProps & { row: Row }): JSX.Element {
  const { at, text, reply, wholeReply, repliedAt, bytes, connection, about } = row;
  const lanes = lanesAmong(rows);
  const answer = wholeReply ?? reply;
  return (
    <>
      <p class="facts">
        {tenths(at - start)} ms · <Shown text={whoDoes(row, endsOf(row, lanes), lanes)} /> · {bytes}{' '}
        bytes
        {connection === undefined ? null : ` · connection ${connection}`}
        {repliedAt === undefined ? null : ` · answered after ${tenths(repliedAt - at)} ms`}
      </p>
      <pre>
        <code>
          <Shown text={text} />
        </code>
      </pre>
      {answer === undefined ? null : (
        <pre class="wire-answer">
          <code>
            <Shown text={answer} />
          </code>
        </pre>
      )}
      {about.length > 0 ? (
        <p class="wire-subjects">
          <span>Follow</span>
          {about.slice(0, mostSubjects).map((subject) => (
            <button
              key={subject}
              type="button"
              aria-pressed={followed.value === subject}
              onClick={() => follow(subject)}
            >
              <Shown text={subject} />
            </button>
          ))}
        </p>
      ) : null}
    </>
  );
}

function tenths(ms: number): number {
  return Math.round(ms * 10) / 10;
}

function Following({ rows, subject }: { rows: readonly Row[]; subject: string }): JSX.Element {
  const count = rows.filter(({ about }) => about.includes(subject)).length;
  return (
    <p class="wire-following" role="status">
      <Shown text={`Following ${subject}: ${count} of ${rows.length} events.`} />{' '}
      <button type="button" onClick={() => follow(subject)}>
        Show all alike
      </button>
    </p>
  );
}

/** A script of a queue library takes more keys than anybody wants to follow. */
const mostSubjects = 12;

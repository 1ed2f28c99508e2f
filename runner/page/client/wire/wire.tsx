import type { JSX } from 'preact';
import type { LessonVerdict } from '../../protocol';
import type { ShownRun } from '../store/run';

export interface WireProps {
  /** What was seen so far; a new object whenever events were added, whose arrays grow in place. */
  run: ShownRun;
  /** The verdict of that check, once it is there: a finding's file and line say where its fault is. */
  verdict: LessonVerdict | undefined;
}

/** The programs of a check and its Redis, as lanes: what was sent, answered, told and printed. */
export function Wire({ run }: WireProps): JSX.Element | null {
  const count = run.parts.reduce((sum, { events }) => sum + events.length, 0);
  if (count === 0) return null;
  return (
    <details class="wire">
      <summary>
        <b>Timeline</b> <span>what was sent, answered and printed</span>
      </summary>
      {run.parts.map(({ file, events }) => (
        <table key={file}>
          <caption>{file}</caption>
          <thead>
            <tr>
              <th scope="col">ms</th>
              <th scope="col">program</th>
              <th scope="col">what</th>
            </tr>
          </thead>
          <tbody>
            {events
              .filter(({ housekeeping }) => !housekeeping)
              .slice(0, 300)
              .map(({ id, at, program, kind, text }) => (
                <tr key={id}>
                  <td>{Math.round(at)}</td>
                  <td>{program}</td>
                  <td>
                    {kind} <code>{text}</code>
                  </td>
                </tr>
              ))}
          </tbody>
        </table>
      ))}
    </details>
  );
}

import type { JSX } from 'preact';
import type { LessonVerdict, ShownPart } from '../../protocol';
import { Difference } from './difference';
import { Shown } from './shown';

export interface VerdictProps {
  verdict: LessonVerdict;
  /** The text that it is of was changed since. */
  isOld: boolean;
}

/** A verdict in full: what is wrong, expected and seen, and the next step, file by file. */
export function Verdict({ verdict, isOld }: VerdictProps): JSX.Element {
  const { outcome, mark, error, parts, advice, ms } = verdict;
  return (
    <div class={`verdict ${outcome}`}>
      <p class="outcome">
        <span class={`badge ${outcome === 'none' ? 'failed' : outcome}`}>
          <span aria-hidden="true">{mark} </span>
          {outcome === 'none' ? 'not checked' : outcome}
        </span>
        {outcome === 'none' ? null : (
          <span class="facts">
            {isOld ? ' of the text before it was saved' : ` checked in ${seconds(ms)}`}
          </span>
        )}
      </p>
      {error ? (
        <div class="told">
          <p class="wrong">
            <Shown text={error.message} />
          </p>
          <p class="next">
            <strong>Next step</strong> <Shown text={error.next} />
          </p>
        </div>
      ) : null}
      {parts
        .filter(({ finding }) => finding)
        .map((part) => (
          <Part key={part.file} part={part} />
        ))}
      {advice.map((text) => (
        <p class="advice" key={text}>
          <strong>Advice</strong> <Shown text={text} />
        </p>
      ))}
      {parts
        .filter(({ output }) => output.length > 0)
        .map((part) => (
          <Output key={part.file} part={part} several={parts.length > 1} />
        ))}
    </div>
  );
}

function Part({ part }: { part: ShownPart }): JSX.Element | null {
  const { finding, file, outcome } = part;
  if (!finding) return null;
  const { name, message, next, expected, seen, line } = finding;
  return (
    <div class={outcome}>
      <div class="told">
        <p class="wrong">
          <strong>{name}</strong> <Shown text={message} />{' '}
          <span class="place">
            {file}
            {line === undefined ? null : `, line ${line}`}
          </span>
        </p>
        {expected !== undefined && expected !== seen ? (
          <Difference expected={expected} seen={seen ?? ''} />
        ) : null}
        <p class="next">
          <strong>Next step</strong> <Shown text={next} />
        </p>
      </div>
    </div>
  );
}

function Output({ part, several }: { part: ShownPart; several: boolean }): JSX.Element {
  let printer: string | undefined;
  return (
    <details>
      <summary>
        <b>Output</b>{' '}
        <span>{several ? `what ${part.file} printed` : 'what the programs printed'}</span>
      </summary>
      <pre class="voice">
        <samp>
          {part.output.map(({ program, stream, text }, at) => {
            const named = program !== printer;
            printer = program;
            return (
              <span key={at}>
                {named ? <span class="speaker">{`${program}\n`}</span> : null}
                <span class={stream === 'stderr' ? 'errors' : 'output'}>
                  {stream === 'stderr' ? <span class="for-ears">on standard error: </span> : null}
                  <Shown text={`${text}\n`} />
                </span>
              </span>
            );
          })}
          {part.omitted > 0 ? <span class="skipped">{`${part.omitted} lines more\n`}</span> : null}
        </samp>
      </pre>
    </details>
  );
}

function seconds(ms: number): string {
  return ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`;
}

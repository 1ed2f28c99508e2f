import type { JSX } from 'preact';
import type { ServerAnswer, ServerAnswers } from '../../protocol';
import { Lines } from '../cells/lines';

/** What a server answered: how many got what. */
export function Answers({
  answers: { answers, omitted },
}: {
  answers: ServerAnswers;
}): JSX.Element {
  const total = answers.reduce((sum, { count }) => sum + count, 0);
  return (
    <div class="answers">
      {answers.map((answer) => (
        <Answer key={`${answer.status} ${answer.body}`} answer={answer} total={total} />
      ))}
      {omitted > 0 ? <p class="remark">{omitted} more kinds of answer are not shown.</p> : null}
    </div>
  );
}

function Answer({ answer, total }: { answer: ServerAnswer; total: number }): JSX.Element {
  const { count, status, headers, body } = answer;
  const isWell = status !== undefined && status < 400;
  return (
    <div class={isWell ? 'answer' : 'answer failed'}>
      <p>
        {total > 1 ? (
          <>
            <b>{count}</b> × <meter min={0} max={total} value={count} aria-label="share" />{' '}
          </>
        ) : null}
        <b>{status ?? 'no answer'}</b>
      </p>
      <pre>
        <Lines text={body} />
      </pre>
      {headers.length > 0 ? (
        <details>
          <summary>Headers</summary>
          <pre>
            <Lines text={headers.map(([name, value]) => `${name}: ${value}`).join('\n')} />
          </pre>
        </details>
      ) : null}
    </div>
  );
}

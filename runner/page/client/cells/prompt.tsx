import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { LeftKey, LessonName, WireEvent } from '../../protocol';
import { ask, pathOf } from '../store/server';
import { attempt } from '../store/workbook';
import { Lines } from './lines';
import { Keys } from './outcome';
import { PromptHistory } from './prompt-history';
import { begin, isGoing, type ShownRun, stop } from './runs';

const prompts = new Map<string, { run: ShownRun | undefined; history: PromptHistory }>();

/** A prompt at the Redis that a lesson's cells and its server share. */
export function Prompt({ lesson }: { lesson: LessonName }): JSX.Element {
  const name = `${lesson.course}/${lesson.id}`;
  const kept = prompts.get(name) ?? { run: undefined, history: new PromptHistory() };
  prompts.set(name, kept);
  const run = useSignal(kept.run);
  const line = useSignal('');
  const keys = useSignal<LeftKey[] | undefined>(undefined);
  const now = run.value?.value;
  const isBusy = now?.status.state === 'runs';
  const screen = useRef<HTMLPreElement>(null);

  useEffect(() => {
    if (screen.current) screen.current.scrollTop = screen.current.scrollHeight;
  }, [now]);

  const enter = () => {
    const text = line.value;
    if (text.trim() === '' || isBusy) return;
    kept.history.add(text);
    line.value = '';
    const send = (name: string) => ask('POST', `${pathOf(lesson)}/prompt`, { run: name, text });
    if (isGoing(run.value)) {
      void attempt(() => send(run.value?.value.run ?? ''));
      return;
    }
    run.value = begin(send, run.value);
    kept.run = run.value;
  };
  const look = () =>
    void attempt(async () => {
      keys.value = await ask<LeftKey[]>('GET', `${pathOf(lesson)}/redis`);
    });
  const empty = () =>
    void attempt(async () => {
      await ask('POST', `${pathOf(lesson)}/redis/clear`, {});
      keys.value = [];
    });

  return (
    <section class="prompt" aria-labelledby="prompt-title">
      <h2 id="prompt-title">The Redis of this page</h2>
      <p>
        All that runs here shares one Redis, which is there for this lesson alone. Type commands,
        such as <code>KEYS *</code>.
      </p>
      {now && now.events.length > 0 ? (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must scroll by keyboard too.
        <pre class="screen" ref={screen} role="log" aria-label="Redis" tabIndex={0}>
          {now.events.slice(-mostLines).map(({ id, kind, text }) => (
            <span key={id} class={lineClasses[kind]}>
              <Lines text={text} />
            </span>
          ))}
        </pre>
      ) : null}
      <form
        onSubmit={(event) => {
          event.preventDefault();
          enter();
        }}
      >
        <label for="prompt-line">{now?.status.prompt ?? '127.0.0.1:6379> '}</label>
        <input
          id="prompt-line"
          type="text"
          autocomplete="off"
          autocapitalize="off"
          spellcheck={false}
          value={line.value}
          onInput={({ currentTarget }) => {
            line.value = currentTarget.value;
          }}
          onKeyDown={(event) => {
            const other = kept.history.at(event.key, line.value);
            if (other === undefined) return;
            event.preventDefault();
            line.value = other;
          }}
        />
        {isBusy && run.value ? (
          <button type="button" onClick={() => run.value && void stop(run.value)}>
            Stop
          </button>
        ) : (
          <button type="submit">Enter</button>
        )}
      </form>
      <div class="tools">
        <button type="button" onClick={look}>
          Show its keys
        </button>
        <button type="button" onClick={empty}>
          Empty it
        </button>
        <p class="state" role="status">
          {now?.status.state === 'ended' ? now.status.words : ''}
          {keys.value?.length === 0 ? 'It holds no keys.' : ''}
        </p>
      </div>
      {keys.value && keys.value.length > 0 ? <Keys keys={keys.value} title="In Redis" /> : null}
    </section>
  );
}

const mostLines = 400;

const lineClasses: Partial<Record<WireEvent['kind'], string>> = {
  command: 'entered',
  errors: 'refused',
};

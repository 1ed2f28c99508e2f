import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import type { Hint, LessonName } from '../../protocol';
import { Text } from '../lesson/text';
import { server } from '../store/server';
import { attempt } from '../store/workbook';

/** Hints, one after another as they are asked for, from a nudge to the answer. */
export function Hints({ lesson }: { lesson: LessonName }): JSX.Element {
  const given = useSignal<Hint[]>([]);
  const last = given.value.at(-1);
  const ask = () =>
    void attempt(async () => {
      const hint = await server.hint(lesson);
      // After the last one it is that one again.
      const before = given.value.filter(({ place }) => place !== hint.place);
      given.value = [...before, hint];
    });
  return (
    <section class="hints" aria-label="Hints">
      <div role="log">
        {given.value.map((hint) => (
          <article key={hint.place} class="hint" aria-labelledby={`hint-${hint.place}`}>
            <h3 id={`hint-${hint.place}`}>{`hint ${hint.place} of ${hint.of}`}</h3>
            <Text nodes={hint.text} />
          </article>
        ))}
      </div>
      {last && last.place === last.of ? null : (
        <button type="button" onClick={ask}>
          {last ? 'The next hint' : 'A hint'}
        </button>
      )}
    </section>
  );
}

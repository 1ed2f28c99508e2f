import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import type { Comparison, OpenedLesson } from '../../protocol';
import { Beside } from '../editor/beside';
import { Text } from '../lesson/text';
import { server } from '../store/server';
import { attempt } from '../store/workbook';

/** The workbook's versions beside the learner's: after a pass, or when it is said to be meant. */
export function Solution({ lesson }: { lesson: OpenedLesson }): JSX.Element {
  const asked = useSignal<{ further: boolean } | undefined>(undefined);
  const shown = useSignal<Comparison[]>([]);
  const show = (further: boolean, confirmed: boolean) => {
    if (!confirmed && !lesson.solutionOpen) {
      asked.value = { further };
      return;
    }
    asked.value = undefined;
    void attempt(async () => {
      shown.value = await server.comparison(lesson, { further, confirmed });
    });
  };
  const hide = () => {
    asked.value = undefined;
    shown.value = [];
  };
  return (
    <section class="solution" aria-label="The worked version">
      <p class="actions">
        <button type="button" onClick={() => show(false, false)}>
          The worked version
        </button>
        {lesson.hasFurther ? (
          <button type="button" onClick={() => show(true, false)}>
            What goes further
          </button>
        ) : null}
        {shown.value.length > 0 ? (
          <button type="button" onClick={hide}>
            Hide it
          </button>
        ) : null}
      </p>
      {asked.value ? (
        <p class="question" role="alert">
          You have not passed yet. See the answer?{' '}
          <button type="button" onClick={() => show(asked.value?.further ?? false, true)}>
            Yes, show it
          </button>{' '}
          <button type="button" onClick={hide}>
            No
          </button>
        </p>
      ) : null}
      {shown.value.map((one) => (
        <Compared key={`${one.title} ${one.name}`} comparison={one} />
      ))}
    </section>
  );
}

function Compared({ comparison }: { comparison: Comparison }): JSX.Element {
  const { label, title, mine, other, remark } = comparison;
  if (remark) return <Text nodes={remark} />;
  return (
    <figure class="beside">
      <figcaption>
        <b>{label}</b> {mine === undefined ? title : `yours, and ${title}`}
      </figcaption>
      <Beside
        {...(mine === undefined ? {} : { mine: { label: `yours: ${label}`, text: mine } })}
        other={{ label: `${title}: ${label}`, text: other }}
      />
    </figure>
  );
}

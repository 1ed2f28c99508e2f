import { signal, useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import type { LessonName, ServerAnswers } from '../../protocol';
import { Outcome } from '../cells/outcome';
import { begin, isGoing, type ShownRun, sentenceOf, stop } from '../cells/runs';
import { listen } from '../store/connection';
import { ask, pathOf } from '../store/server';
import { Answers } from './answers';

export interface RoutesProps {
  lesson: LessonName;
  /** Paths that the lesson's server answers, such as `/list`; none where it is no server. */
  paths: string[];
}

/** A button for each route of the lesson's server, and what came back; nothing where it is none. */
export function Routes({ lesson, paths }: RoutesProps): JSX.Element | null {
  if (paths.length === 0) return null;
  return <ServerPanel key={`${lesson.course}/${lesson.id}`} lesson={lesson} paths={paths} />;
}

const servers = new Map<string, ShownRun>();

/** Lessons whose files were saved since their server was started. */
const changed = signal<ReadonlySet<string>>(new Set());
listen((event) => {
  if (event.kind === 'file') changed.value = new Set([...changed.peek(), nameOf(event.lesson)]);
});

function nameOf({ course, id }: LessonName): string {
  return `${course}/${id}`;
}

function ServerPanel({ lesson: { course, id }, paths }: RoutesProps): JSX.Element {
  const name = nameOf({ course, id });
  const run = useSignal(servers.get(name));
  const crowd = useSignal(100);
  const isOn = isGoing(run.value);
  const status = run.value?.value.status;

  const start = () => {
    const where = `${pathOf({ course, id })}/server`;
    const shown = begin((run) => ask('POST', where, { run }), run.peek());
    servers.set(name, shown);
    changed.value = new Set([...changed.peek()].filter((one) => one !== name));
    run.value = shown;
  };

  return (
    <section class="routes" aria-labelledby="routes-title">
      <h2 id="routes-title">Your server</h2>
      <div class="tools">
        {isOn && run.value ? (
          <>
            <button type="button" onClick={() => run.value && void stop(run.value)}>
              Stop it
            </button>
            <button type="button" onClick={() => run.value && void stop(run.value).then(start)}>
              Start it again
            </button>
          </>
        ) : (
          <button type="button" onClick={start}>
            Start it
          </button>
        )}
        <p class="state" role="status">
          {status ? statusWords(status) : 'It runs here, on the Redis of this page.'}{' '}
          {isOn && changed.value.has(name)
            ? 'Your file was saved since: start it again to ask the new one.'
            : null}
        </p>
      </div>
      <p class="crowd">
        <label for="crowd">How many come at once</label>
        <input
          id="crowd"
          type="number"
          min={2}
          max={1000}
          value={crowd.value}
          onInput={({ currentTarget }) => {
            crowd.value = Math.min(1000, Math.max(2, Math.trunc(currentTarget.valueAsNumber) || 2));
          }}
        />
      </p>
      {paths.map((path) => (
        <Route key={path} path={path} run={isOn ? run.value : undefined} crowd={crowd.value} />
      ))}
      {run.value ? <Outcome run={run.value.value} /> : null}
    </section>
  );
}

function statusWords({
  state,
  words,
  port,
}: {
  state: string;
  words: string;
  port?: number;
}): string {
  if (state === 'ended') return words;
  return port === undefined
    ? 'It runs, and listens nowhere yet.'
    : `It listens, as on port ${port}.`;
}

function Route({
  path,
  run,
  crowd,
}: {
  path: string;
  run: ShownRun | undefined;
  crowd: number;
}): JSX.Element {
  const asked = useSignal(path);
  const answers = useSignal<ServerAnswers | undefined>(undefined);
  const words = useSignal('');
  const isAsking = useSignal(false);
  const send = async (times: number) => {
    isAsking.value = true;
    words.value = 'Asks …';
    try {
      const where = `/runs/${run?.peek().run}/ask`;
      answers.value = await ask<ServerAnswers>('POST', where, { path: asked.value, times });
      words.value = `${times === 1 ? 'An answer' : `${times} answers`} in ${Math.round(answers.value.ms)} ms.`;
    } catch (error) {
      answers.value = undefined;
      words.value = sentenceOf(error);
    }
    isAsking.value = false;
  };
  const isOff = run === undefined || isAsking.value;
  return (
    <form
      class="route"
      aria-label={path}
      onSubmit={(event) => {
        event.preventDefault();
        if (!isOff) void send(1);
      }}
    >
      <label>
        <span>GET</span>
        <span class="for-ears"> path</span>
        <input
          type="text"
          spellcheck={false}
          value={asked.value}
          onInput={({ currentTarget }) => {
            asked.value = currentTarget.value;
          }}
        />
      </label>
      <button type="submit" disabled={isOff}>
        Ask<span class="for-ears"> {asked.value}</span>
      </button>
      <button type="button" disabled={isOff} onClick={() => void send(crowd)}>
        {crowd} at once<span class="for-ears"> ask {asked.value}</span>
      </button>
      <p class="state" role="status">
        {words.value}
      </p>
      {answers.value ? <Answers answers={answers.value} /> : null}
    </form>
  );
}

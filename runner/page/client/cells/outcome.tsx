import type { JSX } from 'preact';
import type { CellRun, LeftKey, WireEvent } from '../../protocol';
import { Shown } from '../verdict/shown';

/** What came of something that was started: what it printed, sent and heard, and the keys that it left. */
export function Outcome({ run: { events, keys } }: { run: CellRun }): JSX.Element | null {
  const shown = events.filter(({ housekeeping, kind }) => !housekeeping && kind !== 'reply');
  const replies = new Map(
    events.flatMap((event) => (event.of === undefined ? [] : [[event.of, event]])),
  );
  const hidden = events.filter(
    ({ housekeeping, kind }) => housekeeping && kind === 'command',
  ).length;
  const rows = shown.slice(-mostRows);
  if (rows.length === 0 && keys.length === 0) return null;
  return (
    <div class="outcome">
      {shown.length > rows.length ? (
        <p class="remark">{shown.length - rows.length} lines before these are not shown.</p>
      ) : null}
      {rows.length > 0 ? (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must scroll by keyboard too.
        <ol class="seen" aria-label="What was seen" tabIndex={0}>
          {rows.map((event) => (
            <Row key={event.id} event={event} reply={replies.get(event.id)} />
          ))}
        </ol>
      ) : null}
      {hidden > 0 ? (
        <p class="remark">
          {hidden === 1 ? '1 command' : `${hidden} commands`} with which libraries keep their books:
          left out.
        </p>
      ) : null}
      {keys.length > 0 ? <Keys keys={keys} title="Changed in Redis" /> : null}
    </div>
  );
}

/** What a page still draws at once. */
const mostRows = 300;

function Row({ event, reply }: { event: WireEvent; reply: WireEvent | undefined }): JSX.Element {
  const { kind, text } = event;
  return (
    <li class={kind}>
      <span class="for-ears">{spoken[kind]} </span>
      <span>
        <Shown text={text} />
      </span>
      {reply ? (
        <span class="answer">
          <span class="for-ears"> replied </span>
          <span aria-hidden="true"> → </span>
          <Shown text={reply.text} />
        </span>
      ) : null}
    </li>
  );
}

const spoken: Record<WireEvent['kind'], string> = {
  command: 'sent',
  reply: 'replied',
  message: 'heard',
  output: 'printed',
  errors: 'printed as an error',
  http: 'asked',
};

/** Keys with what they hold. */
export function Keys({ keys, title }: { keys: LeftKey[]; title: string }): JSX.Element {
  return (
    <div class="wide">
      <table class="kept">
        <caption>{title}</caption>
        <thead>
          <tr>
            <th scope="col">key</th>
            <th scope="col">type</th>
            <th scope="col">value</th>
          </tr>
        </thead>
        <tbody>
          {keys.map(({ key, type, value }) => (
            <tr key={key}>
              <th scope="row">
                <code>
                  <Shown text={key} />
                </code>
              </th>
              <td>{type}</td>
              <td>
                <Value value={value} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Value({ value }: Pick<LeftKey, 'value'>): JSX.Element {
  if (typeof value === 'string') return <Member text={value} />;
  if (Array.isArray(value)) {
    // They have no names but their places.
    const members = value.map((text, place) => ({ text, place: String(place) }));
    return (
      <ol>
        {members.map(({ text, place }) => (
          <li key={place}>
            <Member text={text} />
          </li>
        ))}
      </ol>
    );
  }
  return (
    <dl>
      {Object.entries(value).flatMap(([name, text]) => [
        <dt key={`${name} is`}>
          <Member text={name} />
        </dt>,
        <dd key={name}>
          <Member text={text} />
        </dd>,
      ])}
    </dl>
  );
}

function Member({ text }: { text: string }): JSX.Element {
  return (
    <code>
      <Shown text={text} />
    </code>
  );
}

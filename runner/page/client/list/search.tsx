import { signal } from '@preact/signals';
import type { JSX } from 'preact';
import type { Match } from '../../protocol';
import { server } from '../store/server';
import { attempt, linkTo } from '../store/workbook';

const words = signal('');
const found = signal<Match[] | undefined>(undefined);

/** Looks for words in the titles and texts of all lessons while they are typed. */
export function Search(): JSX.Element {
  return (
    <search>
      <form onSubmit={(event) => event.preventDefault()}>
        <label for="search">Search</label>
        <input
          id="search"
          type="search"
          autocomplete="off"
          value={words.value}
          onInput={({ currentTarget }) => void look(currentTarget.value)}
        />
      </form>
      <p class="for-ears" role="status">
        {found.value ? `${found.value.length} lessons found` : ''}
      </p>
      {found.value ? <Matches matches={found.value} /> : null}
    </search>
  );
}

async function look(typed: string): Promise<void> {
  words.value = typed;
  if (typed.trim() === '') {
    found.value = undefined;
    return;
  }
  await attempt(async () => {
    const matches = await server.search(typed);
    // Answers may come in another order than the questions.
    if (words.value === typed) found.value = matches;
  });
}

function Matches({ matches }: { matches: Match[] }): JSX.Element {
  if (matches.length === 0) return <p class="remark">No lesson has these words.</p>;
  return (
    <ul class="matches">
      {matches.map((match) => (
        <li key={`${match.course}/${match.id}`}>
          <a href={linkTo(match)}>
            {match.number} {match.title}
          </a>
          {match.excerpt === undefined ? null : <p>{match.excerpt}</p>}
        </li>
      ))}
    </ul>
  );
}

import { wireEvidence } from '../../grading/evidence';
import { isBlocking } from '../../redis/protocol/blocking-commands';
import { movesIn, toldOfJobs } from '../../report/queue-libraries';
import { answerText, isLeftOut, messageText, replyOf, sentText } from '../../report/timeline';
import type { Exchange, Journal, WireCommand, WireEntry } from '../../sandbox/tap/journal';
import type { WireEvent } from '../protocol';
import { keysOf, subjectsOf } from './subjects';

type Unnumbered = Omit<WireEvent, 'id' | 'of'> & { source?: object; answers?: object };

/** A journal as events for a page, taken piece by piece while it grows. */
export class WireLog {
  readonly #journal: Journal;
  /** By what they are of: commands and requests that were told of. */
  readonly #ids = new Map<object, number>();
  readonly #unanswered = new Set<WireCommand | Exchange>();
  #count = 0;
  #wire = 0;
  #output = 0;
  #exchanges = 0;

  constructor(journal: Journal) {
    this.#journal = journal;
  }

  /** What came since it was asked last, by its time. */
  take(): WireEvent[] {
    if (this.#count >= mostEvents) return [];
    const fresh = [...this.#sent(), ...this.#printed(), ...this.#asked(), ...this.#answers()];
    fresh.sort((one, other) => one.at - other.at);
    return fresh.slice(0, mostEvents - this.#count).map((one) => this.#numbered(one));
  }

  #numbered({ source, answers, ...event }: Unnumbered): WireEvent {
    const id = this.#count;
    this.#count += 1;
    if (source) this.#ids.set(source, id);
    const of = answers && this.#ids.get(answers);
    return { id, ...event, ...(of === undefined ? {} : { of }) };
  }

  #sent(): Unnumbered[] {
    const { wire } = this.#journal;
    const fresh = wire.slice(this.#wire);
    this.#wire = wire.length;
    for (const one of fresh) if (one.kind === 'command') this.#unanswered.add(one);
    return fresh.map(sentEvent);
  }

  #printed(): Unnumbered[] {
    const { output } = this.#journal;
    const fresh = output.slice(this.#output);
    this.#output = output.length;
    return fresh.map(({ program, at, stream, text }) => ({
      at,
      program,
      kind: stream === 'stderr' ? 'errors' : 'output',
      text: cut(text),
      bytes: Buffer.byteLength(text),
    }));
  }

  #asked(): Unnumbered[] {
    const { exchanges } = this.#journal;
    const fresh = exchanges.slice(this.#exchanges);
    this.#exchanges = exchanges.length;
    for (const one of fresh) this.#unanswered.add(one);
    return fresh.map((exchange) => ({
      at: exchange.at,
      program: exchange.program,
      kind: 'http',
      text: exchange.request,
      bytes: Buffer.byteLength(exchange.request),
      source: exchange,
    }));
  }

  #answers(): Unnumbered[] {
    return [...this.#unanswered].flatMap((one): Unnumbered[] => {
      const answer = 'request' in one ? httpAnswer(one, this.#journal.now()) : replyEvent(one);
      if (!answer) return [];
      this.#unanswered.delete(one);
      return [{ ...answer, answers: one }];
    });
  }
}

/** What a page can draw; a program that sends more has been seen through by then. */
const mostEvents = 20_000;

function sentEvent(entry: WireEntry): Unnumbered {
  const { program, connection, at } = entry;
  const evidence = wireEvidence(entry);
  if (entry.kind === 'push') {
    const whole = evidence.reply ?? '';
    const text = messageText(evidence.reply);
    const bytes = Buffer.byteLength(whole);
    return {
      at,
      program,
      connection,
      kind: 'message',
      text: cut(text),
      bytes,
      whole: cut(whole),
      ...subjectsOf(evidence),
    };
  }
  const { reply: _, ...sent } = evidence;
  return {
    at,
    program,
    connection,
    kind: 'command',
    text: cut(sentText(entry.words)),
    bytes: entry.words.reduce((sum, word) => sum + Buffer.byteLength(word), 0),
    words: entry.words.slice(0, mostWords).map(cut),
    // Whether it tells of jobs is seen by its reply, which has an event of its own.
    ...(isLeftOut(sent) ? { housekeeping: true as const } : {}),
    ...(isBlocking(entry.words) ? { waitsFor: keysOf(entry.words) } : {}),
    ...subjectsOf(sent),
    source: entry,
  };
}

function replyEvent(entry: WireCommand): Unnumbered | undefined {
  const { program, connection, words, repliedAt } = entry;
  const evidence = wireEvidence(entry);
  if (evidence.reply === undefined || repliedAt === undefined) return undefined;
  const tells = toldOfJobs(evidence);
  const moves = movesIn(evidence);
  const waited = isBlocking(words);
  const text = waited ? answerText(evidence.reply) : replyOf(words, evidence.reply);
  return {
    at: repliedAt,
    program,
    connection,
    kind: 'reply',
    text: cut(text),
    bytes: Buffer.byteLength(evidence.reply),
    ...(text === evidence.reply ? {} : { whole: cut(evidence.reply) }),
    ...(tells.length > 0 ? { tells: [...tells] } : {}),
    ...(isLeftOut(evidence) ? { housekeeping: true as const } : {}),
    ...(moves.length > 0 ? { moves: [...moves] } : {}),
    ...subjectsOf(evidence),
  };
}

function httpAnswer({ program, status, body }: Exchange, at: number): Unnumbered | undefined {
  if (status === undefined) return undefined;
  const text = [status, body].filter((part) => part !== undefined).join('  ');
  return { at, program, kind: 'reply', text: cut(text), bytes: Buffer.byteLength(body ?? '') };
}

const mostWords = 64;

/** In letters. */
const longest = 4000;

function cut(text: string): string {
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}

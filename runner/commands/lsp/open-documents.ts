import path from 'node:path';
import type { Lesson } from '../../course/lesson';
import type { Session } from '../session';
import { lessonOfFile, pathOf } from './lesson-files';

/** A lesson's file that is open in the editor. */
export interface OpenDocument {
  /** As the editor writes it. */
  uri: string;
  /** The file's name. */
  name: string;
  lesson: Lesson;
}

/** The lessons' files that are open in the editor; of other files nothing is kept. */
export class OpenDocuments {
  readonly #session: Session;
  readonly #open = new Map<string, OpenDocument>();

  constructor(session: Session) {
    this.#session = session;
  }

  /** @returns nothing where it is no lesson's file */
  open(uri: string): OpenDocument | undefined {
    const file = pathOf(uri);
    const lesson = file === undefined ? undefined : lessonOfFile(this.#session, file);
    if (file === undefined || !lesson) return undefined;
    const document = { uri, name: path.basename(file), lesson };
    this.#open.set(uri, document);
    return document;
  }

  /** @returns what it was; nothing where it was no lesson's file */
  close(uri: string): OpenDocument | undefined {
    const document = this.#open.get(uri);
    this.#open.delete(uri);
    return document;
  }

  get(uri: string): OpenDocument | undefined {
    return this.#open.get(uri);
  }

  isOpen(lesson: Lesson): boolean {
    return this.of(lesson).length > 0;
  }

  of(lesson: Lesson): OpenDocument[] {
    return [...this.#open.values()].filter((one) => one.lesson === lesson);
  }

  /** The editor's own word for a file of a lesson; nothing where it is not open. */
  uriOf(lesson: Lesson, name: string): string | undefined {
    return this.of(lesson).find((one) => one.name === name)?.uri;
  }
}

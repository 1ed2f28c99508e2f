import fs from 'node:fs';
import {
  type KeepSettings,
  keyBytes,
  lengthDigits,
  type ProgramSettings,
  questionsDescriptor,
  type WarmSettings,
} from '../process/settings';
import type { Key } from '../process/sip-hash';

/*
 * What the runner sends before its first question, each read without a turn of the event loop. Like
 * the reports, it is read by what is held from before any code of the program's.
 */

const { readSync } = fs;
const { parse } = JSON;
const { setPrototypeOf } = Object;
const toText: (bytes: Buffer) => string = Function.prototype.call.bind(Buffer.prototype.toString);
const allocate = Buffer.alloc;

/**
 * The key of the reports, which comes first. It lies outside of JavaScript's heap, in what inherits
 * from nothing: neither a snapshot of the heap nor a search for objects in it shows the key.
 */
export function readKey(): Key {
  const words = new Uint32Array(new ArrayBuffer(keyBytes));
  readInto(words);
  setPrototypeOf(words.buffer, null);
  return setPrototypeOf(words, null);
}

/** The settings, or what is got by one that is started before it has any, or to write a package down. */
export function readSettings(): ProgramSettings | WarmSettings | KeepSettings {
  return readJson();
}

/** The settings of a program that has waited for them. */
export function readLateSettings(): ProgramSettings {
  return readJson();
}

function readJson() {
  const length = allocate(lengthDigits);
  readInto(length);
  const text = allocate(Number(toText(length)));
  readInto(text);
  return parse(toText(text));
}

function readInto(bytes: NodeJS.ArrayBufferView): void {
  const { byteLength } = bytes;
  for (let read = 0; read < byteLength; ) {
    const more = readSync(questionsDescriptor, bytes, read, byteLength - read, null);
    // The runner has gone, or needs it no more.
    if (more === 0) process.exit();
    read += more;
  }
}

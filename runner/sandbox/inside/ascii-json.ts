/*
 * JSON that no program can have a hand in: JSON.stringify itself looks for toJSON wherever an object
 * inherits from, and a program may put one there.
 */

const { isArray } = Array;
const { stringify } = JSON;
const codeAt: (text: string, at: number) => number = Function.prototype.call.bind(
  String.prototype.charCodeAt,
);
const slice: (text: string, from: number, to?: number) => string = Function.prototype.call.bind(
  String.prototype.slice,
);
const isOwn: (value: object, name: string) => boolean = Function.prototype.call.bind(
  Object.prototype.hasOwnProperty,
);

const digits = '0123456789abcdef';

/**
 * As JSON.stringify, of an object's own properties alone, and with every letter beyond ASCII escaped:
 * each character is one byte.
 */
export function asciiJson(value: unknown): string {
  if (typeof value !== 'object' || value === null) return ascii(stringify(value) ?? 'null');
  let text = '';
  if (isArray(value)) {
    for (let at = 0; at < value.length; at += 1) {
      text += (at === 0 ? '' : ',') + asciiJson(value[at]);
    }
    return `[${text}]`;
  }
  const own: Record<string, unknown> = value as Record<string, unknown>;
  for (const name in own) {
    if (!isOwn(own, name) || own[name] === undefined) continue;
    text += `${text === '' ? '' : ','}${ascii(stringify(name))}:${asciiJson(own[name])}`;
  }
  return `{${text}}`;
}

function ascii(text: string): string {
  let done = '';
  let start = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = codeAt(text, at);
    if (code < 0x7f) continue;
    done += slice(text, start, at);
    done += `\\u${digit(code, 12)}${digit(code, 8)}${digit(code, 4)}${digit(code, 0)}`;
    start = at + 1;
  }
  return start === 0 ? text : done + slice(text, start);
}

function digit(code: number, shift: number): string {
  return digits[(code >>> shift) & 15] ?? '';
}

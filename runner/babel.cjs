'use strict';
/*
 * What Babel says of a learner's file: the course runs its folder by Babel, so what Babel refuses
 * does not run, whatever another compiler makes of it. Plain JavaScript, as the compiler stands on it.
 */
const { repetitionIn } = require('./repetition.cjs');

/**
 * What Babel refuses: its name for the reason, its sentence, and the place, from line 1 and column 1.
 * @typedef {{ reason: string, message: string, line: number, column: number, name?: string }} Refusal
 */

/**
 * The first thing in a text that Babel refuses: its grammar, and all that is wrong before anything runs.
 * @param {string} file its ending decides how it is read
 * @param {string} source
 * @returns {Refusal | undefined}
 */
function refusalOf(file, source) {
  const { parse } = require('@babel/parser');
  const typed = isTyped(file);
  try {
    const { program } = parse(source, {
      sourceType: 'module',
      attachComment: false,
      plugins: typed ? ['typescript', 'decorators-legacy'] : [],
    });
    return typed ? repetitionIn(program.body) : undefined;
  } catch (error) {
    if (!(error instanceof SyntaxError) || !('loc' in error)) throw error;
    const { reasonCode, loc, message, details } = /** @type {ParseError} */ (error);
    const { identifierName, exportName, localName, reservedWord, keyword } = details ?? {};
    const name = identifierName ?? exportName ?? localName ?? reservedWord ?? keyword;
    return {
      reason: reasonCode,
      message: message.replace(/ \(\d+:\d+\)$/, ''),
      line: loc.line,
      column: loc.column + 1,
      ...(name === undefined ? {} : { name }),
    };
  }
}

/**
 * Whether a file is in TypeScript.
 * @param {string} file
 */
function isTyped(file) {
  return /\.[cm]?ts$/.test(file);
}

/**
 * @typedef {SyntaxError & {
 *   reasonCode: string,
 *   loc: { line: number, column: number },
 *   details?: Partial<
 *     Record<'identifierName' | 'exportName' | 'localName' | 'reservedWord' | 'keyword', string>
 *   >,
 * }} ParseError
 */

/** A text that Babel refuses; the message is the one that Babel itself prints. */
class BabelError extends SyntaxError {
  /**
   * @param {string} file
   * @param {string} source
   * @param {Refusal} refusal
   */
  constructor(file, source, { message, line, column }) {
    const text = source.split(/\r?\n/)[line - 1] ?? '';
    const margin = `> ${line} | `;
    super(
      `${file}: ${message} (${line}:${column - 1})\n\n${margin}${text}\n${' '.repeat(margin.length + column - 1)}^`,
    );
    this.name = 'SyntaxError';
  }
}

/**
 * Compiles a text as a course folder's Babel does; the source map names the file by its name alone.
 * @param {string} file absolute
 * @param {string} source
 * @param {import('./babel-config.cjs').Preset} preset
 * @returns {{ code: string, map: object }}
 * @throws SyntaxError where Babel refuses it, and Error where the targets are none
 */
function compileByBabel(file, source, preset) {
  const { transform } = require('@babel/standalone/babel.min.js');
  const { code, map } = transform(source, {
    filename: file,
    sourceType: 'module',
    presets: [['env', preset]],
    sourceMaps: true,
    compact: false,
  });
  return { code, map };
}

module.exports = { refusalOf, isTyped, compileByBabel, BabelError };

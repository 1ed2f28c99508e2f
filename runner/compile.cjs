'use strict';
/*
 * TypeScript (and ECMAScript modules in .js files) to CommonJS, kept by content.
 * The runner itself and the programs that it runs come through here. It is plain JavaScript
 * because nothing can compile it before it is there.
 */
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { BabelError, compileByBabel, isTyped, refusalOf } = require('./babel.cjs');
const { presetOf } = require('./babel-config.cjs');
const { remember, rememberFile } = require('./cache.cjs');
const { fixedImports } = require('./fixed-imports.cjs');

/**
 * Node's table of file endings: old, but the one way in for CommonJS on every Node we run on.
 * @type {Record<string, (module: NodeJS.Module, file: string) => void>}
 */
const loaders = /** @type {any} */ (require('node:module'))._extensions;

const root = path.dirname(__dirname);

const interop = path.join(__dirname, 'interop.cjs');

/** What the output depends on in addition to the source: part of each cache key. */
const recipe = `4 ${interop} ${require('typescript/package.json').version}`;

/** The same for a learner's file. */
const learnersRecipe = `3 ${recipe} ${require('@babel/parser/package.json').version}`;

/**
 * How a file's imports and its top level are meant: as Babel has them, or as Node has them in an
 * ECMAScript module.
 * @typedef {'babel' | 'module'} Kind
 * Who reads the files of a course of which neither name nor package.json says their kind.
 * @typedef {'babel' | 'node'} Reader
 * @typedef {import('typescript').TransformerFactory<import('typescript').SourceFile>} Transformer
 */

/**
 * Compiles one of the workbook's own files to CommonJS; the result is kept under the hash of its name
 * and text, wherever the file lies.
 * @param {string} file its path: the ending decides how it is read, errors name it
 * @param {string} source the file's text
 * @param {Kind} kind
 * @returns {string} JavaScript with an inline source map
 * @throws TSError where the text does not parse: file, line, column and what is wrong
 */
function compile(file, source, kind = 'babel') {
  return remember([recipe, kind, path.basename(file), source], () => make(file, source, kind));
}

/**
 * As {@link compile}, for a learner's file: as its own folder has it, and no less strict than Babel.
 * @param {string} file absolute
 * @param {string} source
 * @param {Reader} reader
 * @returns {string}
 * @throws TSError or BabelError where the text does not parse
 */
function compileLearners(file, source, reader) {
  const way = wayOf(file, reader);
  return remember(learnersInputs(file, source, way), () => makeLearners(file, source, way));
}

/**
 * As {@link compileLearners}, for a program that reads the result from its file.
 * @param {string} file absolute
 * @param {string} source
 * @param {Reader} reader
 * @returns {string} the result's file, absolute
 * @throws TSError or BabelError where the text does not parse, and the system's error where nothing
 * can be written
 */
function compileLearnersFile(file, source, reader) {
  const way = wayOf(file, reader);
  const inputs = learnersInputs(file, source, way);
  return rememberFile(inputs, '.js', () => makeLearners(file, source, way));
}

/**
 * How a learner's folder has its files compiled; without a kind the text decides.
 * @typedef {{ kind?: Kind | undefined, preset?: import('./babel-config.cjs').Preset | undefined }} Way
 */

/**
 * @param {string} file absolute
 * @param {Reader} reader
 * @returns {Way}
 */
function wayOf(file, reader) {
  const kind = kindByName(file) ?? (reader === 'babel' ? 'babel' : undefined);
  // The course's Babel reads no TypeScript, so that is compiled as TypeScript has it.
  if (kind === 'module' || isTyped(file)) return { kind };
  const preset = presetOf(file);
  return preset ? { kind: 'babel', preset } : { kind };
}

/**
 * @param {string} file
 * @param {string} source
 * @param {Way} way
 */
function learnersInputs(file, source, { kind, preset }) {
  const inputs = [learnersRecipe, kind ?? 'by its text', path.basename(file), source];
  if (!preset) return inputs;
  return [...inputs, JSON.stringify(preset), require('@babel/standalone/package.json').version];
}

/**
 * @param {string} file
 * @param {string} source
 * @param {Way} way
 */
function makeLearners(file, source, { kind, preset }) {
  if (preset) {
    const { code, map } = compileByBabel(file, source, preset);
    return withMap(code, map, file);
  }
  const known = kind ?? kindByText(file, source);
  const code = make(file, source, known, [fixedImports(known)]);
  const refusal = refusalOf(file, source);
  if (refusal) throw new BabelError(file, source, refusal);
  return code;
}

/**
 * @param {string} file
 * @param {string} source
 * @param {Kind} kind
 * @param {Transformer[]} [transformers] what is changed before
 */
function make(file, source, kind, transformers = []) {
  const before = kind === 'module' ? [importMeta, ...transformers] : transformers;
  const code = transpile(file, source, before);
  return kind === 'module' ? asModule(code, awaitsAtTop(file, source)) : code;
}

/**
 * @param {string} file
 * @param {string} source
 * @param {Transformer[]} before
 */
function transpile(file, source, before) {
  const ts = require('typescript');
  // Of .mjs and .mts TypeScript makes no CommonJS.
  const plainName = file.replace(/\.m([jt]s)$/, '.$1');
  const { outputText, sourceMapText, diagnostics } = ts.transpileModule(source, {
    fileName: plainName,
    reportDiagnostics: true,
    compilerOptions: {
      module: ts.ModuleKind.CommonJS,
      target: ts.ScriptTarget.ES2022,
      strict: true,
      esModuleInterop: true,
      allowJs: true,
      sourceMap: true,
      inlineSources: true,
    },
    transformers: { before },
  });
  if (diagnostics?.length) throw new TSError(diagnostics, plainName, file);
  const code = outputText.slice(0, outputText.lastIndexOf('//# sourceMappingURL='));
  return withMap(code, JSON.parse(sourceMapText ?? '{}'), file);
}

/**
 * The source map names the file by its name alone: Node finds it beside the code, and the result
 * serves for the same text in any folder.
 * @param {string} code
 * @param {object} map
 * @param {string} file
 */
function withMap(code, map, file) {
  const text = JSON.stringify({ ...map, file: undefined, sources: [path.basename(file)] });
  const encoded = Buffer.from(text).toString('base64');
  return `${code}\n//# sourceMappingURL=data:application/json;charset=utf-8;base64,${encoded}`;
}

/** A text that does not parse; the message is the one that ts-node has for it. */
class TSError extends Error {
  /**
   * @param {readonly import('typescript').Diagnostic[]} diagnostics
   * @param {string} read the name under which the file was read
   * @param {string} file
   */
  constructor(diagnostics, read, file) {
    const text = require('typescript').formatDiagnostics(diagnostics, {
      getNewLine: () => os.EOL,
      getCurrentDirectory: () => root,
      getCanonicalFileName: (name) => name,
    });
    super(
      `⨯ Unable to compile TypeScript:\n${text.replaceAll(path.basename(read), path.basename(file))}`,
    );
    this.name = 'TSError';
  }
}

/**
 * Makes `require` read .ts files through {@link compile}, and keeps what V8 makes of them and of the
 * packages.
 * @param {(file: string) => boolean} applies which files; the others keep Node's own way
 */
function register(applies) {
  const { run, keepPackages } = require('./code-cache.cjs');
  keepPackages(
    path.join(root, 'node_modules'),
    (file) => !file.endsWith('.cjs') && kindByName(file) === 'module',
    (file) => compile(file, fs.readFileSync(file, 'utf8'), 'module'),
  );
  const before = loaders['.ts'] ?? loaders['.js'];
  loaders['.ts'] = (module, file) => {
    if (!applies(file)) return before?.(module, file);
    run(module, file, () => compile(file, fs.readFileSync(file, 'utf8')));
  };
}

/**
 * How Node, or the Babel of a course, would read a learner's file.
 * @param {string} file absolute
 * @param {string} source
 * @param {Reader} reader
 * @returns {Kind}
 */
function kindOf(file, source, reader) {
  return wayOf(file, reader).kind ?? kindByText(file, source);
}

/**
 * The kind that a file has by its ending, or by the nearest package.json, as Node reads it.
 * @param {string} file absolute
 * @returns {Kind | undefined} nothing where neither of them says
 */
function kindByName(file) {
  if (/\.m[jt]s$/.test(file)) return 'module';
  if (/\.c[jt]s$/.test(file)) return 'babel';
  for (let folder = path.dirname(file); ; folder = path.dirname(folder)) {
    try {
      const text = fs.readFileSync(path.join(folder, 'package.json'), 'utf8');
      const { type } = JSON.parse(text.replace(/^\uFEFF/, ''));
      return type === 'module' ? 'module' : type === 'commonjs' ? 'babel' : undefined;
    } catch (error) {
      // One that is damaged is for npm to complain of.
      if (error instanceof SyntaxError) return 'babel';
    }
    if (folder === path.dirname(folder)) return undefined;
  }
}

/**
 * The kind that a text has by itself: a module if it can be nothing else, as it imports or exports, or
 * awaits at its top and requires nothing. https://nodejs.org/api/packages.html#syntax-detection
 * @param {string} file its ending decides how it is read
 * @param {string} source
 * @returns {Kind}
 */
function kindByText(file, source) {
  if (!/\b(?:import|export|await)\b/.test(source)) return 'babel';
  const ts = require('typescript');
  if (ts.isExternalModule(parsed(file, source))) return 'module';
  return awaitsAtTop(file, source) && !/\brequire\s*\(/.test(source) ? 'module' : 'babel';
}

/**
 * @param {string} file
 * @param {string} source
 */
function parsed(file, source) {
  const ts = require('typescript');
  const kind = isTyped(file) ? ts.ScriptKind.TS : ts.ScriptKind.JS;
  return ts.createSourceFile(file, source, ts.ScriptTarget.Latest, true, kind);
}

/**
 * Gives compiled code the helpers that import as Node does, and a top level that may await. Lines
 * stay where they are, for the source map.
 * @param {string} code
 * @param {boolean} awaits
 */
function asModule(code, awaits) {
  const at = code.lastIndexOf('//# sourceMappingURL=');
  const [body, map] = at < 0 ? [code, ''] : [code.slice(0, at), code.slice(at)];
  const text = body.replace(/^#!.*/, '');
  const helpers = `require(${JSON.stringify(interop)})`;
  const entered = `${helpers}.enter(exports)`;
  return awaits
    ? `${helpers}.pending(exports, (async function () {${text}}).call(${entered})).catch((error) => process.nextTick(() => { throw error; }));\n${map}`
    : `(function () {${text}}).call(${entered});\n${map}`;
}

/**
 * Whether something is awaited outside of any function.
 * @param {string} file
 * @param {string} source
 */
function awaitsAtTop(file, source) {
  if (!/\bawait\b/.test(source)) return false;
  const ts = require('typescript');
  /** @param {import('typescript').Node} node @returns {boolean} */
  const awaits = (node) =>
    ts.isAwaitExpression(node) ||
    (ts.isForOfStatement(node) && node.awaitModifier !== undefined) ||
    (!ts.isFunctionLike(node) && (ts.forEachChild(node, awaits) ?? false));
  return awaits(parsed(file, source));
}

/**
 * `import.meta` has no CommonJS: it becomes a call for the same things.
 * @type {Transformer}
 */
function importMeta(context) {
  const ts = require('typescript');
  const { factory } = context;
  /** @type {import('typescript').Visitor} */
  const visit = (node) => {
    if (!ts.isMetaProperty(node) || node.keywordToken !== ts.SyntaxKind.ImportKeyword) {
      return ts.visitEachChild(node, visit, context);
    }
    const required = factory.createCallExpression(factory.createIdentifier('require'), undefined, [
      factory.createStringLiteral(interop),
    ]);
    const meta = factory.createPropertyAccessExpression(required, 'meta');
    return factory.createCallExpression(meta, undefined, [factory.createIdentifier('module')]);
  };
  return (source) => /** @type {typeof source} */ (ts.visitNode(source, visit));
}

module.exports = { compile, compileLearners, compileLearnersFile, register, kindOf };

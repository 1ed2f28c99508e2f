import ts from 'typescript';
import { inOrder, isPrint, lettersIn, printCall, type Text, textsOf } from './literals';
import { matching } from './pattern';
import type { Source } from './requirements';
import { nodesOfRoute, routeFor } from './routes';

/*
 * Where in a file something that was seen from outside comes from: a printed line, a command, an
 * answer. Each gives a line from 1, or nothing where it is not clear.
 */

/** What prints a line: the text in a call of `console` that fits best, or the only call without one. */
export function printing(source: Source, line: string, which: 'first' | 'last' = 'first') {
  const texts = textsOf(source).filter(({ printed }) => printed);
  return (
    best(source, texts, line, which) ??
    (line.startsWith('Reply: ') ? givenPrint(source) : elsewhere(source, texts, line))
  );
}

function elsewhere(source: Source, texts: readonly Text[], line: string): number | undefined {
  return onlyTemplate(source, texts, line) ?? onlyPlainPrint(source) ?? saying(source, line);
}

/** The only text of the file that is just this one. */
export function onlyText(source: Source, text: string): number | undefined {
  return onlyLine(
    source,
    source.nodes.filter((node) => ts.isStringLiteralLike(node) && node.text === text),
  );
}

/** What prints a line in the listener for an event, or the likeliest print elsewhere. */
export function printingOf(source: Source, event: string, line: string): number | undefined {
  const texts = textsOf(source);
  const fitting = source.nodes
    .filter(isPrint)
    .map((node) => {
      const pieces = texts
        .filter((text) => printCall(text.node) === node)
        .flatMap((text) => text.pieces);
      return { node, fits: lettersIn(pieces, line) >= fewestLetters };
    })
    .filter(({ fits, node }) => fits && isHeard(node, event));
  const [only] = fitting;
  return only && fitting.length === 1 ? source.lineOf(only.node) : printing(source, line);
}

/** Whether every text that begins a line so stands in a callback of save(), or in a listener for “enqueue”. */
export function printedWhenSaved(source: Source, start: string): boolean {
  const texts = textsOf(source).filter(({ pieces }) => pieces.join('').startsWith(start));
  return texts.length > 0 && texts.every(({ node }) => isSaved(node) || isHeard(node, 'enqueue'));
}

/** The text that fits best, whatever is done with it. */
export function saying(source: Source, line: string): number | undefined {
  return best(source, textsOf(source), line, 'first');
}

/** The text that is just this one, or the property or function of this name. */
export function naming(source: Source, text: string): number | undefined {
  return namings(source, text)[0];
}

/** As {@link naming}, every one in the file. */
export function namings(source: Source, text: string): number[] {
  return namingsIn(source.nodes, text).map((node) => source.lineOf(node));
}

function namingsIn(nodes: readonly ts.Node[], text: string): ts.Node[] {
  return nodes.filter(
    (node) =>
      (ts.isStringLiteralLike(node) && node.text === text) ||
      (ts.isIdentifier(node) && node.text === text && isDeclared(node)),
  );
}

/** The call that sends a command: the one of this name whose arguments fit best. */
export function sending(source: Source, [name = '', ...words]: readonly string[]) {
  const method = name.toLowerCase();
  const sent = fittingCall(source, method, words);
  if (sent.calls > 0) return sent.line;
  // A command that was made into another function, such as promisify(client.get).
  const mentions = source.nodes.filter(
    (node) =>
      ts.isPropertyAccessExpression(node) &&
      node.name.text === method &&
      !(ts.isCallExpression(node.parent) && node.parent.expression === node),
  );
  const [only] = mentions;
  if (!only || mentions.length > 1) return undefined;
  const made = nameFor(only);
  const line = made === undefined ? undefined : fittingCall(source, made, words).line;
  return line ?? source.lineOf(only);
}

function fittingCall(source: Source, name: string, words: readonly string[]) {
  // What hands over more has sent another command; where the method is get, those of an express app are none.
  const given = source
    .literalArguments(name)
    .filter(({ fewest }) => fewest <= words.length)
    .filter(({ values: [first] }) => typeof first !== 'string' || !first.startsWith('/'));
  const calls = given.map(({ values, line }) => ({
    line,
    fits: values.filter((value, at) => value !== undefined && String(value) === words[at]).length,
    differs: values.some((value, at) => value !== undefined && String(value) !== words[at]),
  }));
  const most = Math.max(0, ...calls.map(({ fits }) => fits));
  const fitting = calls.filter(({ fits, differs }) => fits === most && !differs);
  const [first] = most > 0 || fitting.length === 1 ? fitting : calls.length === 1 ? calls : [];
  return { calls: calls.length, line: first?.line };
}

/** The name of the variable that what is made of it is given to. */
function nameFor(node: ts.Node): string | undefined {
  for (let at = node.parent; at && !ts.isStatement(at); at = at.parent) {
    if (ts.isVariableDeclaration(at)) return ts.isIdentifier(at.name) ? at.name.text : undefined;
    if (ts.isFunctionLike(at)) return undefined;
  }
  return undefined;
}

/** What a finding shows of an answer. */
export interface AnswerParts {
  texts: readonly string[];
  /** Those of its texts that do not belong there. */
  strange: readonly string[];
  /** The field in question, with its value. */
  field?: string | undefined;
  value?: unknown;
  /** What is called to answer so. */
  calls?: readonly string[];
  /** A text that hangs on a condition. */
  decides?: string;
  /** The first piece that is written so. */
  code?: string;
}

/**
 * What in a route gives this answer: a word of it that does not belong there, or the field, and
 * otherwise the route itself; or else the piece of the route that is asked for.
 * @param path what was asked for
 */
export function answering(source: Source, path: string, answer: AnswerParts): number | undefined {
  const route = routeFor(source, path);
  const inside = route ? nodesOfRoute(source, route) : [];
  const { calls, decides, code } = answer;
  const found =
    calls || decides !== undefined || code !== undefined
      ? (conditionOf(inside, decides) ??
        (code === undefined
          ? undefined
          : matching(source, code).find((node) => inside.includes(node))) ??
        callIn(inside, calls ?? []))
      : (inAnswer(source, inside, answer) ?? route?.call);
  return found && source.lineOf(found);
}

/** The word that does not belong into the answer, the value that is fixed, or the field. */
function inAnswer(source: Source, inside: readonly ts.Node[], answer: AnswerParts) {
  const objects = answeredBy(inside, answer.texts);
  const others = answer.value === undefined ? [] : source.nodes.filter(isMade);
  return (
    first(answer.strange, (word) => namingsIn(inside, word).filter(isInAnswer)) ??
    fixedAs(source, answer.value) ??
    fieldIn(
      inside.filter(({ parent }) => objects.some((one) => one === parent)),
      answer.field,
    ) ??
    objects[0] ??
    fieldIn(inside, answer.field) ??
    first(answer.strange, (word) => namingsIn(source.nodes, word)) ??
    fieldIn(others, answer.field)
  );
}

/** The innermost condition that this text is answered on. */
function conditionOf(nodes: readonly ts.Node[], text: string | undefined): ts.Node | undefined {
  if (text === undefined) return undefined;
  return nodes.findLast((node) => ts.isIfStatement(node) && node.getText().includes(text));
}

/** The objects that hold one of these texts, such as a status. */
function answeredBy(nodes: readonly ts.Node[], texts: readonly string[]): ts.Node[] {
  return nodes.filter(
    (node) =>
      ts.isObjectLiteralExpression(node) &&
      node.properties.some(
        (one) =>
          ts.isPropertyAssignment(one) &&
          ts.isStringLiteralLike(one.initializer) &&
          texts.includes(one.initializer.text),
      ),
  );
}

function isInAnswer({ parent }: ts.Node): boolean {
  return !ts.isVariableDeclaration(parent);
}

function fieldIn(nodes: readonly ts.Node[], field: string | undefined): ts.Node | undefined {
  return nodes.find(
    (node) =>
      (ts.isPropertyAssignment(node) || ts.isShorthandPropertyAssignment(node)) &&
      node.name.getText() === field,
  );
}

/** The only call of one of these methods. */
function callIn(nodes: readonly ts.Node[], names: readonly string[]): ts.Node | undefined {
  const calls = nodes.filter(
    (node) =>
      ts.isCallExpression(node) &&
      names.includes(
        ts.isPropertyAccessExpression(node.expression)
          ? node.expression.name.text
          : node.expression.getText(),
      ),
  );
  return calls.length === 1 ? calls[0] : undefined;
}

/** The only property of the file that is fixed as this number. */
function fixedAs(source: Source, value: unknown): ts.Node | undefined {
  const fixed = source.nodes.filter(
    (node) =>
      ts.isPropertyAssignment(node) &&
      ts.isNumericLiteral(node.initializer) &&
      Number(node.initializer.text) === value,
  );
  return fixed.length === 1 ? fixed[0] : undefined;
}

/** Whether it is no fixed value: those are the data that an answer is made of. */
function isMade(node: ts.Node): boolean {
  return !ts.isPropertyAssignment(node) || !ts.isLiteralExpression(node.initializer);
}

function first(
  words: readonly string[],
  find: (word: string) => readonly ts.Node[],
): ts.Node | undefined {
  for (const word of words) {
    const [found] = word === '' ? [] : find(word);
    if (found) return found;
  }
  return undefined;
}

/** Where the file exports what a call of this function gives, in place of the function. */
export function calledInExport(source: Source, name: string): number | undefined {
  const call = source.nodes.find(
    (node) =>
      ts.isCallExpression(node) &&
      ts.isIdentifier(node.expression) &&
      node.expression.text === name &&
      (ts.isExportAssignment(node.parent) ||
        (ts.isBinaryExpression(node.parent) &&
          /^(?:module\.)?exports\b/.test(node.parent.left.getText()))),
  );
  return call && source.lineOf(call);
}

/** A call of the function that hands it fewer arguments than it takes. */
export function callWithFewer(source: Source, name: string, parameters: number) {
  const call = source.nodes.find(
    (node) =>
      ts.isCallExpression(node) &&
      ts.isIdentifier(node.expression) &&
      node.expression.text === name &&
      node.arguments.length < parameters &&
      !node.arguments.some(ts.isSpreadElement),
  );
  return call && source.lineOf(call);
}

/** The only `throw` of the file. */
export function throwing(source: Source): number | undefined {
  return onlyLine(source, source.nodes.filter(ts.isThrowStatement));
}

/** The line of the node where it is the only one. */
function onlyLine(source: Source, nodes: readonly ts.Node[]): number | undefined {
  const [only] = nodes;
  return only && nodes.length === 1 ? source.lineOf(only) : undefined;
}

/** The longest text all of whose pieces stand in the line, in their order. */
function best(source: Source, texts: readonly Text[], line: string, which: 'first' | 'last') {
  const rated = texts
    .map((text) => ({ ...text, letters: lettersIn(text.pieces, line) }))
    // What is not seen to be printed has to be most of the line.
    .filter(
      ({ letters, printed }) =>
        letters >= (printed ? fewestLetters : Math.max(fewestLetters, line.length / 2)),
    );
  const most = Math.max(0, ...rated.map(({ letters }) => letters));
  const found = rated.filter(({ letters }) => letters === most).at(which === 'first' ? 0 : -1);
  return found && source.lineOf(found.node);
}

/** So short a text stands in lines that others print, too. */
const fewestLetters = 4;

/** The only template with a text beside its values that fits the line, however short. */
function onlyTemplate(source: Source, texts: readonly Text[], line: string) {
  const fitting = texts.filter(({ pieces }) => {
    const [head = '', ...others] = pieces;
    const tail = others.at(-1) ?? '';
    const hasText = pieces.some((piece) => piece !== '') && others.length > 0;
    return hasText && line.startsWith(head) && line.endsWith(tail) && inOrder(pieces, line);
  });
  return onlyLine(
    source,
    fitting.map(({ node }) => node),
  );
}

/** The only call that is handed redis.print, which prints what the call's command is answered. */
function givenPrint(source: Source): number | undefined {
  const calls = source.nodes.filter(
    (node) =>
      ts.isCallExpression(node) &&
      node.arguments.some(
        (one) =>
          (ts.isIdentifier(one) && one.text === 'print') ||
          (ts.isPropertyAccessExpression(one) && one.name.text === 'print'),
      ),
  );
  return onlyLine(source, calls);
}

function onlyPlainPrint(source: Source): number | undefined {
  const texts = textsOf(source).map(({ node }) => printCall(node));
  return onlyLine(
    source,
    source.nodes.filter((node) => isPrint(node) && !texts.includes(node)),
  );
}

function isSaved(node: ts.Node): boolean {
  for (let at = node; at.parent; at = at.parent) {
    const call = at.parent;
    if (!ts.isCallExpression(call) || !call.arguments.some((one) => one === at)) continue;
    const { expression } = call;
    const isSave = ts.isPropertyAccessExpression(expression) && expression.name.text === 'save';
    if (isSave && ts.isFunctionLike(at)) return true;
  }
  return false;
}

/** Whether it stands in a listener for this event, on a job or, as `job …`, on the queue. */
function isHeard(node: ts.Node, event: string): boolean {
  for (let at = node.parent; at; at = at.parent) {
    if (!ts.isCallExpression(at) || !ts.isPropertyAccessExpression(at.expression)) continue;
    const [name] = at.arguments;
    const inside = at.arguments.some((one) => one.pos <= node.pos && node.end <= one.end);
    const heard = name !== undefined && ts.isStringLiteralLike(name) ? name.text : undefined;
    if (inside && (heard === event || heard === `job ${event}`)) return true;
  }
  return false;
}

function isDeclared({ parent }: ts.Identifier): boolean {
  return (
    ts.isPropertyAssignment(parent) ||
    ts.isShorthandPropertyAssignment(parent) ||
    ts.isFunctionDeclaration(parent) ||
    ts.isVariableDeclaration(parent)
  );
}

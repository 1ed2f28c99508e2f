import ts from 'typescript';
import { quote } from '../finding';
import { findFunction } from './functions';
import type { Syntax } from './syntax';

/** A command of a client that works by a promise. */
export interface PromisedCommand {
  node: ts.Node;
  /** What is done with it, as a clause. */
  what: string;
}

/**
 * The commands that a file may send, in small letters: each with the number of arguments that come
 * before its callback, where that number is fixed.
 */
export type Commands = ReadonlyMap<string, number | undefined>;

/**
 * The first command in a file that is promisified, awaited, chained, or without a callback where its
 * reply is waited for. A promise that has to do with no command does not count, and neither does one
 * that is made by hand round a command with its callback.
 */
export function promisedCommand(file: Syntax, commands: Commands): PromisedCommand | undefined {
  const clients = new Clients(file, commands);
  const promises = file.files.some((one) => one.nodes.some(isPromising));
  for (const node of file.nodes) {
    if (!ts.isCallExpression(node)) continue;
    const promisified = clients.promisifiedBy(node);
    if (promisified !== undefined) return { node, what: promisified };
    const name = clients.calledBy(node);
    if (name === undefined) continue;
    const how = promiseOf(node) ?? (promises ? waitedForWithout(node, name, commands) : undefined);
    if (how !== undefined) return { node, what: `the command ${quote(name)} ${how}` };
  }
  return undefined;
}

/** Whether a word or a name has to do with promises, whatever they are for. */
export function isPromising(node: ts.Node): boolean {
  return (
    ts.isAwaitExpression(node) ||
    node.kind === ts.SyntaxKind.AsyncKeyword ||
    (ts.isIdentifier(node) && node.text === 'promisify' && !isImported(node)) ||
    (ts.isPropertyAccessExpression(node) && node.name.text === 'then')
  );
}

/** What sends any command, or all those of a multi. */
const senders = ['exec', 'exec_atomic', 'send_command', 'sendcommand'];

const makers = ['createClient', 'RedisClient', 'duplicate', 'multi', 'batch'];

/** The clients of a file, and which call in it is that of a command. */
class Clients {
  readonly #file: Syntax;
  readonly #commands: Commands;
  readonly #all: readonly ts.Node[];
  readonly #names: ReadonlySet<string>;
  /** Commands under a name of their own, as in `const get = client.get.bind(client)`. */
  readonly #aliases = new Map<string, string>();

  constructor(file: Syntax, commands: Commands) {
    this.#file = file;
    this.#commands = commands;
    this.#all = file.files.flatMap(({ nodes }) => nodes);
    this.#names = new Set(this.#all.filter(makesClient).flatMap((node) => nameGiven(node)));
    for (const node of file.nodes) {
      const command = this.#commandAt(node);
      if (command === undefined) continue;
      for (const name of nameGiven(node, ['bind'])) this.#aliases.set(name, command);
    }
  }

  /** The command that a call sends, as the file writes it. */
  calledBy({ expression }: ts.CallExpression): string | undefined {
    const isPassed =
      ts.isPropertyAccessExpression(expression) && /^(?:call|apply)$/.test(expression.name.text);
    const callee = isPassed ? expression.expression : expression;
    return ts.isIdentifier(callee) ? this.#aliases.get(callee.text) : this.#commandAt(callee);
  }

  /** That `promisify` makes something of a command, or of a client, which is used; as a clause. */
  promisifiedBy(call: ts.CallExpression): string | undefined {
    const { expression, arguments: args } = call;
    // It may be handed to a method of a list, which calls it with each: [client.get].map(promisify).
    const handed = args.find((one) => nameOf(one) === 'promisify');
    const given = isPromisify(this.#file, call) ? args[0] : handed && expression;
    if (given === undefined || this.#isOwnFunction(given)) return undefined;
    if (!this.#file.isResultUsed(call)) return undefined;
    const names = within(given).map((node) => this.#commandAt(node));
    const of = names.find((name) => name !== undefined) ?? given.getText();
    return `${quote(nameOf(handed ?? expression) ?? 'promisify')} makes a promise of ${quote(of)}`;
  }

  /** The command whose method stands here. */
  #commandAt(node: ts.Node): string | undefined {
    if (ts.isElementAccessExpression(node) && !ts.isStringLiteralLike(node.argumentExpression)) {
      return this.#isClient(node.expression) ? node.getText() : undefined;
    }
    if (!isMember(node)) return undefined;
    const name = nameOf(node);
    if (name === undefined) return undefined;
    const plain = name.toLowerCase();
    const bare = plain.replace(/async$/, '');
    if (!this.#commands.has(bare) && !senders.includes(bare)) return undefined;
    const { expression } = node;
    // A method of the learner's own is what the file makes of it.
    const own = findFunction(this.#all, name);
    const isOwn = own !== undefined && ts.isFunctionLike(own);
    if (isOwn && (bare !== plain || !this.#isClient(expression))) return undefined;
    return isBuiltIn(expression, this.#all) ? undefined : name;
  }

  #isClient(node: ts.Node): boolean {
    return this.#names.has(nameOf(node) ?? '');
  }

  /** Whether it is a function that the learner wrote, or one of the language's or Node's. */
  #isOwnFunction(node: ts.Expression): boolean {
    if (ts.isFunctionLike(node)) return true;
    if (ts.isIdentifier(node) && node.text in globalThis) return true;
    const name = nameOf(node);
    const found = name === undefined ? undefined : findFunction(this.#all, name);
    return found !== undefined && ts.isFunctionLike(found);
  }
}

/** `promisify(…)`, by whatever name it is imported, and what packages have of its kind. */
function isPromisify(file: Syntax, call: ts.CallExpression): boolean {
  return /^promisif/i.test(nameOf(call.expression) ?? '') || file.calls('promisify').includes(call);
}

/** How the promise that a command gives is used, as the end of a sentence. */
function promiseOf(call: ts.CallExpression): string | undefined {
  const { parent } = outermost(call);
  if (ts.isAwaitExpression(parent)) return 'is awaited';
  if (
    ts.isPropertyAccessExpression(parent) &&
    ['then', 'catch', 'finally'].includes(parent.name.text)
  ) {
    return `has a “.${parent.name.text}”`;
  }
  const list = ts.isArrayLiteralExpression(parent) ? parent.parent : parent;
  if (ts.isCallExpression(list) && /^Promise\.\w+$/.test(list.expression.getText())) {
    return `is handed to ${list.expression.getText()}`;
  }
  return undefined;
}

/** Whether what a command gives back is kept, in place of a callback's reply. */
function waitedForWithout(
  call: ts.CallExpression,
  name: string,
  commands: Commands,
): string | undefined {
  const before = commands.get(name.toLowerCase());
  const last = call.arguments.at(-1);
  if (before === undefined || call.arguments.length > before) return undefined;
  if (last && (ts.isFunctionLike(last) || ts.isSpreadElement(last))) return undefined;
  // What gathers commands, a multi, is kept for the call that sends them.
  if (within(call.expression).some((node) => ts.isCallExpression(node) && makesClient(node))) {
    return undefined;
  }
  const { parent } = outermost(call);
  const isKept =
    ts.isReturnStatement(parent) ||
    ts.isArrowFunction(parent) ||
    ts.isVariableDeclaration(parent) ||
    ts.isBinaryExpression(parent) ||
    ts.isArrayLiteralExpression(parent);
  return isKept ? 'has no callback' : undefined;
}

function isMember(node: ts.Node): node is ts.PropertyAccessExpression | ts.ElementAccessExpression {
  return ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node);
}

function makesClient(node: ts.Node): boolean {
  if (!ts.isCallExpression(node) && !ts.isNewExpression(node)) return false;
  return makers.includes(nameOf(node.expression) ?? '');
}

/**
 * The name that a value is given: that of a variable or a property.
 * @param methods those of its own that give the same value; any without them
 */
function nameGiven(node: ts.Node, methods?: readonly string[]): string[] {
  const { parent } = outermost(node);
  if (ts.isAwaitExpression(parent)) return nameGiven(parent, methods);
  if (
    ts.isPropertyAccessExpression(parent) &&
    ts.isCallExpression(parent.parent) &&
    (methods === undefined || methods.includes(parent.name.text))
  ) {
    return nameGiven(parent.parent, methods);
  }
  const isNamed =
    ts.isVariableDeclaration(parent) ||
    ts.isPropertyDeclaration(parent) ||
    ts.isPropertyAssignment(parent);
  const name = isNamed ? parent.name : ts.isBinaryExpression(parent) ? parent.left : undefined;
  return [name && nameOf(name)].filter((one) => one !== undefined);
}

/** What a value is still, in brackets, by another type, or as one of two. */
function outermost(node: ts.Node): ts.Node {
  const { parent } = node;
  const isSame =
    ts.isParenthesizedExpression(parent) ||
    ts.isAsExpression(parent) ||
    ts.isNonNullExpression(parent) ||
    ts.isConditionalExpression(parent);
  return isSame ? outermost(parent) : node;
}

/** A variable's name, or a property's. */
function nameOf(node: ts.Node): string | undefined {
  if (ts.isIdentifier(node)) return node.text;
  if (ts.isPropertyAccessExpression(node)) return node.name.text;
  const key = ts.isElementAccessExpression(node) ? node.argumentExpression : undefined;
  return key && ts.isStringLiteralLike(key) ? key.text : undefined;
}

/** Whether it was made by a class of the language's own, such as a Map. */
function isBuiltIn(node: ts.Node, all: readonly ts.Node[]): boolean {
  const name = nameOf(node);
  return all.some(
    (one) =>
      ts.isNewExpression(one) &&
      ts.isIdentifier(one.expression) &&
      one.expression.text in globalThis &&
      (one === node || nameGiven(one, []).some((given) => given === name)),
  );
}

function within(node: ts.Node): ts.Node[] {
  const found: ts.Node[] = [node];
  ts.forEachChild(node, (child) => {
    found.push(...within(child));
  });
  return found;
}

function isImported({ parent }: ts.Node): boolean {
  return ts.isImportSpecifier(parent) || ts.isBindingElement(parent);
}

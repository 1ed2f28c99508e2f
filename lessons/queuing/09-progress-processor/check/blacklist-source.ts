import { distance, findFunction, type Source, ts } from '#grading';

/*
 * What a file says of its blacklist. All but the first are looked at only if a job went wrong, to
 * explain why.
 */

/** What stands in one array with all of these numbers, and is none of them. */
export function listedBeside(source: Source, numbers: readonly string[]) {
  for (const { elements } of listsOf(source)) {
    const texts = elements.map(({ text }) => text);
    if (!numbers.every((one) => texts.includes(one))) continue;
    const other = elements.find((one) => !numbers.includes(one.text));
    if (other) return { text: other.text, line: source.lineOf(other) };
  }
  return undefined;
}

/** An array with phone numbers in it, as text or as numbers, and its name if it has one. */
interface List {
  elements: (ts.StringLiteralLike | ts.NumericLiteral)[];
  name: string | undefined;
  line: number;
}

function listsOf(source: Source): List[] {
  return source.nodes.flatMap((node) => {
    if (!ts.isArrayLiteralExpression(node)) return [];
    const elements = node.elements.filter(
      (one) => ts.isStringLiteralLike(one) || ts.isNumericLiteral(one),
    );
    if (!elements.some(({ text }) => /\d{7,}/.test(text))) return [];
    return [{ elements, name: nameOf(node), line: source.lineOf(node) }];
  });
}

/** The variable that holds it, also where a Set or the like is made of it. */
function nameOf(node: ts.Node): string | undefined {
  for (let at = node.parent; at && !ts.isStatement(at); at = at.parent) {
    if (ts.isVariableDeclaration(at)) return at.name.getText();
  }
  return undefined;
}

/** Something about the blacklist that is wrong, and the line where it stands. */
interface Slip {
  message: string;
  next: string;
  line: number;
}

/**
 * Why the list does not hold a number as it should: what stands there in its place.
 * @param numbers all that belong there
 */
export function lackIn(
  source: Source,
  number: string,
  numbers: readonly string[],
): Slip | undefined {
  const [list] = listsOf(source);
  if (!list) return undefined;
  const { elements, line } = list;
  if (elements.some((one) => ts.isStringLiteralLike(one) && one.text === number)) return undefined;
  const numeric = elements.find((one) => ts.isNumericLiteral(one) && one.text === number);
  if (numeric) {
    if (convertsToNumber(source)) return undefined;
    return {
      message: `The blacklist holds ${number} as a number, and in the job’s data it is text: a number never equals a text.`,
      next: `Put the numbers of the blacklist into quotation marks: '${number}'.`,
      line: source.lineOf(numeric),
    };
  }
  const around = elements.find(({ text }) => text.includes(number));
  if (around) {
    const isPadded = around.text.trim() === number;
    return {
      message: isPadded
        ? `In the blacklist ${number} has a blank beside it, within the quotation marks.`
        : `The blacklist holds “${around.text}” as one text, in which ${number} is only a part.`,
      next: isPadded
        ? `Take the blank out: '${number}'.`
        : 'Give each number quotation marks of its own, with a comma between the two.',
      line: source.lineOf(around),
    };
  }
  const like = elements.find(({ text }) => !numbers.includes(text) && distance(text, number) < 3);
  return like
    ? {
        message: `The blacklist holds ${like.text} where the task has ${number}.`,
        next: `Correct it, digit by digit: '${number}'.`,
        line: source.lineOf(like),
      }
    : {
        message: `The blacklist does not hold ${number}.`,
        next: `Add '${number}': the task names two numbers.`,
        line,
      };
}

/** Whether it makes a number of something. */
function convertsToNumber(source: Source): boolean {
  return source.nodes.some(convertedIn);
}

/** What is made a number by `Number(…)`, `parseInt(…)` or `+…`. */
function convertedIn(node: ts.Node): ts.Expression | undefined {
  if (ts.isPrefixUnaryExpression(node)) {
    return node.operator === ts.SyntaxKind.PlusToken ? node.operand : undefined;
  }
  return ts.isCallExpression(node) &&
    /^(?:Number|(?:Number\.)?parseInt|(?:Number\.)?parseFloat)$/.test(node.expression.getText())
    ? node.arguments[0]
    : undefined;
}

/** Methods that ask a list for one of its values. */
const asking = /^(?:includes|indexOf|has|findIndex|find|some)$/;

/** A question after the number that can never be answered with yes. */
export function vainQuestion(source: Source): Slip | undefined {
  const names = listsOf(source).flatMap(({ name }) => name ?? []);
  const isList = (node: ts.Node) => ts.isIdentifier(node) && names.includes(node.text);
  for (const node of source.nodes) {
    const line = source.lineOf(node);
    if (ts.isBinaryExpression(node) && isList(node.right)) {
      const [asked, list] = [node.left.getText(), node.right.getText()];
      if (node.operatorToken.kind === ts.SyntaxKind.InKeyword) {
        return {
          message: `“${node.getText()}” asks for a place in the array, such as 0, and not for a value.`,
          next: `Ask for the value: ${list}.includes(${asked}).`,
          line,
        };
      }
      if (/^[=!]==?$/.test(node.operatorToken.getText())) {
        return {
          message: `“${node.getText()}” compares a text with the whole array: the two are never equal.`,
          next: `Ask the array for the number: ${list}.includes(${asked}).`,
          line,
        };
      }
    }
    if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) continue;
    const [asked] = node.arguments;
    const list = node.expression.expression;
    if (!asking.test(node.expression.name.text) || !asked || ts.isFunctionLike(asked)) continue;
    if (isList(asked)) {
      return {
        message: `“${node.getText()}” asks the number whether the list is in it.`,
        next: `Ask the list for the number: ${asked.getText()}.includes(${list.getText()}).`,
        line,
      };
    }
    const wrong = isList(list) && notTheNumber(source, asked);
    if (wrong) {
      return {
        message: `“${node.getText()}” asks for ${wrong}, and the list holds phone numbers as text.`,
        next: `Ask for the phone number as it comes: ${list.getText()}.includes(phoneNumber).`,
        line,
      };
    }
  }
  return undefined;
}

/** What is asked for, in words, where it is another thing than the job's phone number. */
function notTheNumber(source: Source, asked: ts.Expression): string | undefined {
  if (convertedIn(asked)) return 'a number';
  const [number, ...others] = parametersOf(source);
  if (ts.isIdentifier(asked) && asked.text !== number && others.includes(asked.text)) {
    return `“${asked.text}”`;
  }
  return undefined;
}

/** What sendNotification calls its arguments. */
function parametersOf(source: Source): string[] {
  const declared = findFunction(source.nodes, 'sendNotification');
  return declared && ts.isFunctionLike(declared)
    ? declared.parameters.map(({ name }) => name.getText())
    : [];
}

/** The line on which a file asks whether a number is on its list. */
export function lineOfQuestion(source: Source): number | undefined {
  const names = listsOf(source).flatMap(({ name }) => name ?? []);
  const question = source.nodes.find(
    (node) =>
      ts.isCallExpression(node) &&
      ts.isPropertyAccessExpression(node.expression) &&
      (names.includes(node.expression.expression.getText()) ||
        names.some((name) => node.expression.getText().startsWith(`${name}.`))),
  );
  return question && source.lineOf(question);
}

/**
 * Whether it takes only a place above 0 for found, or any but 0: the first in an array is at 0, and
 * what is not there at -1.
 */
export function overlooksTheFirst(source: Source): boolean {
  const looks = source.countCalls('indexOf') + source.countCalls('findIndex');
  return looks > 0 && source.nodes.some((node) => isAboveZero(node) || isPlaceAlone(node));
}

/** A place that stands as a condition, compared with nothing. */
function isPlaceAlone(node: ts.Node): boolean {
  if (!ts.isCallExpression(node) || !/\.(?:indexOf|findIndex)$/.test(node.expression.getText()))
    return false;
  const { parent } = node;
  return (
    ((ts.isIfStatement(parent) || ts.isConditionalExpression(parent)) &&
      isConditionOf(parent, node)) ||
    (ts.isPrefixUnaryExpression(parent) && parent.operator === ts.SyntaxKind.ExclamationToken)
  );
}

function isConditionOf(parent: ts.IfStatement | ts.ConditionalExpression, node: ts.Node): boolean {
  return (ts.isIfStatement(parent) ? parent.expression : parent.condition) === node;
}

function isAboveZero(node: ts.Node): boolean {
  if (!ts.isBinaryExpression(node)) return false;
  const { left, operatorToken, right } = node;
  if (operatorToken.kind === ts.SyntaxKind.GreaterThanToken) return right.getText() === '0';
  if (operatorToken.kind === ts.SyntaxKind.LessThanToken) return left.getText() === '0';
  return false;
}

/** Whether a variable outside of every function can change from job to job. */
export function sharesVariable(source: Source): boolean {
  return source.nodes.some(
    (node) =>
      ts.isVariableStatement(node) &&
      ts.isSourceFile(node.parent) &&
      (node.declarationList.flags & ts.NodeFlags.Const) === 0,
  );
}

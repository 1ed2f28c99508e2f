import ts from 'typescript';
import { distance, similar } from '../../grading/explain/edit-distance';
import { type NextStep, quote } from '../../grading/finding';
import type { Source } from '../../grading/source/requirements';
import {
  fits,
  isParameter,
  type Route,
  routesOf,
  segments,
  takes,
} from '../../grading/source/routes';

/** What is wrong with a file's routes, the next step, and where. */
export interface RouteFault {
  message: string;
  next: NextStep;
  line?: number | undefined;
}

/**
 * Why no route answers a GET of this path, as far as the file shows it.
 * @param request such as `GET /list`
 */
export function whyNoRoute(source: Source | undefined, request: string, path: string): RouteFault {
  const none = `The server has no route for ${request}`;
  const routes = source ? routesOf(source) : [];
  const line = (route: Route) => source?.lineOf(route.call);
  const own = routes.find((route) => takes(route, path));
  if (source && own) {
    return (
      apart(source, own, request) ?? {
        message: `${none}: the call that declares it has not run.`,
        next: 'Declare the route at the top level of the file, and not in a function that waits for something.',
        line: line(own),
      }
    );
  }
  const other = routes.find((route) => fits(route, path));
  if (other) {
    return {
      message: `${none}: its path is declared with ${other.on}.${other.method}(…), which takes no GET.`,
      next: `Declare it with get in place of ${other.method}.`,
      line: line(other),
    };
  }
  const fixed = routes.find((route) => isWithoutColon(route, path));
  if (fixed) {
    return {
      message: `${none}: ${quote(fixed.path)} takes this one word alone in its last place.`,
      next: `Begin the name of the parameter with a colon: ${withColon(fixed.path)}.`,
      line: line(fixed),
    };
  }
  const like = nearestRoute(routes, path);
  if (like) {
    return {
      message: `${none}; it has one for ${quote(like.path)}.`,
      next: 'Write its path as the task has it, to the letter.',
      line: line(like),
    };
  }
  return {
    message: `${none}.`,
    next:
      segments(path).length > 1
        ? 'Declare a route of that path, to the letter, that takes any id: /:itemId.'
        : 'Declare a route of that path, to the letter.',
  };
}

/** Another route that answers this path, because it stands before the path's own; nothing if none does. */
export function takenBefore(source: Source | undefined, path: string): RouteFault | undefined {
  const routes = source ? routesOf(source).filter((route) => takes(route, path)) : [];
  const [first] = routes.filter((route) => !handsOn(route));
  const own = routes.find((route) => isOwn(route, path));
  if (!source || !first || !own || isOwn(first, path)) return undefined;
  const line = source.lineOf(first.call);
  return first.method === 'use'
    ? {
        message: `GET ${path} is answered by ${first.on}.use(${`'${first.path}'`}, …), which takes every path that begins so.`,
        next: 'Declare that route with get in place of use: it takes its own path alone.',
        line,
      }
    : {
        message: `GET ${path} is answered by the route ${quote(first.path)}, which stands first and takes this path too.`,
        next: `Put the route ${quote(own.path)} above it: express takes the first one that fits.`,
        line,
      };
}

/** The route is declared on something that does not listen. */
function apart(source: Source, route: Route, request: string): RouteFault | undefined {
  const listening = source.nodes.flatMap((node) => listenerOf(node) ?? []);
  if (listening.length === 0 || listening.some(({ name }) => name === route.on)) return undefined;
  const handedOn = source.nodes.some(
    (node) =>
      ts.isIdentifier(node) &&
      node.text === route.on &&
      ts.isCallExpression(node.parent) &&
      node.parent.arguments.some((one) => one === node),
  );
  if (handedOn) return undefined;
  const declared = source.nodes.find(
    (node) => ts.isVariableDeclaration(node) && node.name.getText() === route.on,
  );
  const isRouter = declared && /\bRouter\(/.test(declared.getText());
  return isRouter
    ? {
        message: `The server has no route for ${request}: it is declared on the router ${quote(route.on)}, which no app uses.`,
        next: `Hand the router to the app that listens: ${listening[0]?.name ?? 'app'}.use(${route.on}).`,
        line: source.lineOf(route.call),
      }
    : {
        message: `The server has no route for ${request}: it is declared on ${quote(route.on)}, and another app listens.`,
        next: `Let the app listen that has the routes: ${route.on}.listen(…). Each call of express() makes another one.`,
        line: listening[0]?.line,
      };
}

/** What a call of `listen` lets listen: the app itself, or the one that a server is made of. */
function listenerOf(node: ts.Node): { name: string; line: number } | undefined {
  if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression))
    return undefined;
  const { expression, name } = node.expression;
  if (name.text !== 'listen') return undefined;
  const file = node.getSourceFile();
  const line = file.getLineAndCharacterOfPosition(node.getStart(file)).line + 1;
  return { name: expression.getText(), line };
}

/** Whether its handler may leave the request to the next route. */
function handsOn({ call }: Route): boolean {
  const handlers = call.arguments.slice(1);
  return !handlers.some((one) => ts.isFunctionLike(one) && one.parameters.length < 3);
}

/** Whether the path is its own: it has as many pieces, and those are its words where it has any. */
function isOwn(route: Route, path: string): boolean {
  const own = segments(route.path);
  const asked = segments(path);
  return (
    route.method !== 'use' &&
    own.length === asked.length &&
    !own.some((one) => one.endsWith('?')) &&
    own[0]?.toLowerCase() === asked[0]?.toLowerCase()
  );
}

/** Whether its last piece is a word where the path has an id: the rest of it fits. */
function isWithoutColon({ path }: Route, asked: string): boolean {
  const own = segments(path);
  const given = segments(asked);
  return (
    own.length > 1 &&
    own.length === given.length &&
    !isParameter(own.at(-1) ?? ':') &&
    own.slice(0, -1).every((one, at) => one === given[at])
  );
}

function withColon(path: string): string {
  return path.replace(/\/([^/]*)$/, '/:$1');
}

/** The route whose path is like the one that was asked for, in as many pieces. */
function nearestRoute(routes: readonly Route[], path: string): Route | undefined {
  const asked = segments(path);
  const filled = (route: Route) =>
    segments(route.path).map((one, at) => (isParameter(one) ? (asked[at] ?? one) : one));
  const words = (pieces: readonly string[]) => pieces.join('/');
  return routes
    .filter((route) => filled(route).length === asked.length)
    .filter((route) => similar(words(filled(route)), words(asked)))
    .sort(
      (one, other) =>
        distance(words(filled(one)), words(asked)) - distance(words(filled(other)), words(asked)),
    )[0];
}

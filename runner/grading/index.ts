/**
 * The words that a lesson's check is written in: what `#grading` stands for in a course. Words about
 * one technique, such as kue's, are imported from `#vocabulary/…`.
 */

/** The syntax tree’s own library and the schemas’: a course that lies elsewhere has no packages of its own. */
export { default as ts } from 'typescript';
export * as v from 'valibot';
export { commandText } from '../redis/protocol/command-text';
export { RedisReplyError } from '../redis/protocol/resp';
export type { Tell } from '../sandbox/process/settings';
export type { WireCommand } from '../sandbox/tap/journal';
export { check } from './check';
export { ruleNext } from './explain/crash';
export {
  distance,
  nearest,
  sameButBlanks,
  sameButInvisible,
  similar,
} from './explain/edit-distance';
export { says } from './explain/error-rules';
export { promising, redisPackage } from './explain/redis-version';
export { printedByImport } from './explain/running-import';
export {
  CheckFailure,
  fail,
  type NextStep,
  type Place,
  type PlacedFinding,
  quote,
  type RoutePlace,
} from './finding';
export { isObject } from './json';
export { count } from './program/count';
export { isGreeting } from './program/greetings';
export { waitUntilHeldUp } from './program/held-up';
export { alteredLine, exactly, type LineFault, unaskedLine } from './program/line-fault';
export type { OutputDiagnosis } from './program/output-diagnosis';
export { notFilledIn, placeholderIn } from './program/placeholder';
export type { ProgramRun } from './program/program-run';
export { anyOrder, type Expected, matches, shown } from './program/transcript';
export { clientsNeverConnected, clientsWithoutErrorListener } from './source/clients';
export { type OddCondition, oddCondition } from './source/conditions';
export { findFunction, functionAround, isWithin } from './source/functions';
export { isIdle, isSaidIn, type Listener, listenersIn } from './source/listeners';
export { isPrint } from './source/literals';
export {
  calledInExport,
  callWithFewer,
  naming,
  printedWhenSaved,
  printingOf,
  sending,
  throwing,
} from './source/locate';
export { isWritten, matching } from './source/pattern';
export { Source } from './source/requirements';
export { nodesOfRoute, routeFor, routesOf } from './source/routes';
export { promiseByHand, unsettledCalls, withCallsWatched } from './source/settling';
export { slipIn } from './source/slips';
export { countedPromise, unawaitedCall } from './source/unawaited';
export type { Explanation, Task } from './task';
export type { Finding } from './verdict';

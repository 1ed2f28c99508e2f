import * as v from 'valibot';
import type { Element } from './xml';

/*
 * The JUnit XML that Jenkins takes, with what GitLab and GitHub's reporters read of it.
 * Schema: junit-10.xsd of github.com/jenkinsci/xunit-plugin, and github.com/testmoapp/junitxml
 */
const count = v.pipe(v.string(), v.regex(/^\d+$/));
const seconds = v.pipe(v.string(), v.regex(/^\d+(\.\d+)?$/));
const timestamp = v.pipe(v.string(), v.isoTimestamp());
const none = v.strictTuple([]);

const element = <Name extends string, A extends v.ObjectEntries, C extends v.GenericSchema>(
  name: Name,
  attributes: A,
  children: C,
) =>
  v.strictObject({
    name: v.literal(name),
    attributes: v.strictObject(attributes),
    children,
    text: v.string(),
  });

const property = element('property', { name: v.string(), value: v.string() }, none);
const properties = element('properties', {}, v.pipe(v.array(property), v.minLength(1)));
const outcome = { type: v.string(), message: v.string() };
const testcase = element(
  'testcase',
  { classname: v.string(), name: v.string(), time: v.optional(seconds) },
  v.array(
    v.variant('name', [
      element('failure', outcome, none),
      element('error', outcome, none),
      element('skipped', { message: v.optional(v.string()) }, none),
      element('system-out', {}, none),
      element('system-err', {}, none),
    ]),
  ),
);
const suite = element(
  'testsuite',
  {
    name: v.string(),
    id: v.optional(v.string()),
    tests: count,
    failures: count,
    errors: count,
    skipped: v.optional(count),
    timestamp: v.optional(timestamp),
    time: v.optional(seconds),
  },
  v.array(v.variant('name', [properties, testcase])),
);
const suites = element(
  'testsuites',
  {
    name: v.string(),
    tests: count,
    failures: count,
    errors: count,
    skipped: v.optional(count),
    time: v.optional(seconds),
  },
  v.array(suite),
);

/** @throws Error for an element, an attribute or a value that a CI server does not know */
export function expectJunit(root: Element): void {
  v.parse(suites, root);
}

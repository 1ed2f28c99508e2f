import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import {
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  CodeActionRequest,
  type Diagnostic,
  DiagnosticSeverity,
  ErrorCodes,
  ExecuteCommandRequest,
  ShutdownRequest,
} from 'vscode-languageserver-protocol/node';
import { workbook } from '../support/command-line';
import { type ClientOptions, LanguageClient, type Told } from '../support/language-client';
import { ownTemporaryFolder } from '../support/leftovers';
import { suite } from '../support/suite';

const test = suite('lsp', { limit: 120_000 });

const temporary = ownTemporaryFolder();
const homes = path.join(temporary.folder, 'homes');
mkdirSync(homes);
const clients: LanguageClient[] = [];
let count = 0;

test.after.each(async () => {
  for (const client of clients.splice(0)) {
    client.child.kill('SIGKILL');
    await client.ended;
  }
});
test.after(() => temporary.remove());

/** A learner with a file open in an editor. */
async function learner(options: ClientOptions = {}) {
  const home = path.join(homes, String(count++));
  mkdirSync(home);
  const file = path.join(home, '0-greeting.ts');
  const client = new LanguageClient(home, options);
  clients.push(client);
  const result = await client.initialize(options);
  return { home, file, client, result, save: (text: string) => writeFileSync(file, text) };
}

const wrong = "console.log('hello');\n  console.log('word');\n";
const right = "console.log('hello');\nconsole.log('world');\n";
const endless = "console.log('hello');\nsetInterval(() => {}, 1000);\n";

const places = (diagnostics: readonly Diagnostic[]) =>
  diagnostics.map(({ range: { start, end }, code, source, severity }) => ({
    at: [start.line, start.character, end.line, end.character],
    code,
    source,
    severity,
  }));

test('a wrong file has its finding at the line; a right one saved clears it, and the verdicts are remembered', async () => {
  const { client, home, file, save, result } = await learner();
  assert.equal(result.serverInfo?.name, 'workbook');
  save(wrong);
  await client.open(file);
  const found = await client.diagnostics(file);
  assert.deepEqual(places(found), [
    {
      at: [1, 2, 1, 22],
      code: 'wrong-output',
      source: 'workbook',
      severity: DiagnosticSeverity.Error,
    },
  ]);
  assert.match(String(found[0]?.message), /^Expected “world”.*\n→ Make the program print/);
  const list = () => workbook(['list'], { env: { WORKBOOK_HOME: home } });
  assert.match((await list()).stdout, /✗ {2}0/);
  save(right);
  await client.saved(file);
  assert.deepEqual(await client.diagnostics(file), []);
  assert.match((await list()).stdout, /✓ {2}0/);
  const steps = client.told.flatMap((one) => (one.kind === 'progress' ? [one] : []));
  const begun = steps.filter(({ step }) => step === 'begin');
  assert.deepEqual(
    begun.map(({ text }) => text),
    ['Checking lesson 0', 'Checking lesson 0'],
  );
  const isEnd = (one: Told): one is Told & { kind: 'progress' } =>
    one.kind === 'progress' && one.step === 'end';
  assert.deepEqual(
    client.told.filter(isEnd).map(({ text }) => text),
    ['failed', 'passed'],
  );
  assert.equal(await client.end(), 0);
});

test('a save is heard of without the editor: of another program, too', async () => {
  const { client, file, save } = await learner();
  save(wrong);
  await client.open(file);
  assert.equal((await client.diagnostics(file)).length, 1);
  save(right);
  assert.deepEqual(await client.diagnostics(file), []);
});

test('of two saves in a row the newest counts', async () => {
  const { client, file, save } = await learner();
  save(endless);
  await client.open(file);
  const isBegin = (one: Told): one is Told & { kind: 'progress' } =>
    one.kind === 'progress' && one.step === 'begin';
  await client.hears(isBegin);
  save(wrong);
  await client.saved(file);
  save(right);
  await client.saved(file);
  assert.deepEqual(await client.diagnostics(file), []);
  const published = client.told.filter(({ kind }) => kind === 'diagnostics');
  assert.equal(published.length, 1, 'a check that was cancelled says nothing');
});

test('a file that is not begun, one of no lesson, and one of another folder have no findings', async () => {
  const { client, home, file } = await learner();
  const other = path.join(home, 'notes.ts');
  writeFileSync(other, 'throw 1;\n');
  const elsewhere = path.join(homes, '0-greeting.ts');
  writeFileSync(elsewhere, wrong);
  await client.open(elsewhere);
  await client.open(other);
  assert.deepEqual(readdirSync(home), ['notes.ts'], 'no workspace is laid out for these');
  assert.deepEqual(await client.actions(other), []);
  writeFileSync(file, '// Print hello\n');
  await workbook(['list'], { env: { WORKBOOK_HOME: home } });
  const pair = path.join(home, '2-one.ts');
  await client.open(pair);
  assert.ok((await client.actions(pair)).length > 0);
  writeFileSync(other, 'throw 2;\n');
  await client.saved(other);
  await client.saved(elsewhere);
  assert.equal(await client.end(), 0);
  assert.deepEqual(
    client.told.filter(({ kind }) => kind !== 'message'),
    [],
  );
});

test('each file of a lesson has its own, of those that are not open too; the last one closed takes them back', async () => {
  const { client, home } = await learner();
  await workbook(['list'], { env: { WORKBOOK_HOME: home } });
  const [one, two] = [path.join(home, '2-one.ts'), path.join(home, '2-two.ts')];
  writeFileSync(one, "console.lg('one');\n");
  await client.open(one);
  const [crash] = await client.diagnostics(one);
  assert.equal(crash?.code, 'crash');
  const [begun] = await client.diagnostics(two);
  assert.equal(begun?.severity, DiagnosticSeverity.Information);
  await client.close(one);
  assert.deepEqual(await client.diagnostics(one), []);
  assert.deepEqual(await client.diagnostics(two), []);
});

test('a folder that is reached by a link is the workspace all the same, under the editor’s name for it', async () => {
  const { client, home, save } = await learner();
  save(wrong);
  const link = path.join(homes, 'link');
  symlinkSync(home, link);
  const file = path.join(link, '0-greeting.ts');
  await client.open(file);
  assert.equal((await client.diagnostics(file)).length, 1);
});

test('--dir: the files of a folder, which is only read and has no hints', async () => {
  const folder = path.join(homes, 'handed-in');
  mkdirSync(folder);
  const file = path.join(folder, '0-greeting.ts');
  writeFileSync(file, wrong);
  const { client } = await learner({ words: ['--dir', folder] });
  await client.open(file);
  assert.equal((await client.diagnostics(file)).length, 1);
  assert.deepEqual(
    (await client.actions(file)).map(({ title }) => title),
    ['Open the task’s text', 'Check it again'],
  );
  assert.deepEqual(readdirSync(folder), ['0-greeting.ts']);
});

test('hints are given in their order, and counted with those of the terminal', async () => {
  const { client, home, file, save } = await learner();
  save(wrong);
  await client.open(file);
  await client.diagnostics(file);
  const titles = async () => (await client.actions(file)).map(({ title }) => title);
  assert.deepEqual(await titles(), [
    'Show a hint (1 of 3)',
    'Open the task’s text',
    'Check it again',
  ]);
  const inTerminal = async () =>
    (await workbook(['hint', '0'], { env: { WORKBOOK_HOME: home } })).stdout;
  const first = await inTerminal();
  assert.match(first, /hint 1 of 3/);
  assert.equal((await titles())[0], 'Show a hint (2 of 3)');
  await client.run('workbook.hint', file);
  assert.match(await client.message(), /^Hint 2 of 3: \S/);
  assert.match(await inTerminal(), /hint 3 of 3/);
  assert.deepEqual(await client.actions(file, ['source.organizeImports']), []);
  assert.equal((await client.actions(file, ['quickfix'])).length, 3);
});

test('the text opens without the hints, the worked version after a pass; copies that cannot be written', async () => {
  const { client, file, save } = await learner();
  save(wrong);
  await client.open(file);
  await client.diagnostics(file);
  const isDocument = (one: Told): one is Told & { kind: 'document' } => one.kind === 'document';
  await client.run('workbook.text', file);
  const text = fileURLToPath((await client.hears(isDocument)).uri);
  assert.match(readFileSync(text, 'utf8'), /^# Say hello\n[\s\S]*Print \*\*two\*\* lines\./);
  assert.doesNotMatch(readFileSync(text, 'utf8'), /hints:|A nudge/);
  assert.equal(statSync(text).mode & 0o222, 0);
  await client.run('workbook.worked', file);
  assert.match(await client.message(), /You have not passed lesson 0 yet/);
  save(right);
  assert.deepEqual(await client.diagnostics(file), []);
  const offered = await client.actions(file);
  assert.ok(offered.some(({ title }) => title === 'Show the worked version'));
  await client.run('workbook.worked', file);
  const worked = fileURLToPath((await client.hears(isDocument)).uri);
  assert.equal(path.basename(worked), '0-greeting.ts');
  assert.equal(await client.end(), 0);
  await temporaryIsEmpty();
});

test('an editor that can do little gets commands and messages', async () => {
  const { client, file, save } = await learner({ capabilities: {} });
  save(wrong);
  await client.open(file);
  assert.equal((await client.diagnostics(file)).length, 1);
  const [action] = await client.actions(file);
  assert.equal(action?.command, 'workbook.hint');
  await client.run('workbook.text', file);
  assert.match(await client.message(), /It is here, to be opened: .*lesson-0\.md/);
  assert.equal(client.told.filter(({ kind }) => kind === 'progress').length, 0);
});

test('what cannot be done is told, and what is out of turn is refused as the protocol has it', async () => {
  const client = new LanguageClient(path.join(homes, 'early'));
  clients.push(client);
  const codeOf = async (request: Promise<unknown>) => {
    const error: unknown = await request.then(
      () => undefined,
      (reason: unknown) => reason,
    );
    return error instanceof Error && 'code' in error ? error.code : undefined;
  };
  const ask = () => {
    const at = { line: 0, character: 0 };
    return client.connection.sendRequest(CodeActionRequest.type, {
      textDocument: { uri: 'untitled:Untitled-1' },
      range: { start: at, end: at },
      context: { diagnostics: [] },
    });
  };
  assert.equal(await codeOf(ask()), ErrorCodes.ServerNotInitialized);
  await client.initialize();
  assert.deepEqual(await ask(), []);
  await client.connection.sendRequest(ExecuteCommandRequest.type, { command: 'workbook.other' });
  assert.match(await client.message(), /"workbook\.other" cannot be done here/);
  await client.connection.sendRequest(ShutdownRequest.type);
  assert.equal(await codeOf(ask()), ErrorCodes.InvalidRequest);
});

test('the server ends with the editor, however that goes, and leaves nothing behind', async () => {
  const begin = async (options?: ClientOptions) => {
    const { client, file, save } = await learner(options);
    save(endless);
    await client.open(file);
    await client.hears((one): one is Told & { kind: 'progress' } => one.kind === 'progress');
    return client;
  };
  const hangsUp = await begin();
  hangsUp.child.stdin?.end();
  assert.equal(await hangsUp.ended, 1);
  const stopped = await begin();
  stopped.child.kill('SIGTERM');
  assert.equal(await stopped.ended, 143);
  const editor = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
  const orphan = await begin({ processId: editor.pid ?? 0 });
  editor.kill('SIGKILL');
  assert.equal(await orphan.ended, 1);
  const killed = await begin();
  killed.child.kill('SIGKILL');
  assert.equal(await killed.ended, 'SIGKILL');
  await temporaryIsEmpty();
});

test.run();

/** Nothing but the learners' own folders is left of what was started. */
async function temporaryIsEmpty(): Promise<void> {
  const deadline = performance.now() + 10_000;
  const left = () => [
    ...temporary.processes().map(({ command }) => command),
    ...temporary.files.filter((name) => name !== 'homes'),
  ];
  while (left().length > 0 && performance.now() < deadline) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  assert.deepEqual(left(), []);
}

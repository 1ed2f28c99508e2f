import * as assert from 'uvu/assert';
import { embeddedRedis } from '../../../runner/redis/embedded/server/source';
import { suite } from '../../support/suite';
import { access } from './conformance/access';
import { bitmaps } from './conformance/bitmaps';
import { blocking } from './conformance/blocking';
import { cjson } from './conformance/cjson';
import { clients } from './conformance/clients';
import { connections } from './conformance/connections';
import { differences } from './conformance/difference';
import { collectionEdges } from './conformance/edges/collections';
import { ownTests } from './conformance/edges/own-tests';
import { stringEdges } from './conformance/edges/strings';
import { zsetEdges } from './conformance/edges/zsets';
import { faults } from './conformance/faults';
import { functions } from './conformance/functions';
import { geo } from './conformance/geo';
import { hashes } from './conformance/hashes';
import { hyperloglog } from './conformance/hyperloglog';
import { inspection } from './conformance/inspection';
import { keys } from './conformance/keys';
import { lists } from './conformance/lists';
import { longestCommon } from './conformance/longest-common';
import { notifications } from './conformance/notifications';
import { play } from './conformance/play';
import { pubsub } from './conformance/pubsub';
import { type RealRedis, startRealRedis } from './conformance/real';
import { resp3 } from './conformance/resp3';
import type { Scenario } from './conformance/scenario';
import { scriptLibraries } from './conformance/script-libraries';
import { scriptSyntax } from './conformance/script-syntax';
import { scripts } from './conformance/scripts';
import { serialization } from './conformance/serialization';
import { server } from './conformance/server';
import { sets } from './conformance/sets';
import { settings } from './conformance/settings';
import { shards } from './conformance/shards';
import { sort } from './conformance/sort';
import { streamGroups } from './conformance/stream-groups';
import { streams } from './conformance/streams';
import { strings } from './conformance/strings';
import { takingMany } from './conformance/taking-many';
import { tracking } from './conformance/tracking';
import { transactions } from './conformance/transactions';
import { watches } from './conformance/watches';
import { zsets } from './conformance/zsets';

const scenarios: readonly Scenario[] = [
  ...strings,
  ...bitmaps,
  ...hyperloglog,
  ...longestCommon,
  ...inspection,
  ...serialization,
  ...hashes,
  ...lists,
  ...sets,
  ...zsets,
  ...streams,
  ...streamGroups,
  ...geo,
  ...ownTests,
  ...stringEdges,
  ...collectionEdges,
  ...zsetEdges,
  ...shards,
  ...sort,
  ...takingMany,
  ...keys,
  ...faults,
  ...connections,
  ...settings,
  ...access,
  ...clients,
  ...server,
  ...transactions,
  ...watches,
  ...blocking,
  ...pubsub,
  ...notifications,
  ...scripts,
  ...scriptLibraries,
  ...scriptSyntax,
  ...cjson,
  ...functions,
  ...resp3,
  ...tracking,
];

/** The embedded Redis against a real one: the same bytes to both, the same bytes back. */
const conformance = suite('conformance', { needs: ['redis-server'] });
let real: RealRedis | undefined;

conformance.before(async () => {
  real = await startRealRedis();
});

conformance.after(() => real?.stop());

for (const [protocol, scenario] of ([2, 3] as const).flatMap((one) =>
  scenarios.map((scenario) => [one, scenario] as const),
)) {
  conformance(`RESP${protocol}, ${scenario.name}`, async () => {
    assert.ok(real, 'redis-server does not start');
    const embedded = await embeddedRedis().open();
    try {
      const [theirs, ours] = [
        await play(real.place, scenario, protocol),
        await play(embedded.address, scenario, protocol),
      ];
      const problems = scenario.steps.flatMap((step, at) =>
        judge(scenario.name, step, theirs[at] ?? '', ours[at] ?? ''),
      );
      assert.is(problems.length, 0, problems.join('\n'));
    } finally {
      await embedded.close();
    }
  });
}

conformance('each listed difference names a step that is there', () => {
  for (const { scenario, step } of differences) {
    const steps = scenarios.find(({ name }) => name === scenario)?.steps ?? [];
    assert.ok(steps.includes(step), `${scenario}: ${step}`);
  }
});

conformance('there are enough steps to speak of', () => {
  assert.ok(scenarios.flatMap(({ steps }) => steps).length >= 400);
});

conformance.run();

/** What is wrong with a step: a difference that is not listed, or a listed one that is none. */
function judge(scenario: string, step: string, theirs: string, ours: string): string[] {
  const listed = differences.some((row) => row.scenario === scenario && row.step === step);
  if ((theirs === ours) !== listed) return [];
  const told = `${step}\n  Redis:    ${JSON.stringify(theirs)}\n  embedded: ${JSON.stringify(ours)}`;
  return [listed ? `listed as different, and is the same: ${told}` : told];
}

import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { broughtBy } from "../../src/features/brought_by.ts";
import { allDecisions } from "../../src/features/decisions/kinds.ts";
import { EMPTY } from "../../src/features/features.ts";
import type { Intent } from "../../src/features/intent.ts";
import type { State } from "../../src/features/state.ts";
import { situationOf } from "../../src/features/attempts/strategy_of.ts";
import { BUILT_IN } from "../../src/plugin/built_in.ts";
import { buildRegistry } from "../../src/plugin/registry.ts";
import { type AddedKinds, withKinds } from "../../src/plugin/with_kinds.ts";
import { loaded } from "../plugins/call_tool.ts";
import { task } from "../given/given.ts";

/** The compiler names a slice that is missing here. */
const SLICES: Readonly<Record<keyof State, true>> = {
  seq: true,
  at: true,
  effects: true,
  spending: true,
  run: true,
  clock: true,
  people: true,
  messages: true,
  verdicts: true,
  decisions: true,
  arbiter: true,
  tasks: true,
  attempts: true,
  seats: true,
  turns: true,
  summaries: true,
  interpreter: true,
  checks: true,
  criteria: true,
  files: true,
  protection: true,
  evidence: true,
  commits: true,
  threads: true,
  placements: true,
  models: true,
  ledger: true,
  plugins: true,
  failures: true,
  slips: true,
  statistics: true,
  workspaces: true,
  later: true,
  setup: true,
};

/** The compiler names a wish that is missing here. */
const WISHES: Readonly<Record<Intent["kind"], true>> = {
  say: true,
  pause: true,
  unpause: true,
  hold: true,
  lift: true,
  release: true,
  release_all: true,
  edit: true,
  redirect: true,
  duplicate: true,
  drop: true,
  take_back: true,
  answer: true,
  interrupt: true,
  park: true,
  raise: true,
  rollback: true,
  cancel: true,
};

const { features, phases, strategies } = BUILT_IN;
const PROMPTS = fileURLToPath(new URL("../../prompts", import.meta.url));
const SOURCES = fileURLToPath(new URL("../../src", import.meta.url));

const { registry } = buildRegistry({
  offers: loaded.offers,
  prompts: Object.fromEntries(
    [...Deno.readDirSync(PROMPTS)].map(({ name }) => [name, { name, text: "", placeholders: [] }]),
  ),
});

Deno.test("no two kinds that come with Autonomy have one name, and no two features one type of fact", () => {
  assert.doesNotThrow(() => withKinds(BUILT_IN, {}));
  const declared = allDecisions(registry).map(({ name }) => name);
  assert.deepEqual(declared.filter((name, index) => declared.indexOf(name) !== index), []);
});

Deno.test("each slice of the state has its feature, and what a kind brings to remember by is a feature of the run", () => {
  assert.deepEqual(Object.keys(EMPTY).toSorted(), Object.keys(SLICES).toSorted());
  assert.deepEqual(broughtBy(BUILT_IN).filter((feature) => !features.includes(feature)), []);
});

Deno.test("each wish of a person is granted or refused by exactly one feature", () => {
  const known = features.flatMap(({ wishes }) => Object.keys(wishes ?? {}));
  assert.deepEqual(known.toSorted(), Object.keys(WISHES).toSorted());
});

Deno.test("each phase has a usual role, which a specialist of the default crew plays, and each specialist's phases exist", () => {
  const names = phases.map(({ phase }) => phase);
  for (const { phase, role } of phases) assert.ok(registry.roles[role]?.phases.includes(phase), `${role} in ${phase}`);
  for (const { role, phases: its } of Object.values(registry.roles)) {
    assert.deepEqual(its.filter((phase) => !names.includes(phase)), [], role);
  }
});

Deno.test("the last strategy fits whatever no other fits", () => {
  const situation = situationOf(EMPTY, registry, { task: task(), wished: null, tries: 0 });
  for (const billions of [null, 0.5, 7, 700]) assert.ok(strategies.at(-1)?.fits({ ...situation, billions }));
});

Deno.test("kinds are added before or after those that there are, and a name that is taken is refused with all of them named", () => {
  const [coding] = phases.filter(({ phase }) => phase === "coding");
  const own = { ...coding!, phase: "own" };
  const joined = withKinds(BUILT_IN, { phases: [own], strategies: [{ ...strategies[0]!, name: "own" }] });
  assert.deepEqual([joined.phases.at(-1)?.phase, joined.strategies[0]?.name], ["own", "own"]);
  const { decide, text } = BUILT_IN.asks;
  const refused: readonly (readonly [AddedKinds, RegExp])[] = [
    [{ phases: [own, own] }, /There is a phase called "own" already: give the added one another name/],
    [{ asks: { decide: decide! } }, /There is an? ask called "decide" already/],
    [{ asks: { other: text! } }, /The ask "other" has the purpose "text": add it by that word/],
    [{ features: [{ name: "own", facts: features[0]!.facts }] }, /There is a fact called "run_started" already/],
    [{ features: [{ name: "tasks" }], phases: [coding!] }, /feature called "tasks".* phase called "coding"/],
  ];
  for (const [added, sentence] of refused) assert.throws(() => withKinds(BUILT_IN, added), sentence);
});

Deno.test("the sources know nothing of what the tests of the house add", () => {
  const added = [
    "talk",
    "announce",
    "news",
    "translate",
    "security",
    "look_for_holes",
    "audits",
    "hand_in",
    "postpone",
    "small steps",
    "shout",
    "porter",
    "replace_all",
  ];
  const named = new RegExp(`["\'\`](?:${added.join("|")})["\'\`]`);
  for (const path of sourcesIn(SOURCES)) assert.doesNotMatch(Deno.readTextFileSync(path), named, path);
});

function sourcesIn(folder: string): string[] {
  return [...Deno.readDirSync(folder)].flatMap(({ name, isDirectory }) =>
    isDirectory ? sourcesIn(`${folder}/${name}`) : /\.tsx?$/.test(name) ? [`${folder}/${name}`] : []
  );
}

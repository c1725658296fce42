import assert from "node:assert/strict";
import { z } from "zod";
import { factParser } from "../../src/features/fact_parser.ts";
import { defineFeature } from "../../src/features/feature.ts";
import type { State } from "../../src/features/state.ts";
import type { AnyFact } from "../../src/kernel/fact.ts";
import { folding } from "../../src/kernel/fold.ts";
import { type Granted, granted, refused } from "../../src/kernel/granted.ts";
import { type Due, facts, NOTHING } from "../../src/kernel/owed.ts";
import { BUILT_IN, unknownIn } from "../../src/plugin/built_in.ts";
import { withKinds } from "../../src/plugin/with_kinds.ts";
import { withCrew } from "../end_to_end/fixtures/crew_run.ts";

/** Words of replies, and the bound at which the crew talks much. */
interface Talk {
  readonly words: number;
  readonly told: boolean;
}

type TalkFact =
  | { readonly type: "crew_talks_much"; readonly words: number }
  | { readonly type: "talk_forgotten" };

interface ForgetTalk {
  readonly kind: "forget_talk";
}

const MUCH = 120;

/** Counts the words of replies, and says once that the crew talks much. */
const talk = defineFeature<Talk, TalkFact>({
  name: "talk",
  facts: { crew_talks_much: z.object({ words: z.int() }), talk_forgotten: z.object({}) },
  empty: { words: 0, told: false },
  on: {
    effect_finished: (own, { result }) =>
      result.kind === "ask" ? { ...own, words: own.words + result.text.text.split(/\s+/).length } : own,
    crew_talks_much: (own) => ({ ...own, told: true }),
    talk_forgotten: () => ({ words: 0, told: true }),
  },
  due: dueTalk,
  wishes: { forget_talk: forgetTalk },
});

function dueTalk(state: State): Due<TalkFact, never> {
  const { words, told } = talk.of(state);
  return told || words <= MUCH ? NOTHING : facts<TalkFact>({ type: "crew_talks_much", words });
}

function forgetTalk(state: State): Granted<TalkFact> {
  return talk.of(state).words === 0 ? refused("Nothing was said yet.") : granted<TalkFact>({ type: "talk_forgotten" });
}

const KINDS = withKinds(BUILT_IN, { features: [talk] });

Deno.test("a feature that is added keeps its slice, owes a fact of its own once, grants a wish, and is folded alike from its journal", () =>
  withCrew(async (crew) => {
    assert.equal(crew.run.send<ForgetTalk>({ kind: "forget_talk" }), "Nothing was said yet.");
    await crew.state((state) => talk.of(state).told);
    crew.wish<ForgetTalk>({ kind: "forget_talk" });
    assert.deepEqual(talk.of(crew.run.state()), { words: 0, told: true });
    assert.equal((await crew.end())?.kind, "accepted");
    const own = crew.facts().filter((fact) => unknownIn(fact) !== null) as readonly AnyFact[] as TalkFact[];
    assert.deepEqual(own.map(({ type }) => type), ["crew_talks_much", "talk_forgotten"]);
    assert.ok(own[0]!.type === "crew_talks_much" && own[0]!.words > MUCH);
    const { fold, empty } = folding(KINDS.features);
    assert.deepEqual(fold(crew.journal.read(), empty), crew.run.state());
    assert.ok(talk.of(crew.run.state()).words > 0);
  }, { added: { features: [talk] } }));

Deno.test("a fact of an added feature is checked by its schema before it is written, and unknown where the feature is not", () => {
  const { validate, unknownIn: unknown } = factParser(KINDS);
  const fact = { type: "crew_talks_much", words: 3 };
  assert.deepEqual(validate(fact), fact);
  assert.throws(() => validate({ ...fact, words: "many" }), /words/);
  assert.equal(unknown(fact), null);
  assert.equal(unknownIn(fact), 'type "crew_talks_much"');
});

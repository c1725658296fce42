import { variantOf } from "../../src/prompt/variant_of.ts";
import assert from "node:assert/strict";
import { z } from "zod";
import type { Answer, Read } from "../../src/asks/answer.ts";
import type { AskEffect } from "../../src/effects/ask/ask_effect.ts";
import { defineFeature, onFailure } from "../../src/features/feature.ts";
import { ANALYSIS, type AskKind, type Due, type Registry } from "../../src/features/registry.ts";
import type { State } from "../../src/features/state.ts";
import { effects, NOTHING } from "../../src/kernel/owed.ts";
import { layOut } from "../../src/prompt/lay_out.ts";
import { meterOf } from "../../src/prompt/meter.ts";
import { promptText } from "../../src/prompt/prompt_text.ts";
import { reserve } from "../../src/prompt/reserve.ts";
import { withCrew } from "../end_to_end/fixtures/crew_run.ts";

/** What a person reads of the goal in their own language. */
interface Translations {
  readonly goal: string | null;
  readonly tries: number;
}

/** What the reader of this kind adds to what an ask gives. */
const Translated = z.object({ translation: z.string() });

/** Asks whose answer never came before nobody asks any more. */
const TRIES = 2;
const FILE = "translate.md";

const translations = defineFeature<Translations>({
  name: "translations",
  empty: { goal: null, tries: 0 },
  on: {
    effect_finished(own, { key, result }, before) {
      if (!isTranslation(before, key)) return own;
      const read = Translated.safeParse(result);
      return { goal: read.data?.translation ?? null, tries: own.tries + 1 };
    },
    ...onFailure<Translations>((own, { key }, before) =>
      isTranslation(before, key) ? { ...own, tries: own.tries + 1 } : own
    ),
  },
  due: dueTranslation,
});

function isTranslation(state: State, key: string): boolean {
  const effect = state.effects.open[key]?.effect;
  return effect?.kind === "ask" && effect.purpose === "translate";
}

function dueTranslation(state: State, registry: Registry): Due {
  const { goal, tries } = translations.of(state);
  const isOpen = Object.keys(state.effects.open).some((key) => isTranslation(state, key));
  if (goal !== null || tries >= TRIES || isOpen) return NOTHING;
  const ask: AskEffect = {
    kind: "ask",
    key: `translate.${state.effects.count}`,
    role: ANALYSIS,
    turn: null,
    purpose: "translate",
    legal: [],
    temperature: 0,
    seed: tries + 1,
    answerLimit: 300,
    reserved: 0,
  };
  return effects(reserve(state, registry, ask));
}

/** The goal in German, for the person who reads along. */
const translate: AskKind = {
  purpose: "translate",
  ability: null,
  isText: true,
  isExtra: true,
  feature: translations,
  prompt(state, registry, ask, frame) {
    const variant = variantOf(frame.billions ?? null);
    return layOut(ask, registry, frame, meterOf(frame), {
      system: [{ name: "role", priority: 0, pieces: [promptText(state, registry, FILE, ask.role, variant)] }],
      brief: [{ name: "text", priority: 0, pieces: [state.run.info?.goal ?? ""] }],
      exchange: null,
      summary: null,
      tail: [],
      declared: [],
      legal: [],
      complexity: 1,
      variant,
    });
  },
  chars: (state, registry) => (registry.prompts[FILE]?.text.length ?? 0) + (state.run.info?.goal.length ?? 0),
  read: readTranslation,
};

function readTranslation({ reply }: Answer): Read & Partial<z.infer<typeof Translated>> {
  const translation = /^Deutsch: (.+)$/m.exec(reply.text)?.[1];
  const read = { calls: [], step: "translation", content: null };
  return translation === undefined
    ? { ...read, fault: "The reply holds no line that begins with Deutsch." }
    : { ...read, fault: null, translation };
}

const PROMPT =
  "---\nname: translate\nfor: an ask that translates\n---\nYou translate into German. Reply with one line: Deutsch: …\n";
const GERMAN = "Bring die fehlschlagenden Tests dieses Projekts zum Laufen.";

Deno.test("an ask that is added is owed by its own feature, composed from its own file, read by its own reader and remembered", () => {
  const asked: string[] = [];
  return withCrew(async (crew) => {
    assert.equal((await crew.end())?.kind, "accepted");
    assert.deepEqual(translations.of(crew.run.state()), { goal: GERMAN, tries: 2 });
    assert.deepEqual(asked, [
      "Make the failing tests of this project pass.",
      "Make the failing tests of this project pass.",
    ]);
    const given = crew.facts().flatMap((fact) =>
      fact.type === "effect_finished" && fact.key.startsWith("translate.") ? [fact] : []
    );
    assert.deepEqual(given.map(({ result }) => Translated.safeParse(result).data?.translation), [undefined, GERMAN]);
    assert.match(crew.prompt(given[1]!.key), /You translate into German/);
  }, {
    added: { asks: { translate } },
    prompts: { [FILE]: PROMPT },
    player({ messages }) {
      if (messages[0]?.content.startsWith("You translate into German") !== true) return null;
      asked.push(messages[1]!.content);
      return asked.length === 1 ? "I had rather not." : `Gern.\nDeutsch: ${GERMAN}`;
    },
  });
});

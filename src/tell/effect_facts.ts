import { causeOf, type Failing } from "../features/feature.ts";
import type { Fact } from "../features/fact.ts";
import type { Known, OpenedEffect, TellOf } from "../features/known.ts";
import type { EffectKind } from "../features/registry.ts";
import type { effectFacts } from "../kernel/effects.ts";
import type { Place } from "../kernel/fact.ts";
import { oneLine, plainName } from "../kernel/say.ts";
import type { Entry, Part, Row, Texts, ToldEffect } from "../kernel/told.ts";
import type { Text } from "../kernel/text.ts";

/** How an effect is told whose kind nobody knows here: what it holds is of that kind. */
type AnyTold = ToldEffect<unknown, unknown, OpenedEffect, Known>;

type Failed = Failing & Place;

/** How it is told that an effect gave nothing, whatever its kind. */
const FAILURES_TOLD: Pick<
  TellOf<keyof typeof effectFacts>,
  "effect_failed" | "effect_refused" | "effect_cancelled" | "effect_unknown"
> = {
  effect_failed: {
    json: ({ key, failure, text, host = null, model = null, ms }, known) => ({
      type: ended(key, "failed", known),
      key,
      failure,
      text,
      host,
      model,
      ms,
    }),
    // The model that called the tool reads it and goes on.
    lines: ({ key, failure, text }) =>
      failure === "tool_error" ? [] : [`${key} failed: ${plainName(failure)}: ${oneLine(text, 300)}`],
    entries: failed,
    row: (fact) => failureRow(fact, `${plainName(fact.failure)}: ${oneLine(fact.text, 400)}`, placeOf(fact)),
    parts: (fact, known) => failingPart(fact, known, `failed: ${plainName(fact.failure)}`, fact.text, fact.partial),
  },
  effect_refused: {
    json: ({ key, reason }, known) => ({ type: ended(key, "refused", known), key, reason }),
    entries: failed,
    row: (fact) => failureRow(fact, `refused: ${oneLine(fact.reason, 300)}`),
    parts: (fact, known) => failingPart(fact, known, "was refused", fact.reason),
  },
  effect_cancelled: {
    json: ({ key, by, ms }, known) => ({ type: ended(key, "cancelled", known), key, by, ms }),
    parts: (fact, known) => failingPart(fact, known, `was cancelled by ${fact.by}`, "", fact.partial),
  },
  effect_unknown: {
    json: ({ key, text }, known) => ({ type: ended(key, "unknown", known), key, text }),
    lines: ({ key, text }) => [`${key}: ${oneLine(text)}`],
    entries: failed,
    row: (fact) => failureRow(fact, `unknown: ${oneLine(fact.text, 300)}`),
    parts: (fact, known) => failingPart(fact, known, "has an end that nobody knows", fact.text),
  },
};

/**
 * Makes how the opening and the closing of effects are told out of how each kind is.
 *
 * @param kinds kinds of effects by their word
 */
export function effectFactsTold(kinds: Readonly<Record<string, EffectKind>>): TellOf<keyof typeof effectFacts> {
  const told = (kind: string) => kinds[kind]?.tell as AnyTold | undefined;
  return {
    effect_opened: {
      json: ({ effect }) => ({
        type: `${effect.kind}.started`,
        ...(told(effect.kind)?.started(effect) ?? { key: effect.key }),
      }),
      entries: ({ effect }, known) => told(effect.kind)?.begins?.(effect, known) ?? [],
    },
    effect_finished: {
      json: ({ key, result }, known) => ({
        type: ended(key, "finished", known),
        key,
        ...told(result.kind)?.finished(result),
      }),
      lines: ({ result }) => told(result.kind)?.lines?.(result) ?? [],
      entries: ({ key, result }, known) => {
        const opened = known.effect(key);
        return opened === undefined ? [] : told(result.kind)?.entries?.(result, opened, known) ?? [];
      },
      row: ({ seq, key, result }, known) => {
        const opened = known.effect(key);
        const row = opened === undefined ? null : told(result.kind)?.row?.(result, opened) ?? null;
        return row === null ? null : { ...row, id: String(seq) };
      },
      parts: ({ key, result }, known) => {
        const [opened, part] = [known.effect(key), told(result.kind)?.part];
        return opened === undefined || part === undefined
          ? []
          : [{ of: opened.of, say: (texts) => part(result, opened, texts) }];
      },
    },
    ...FAILURES_TOLD,
  };
}

/** Name of the line of JSON; an effect that an earlier process opened is only known as an effect. */
function ended(key: string, how: string, known: Known): string {
  return `${known.effect(key)?.kind ?? "effect"}.${how}`;
}

function failed(fact: Failed, known: Known): readonly Entry[] {
  const opened = known.effect(fact.key);
  if (opened === undefined || opened.role === "") return [];
  return [{ role: opened.role, kind: "failure", of: opened.cause, title: opened.tool, text: causeOf(fact) }];
}

function failureRow({ seq, key }: Failed, text: string, where = ""): Row {
  return { section: "Failures", id: String(seq), cells: [`${key}${where}: ${text}`] };
}

function placeOf({ model, host = "?" }: Extract<Fact, { type: "effect_failed" }>): string {
  return model === undefined ? "" : ` (${model} on ${host})`;
}

/** What is shown of an effect of a thread that did not finish. */
function failingPart({ key }: Failed, known: Known, what: string, text: string, partial?: Text): readonly Part[] {
  const opened = known.effect(key);
  if (opened === undefined || opened.role === "") return [];
  const say = ({ whole }: Texts) =>
    [
      `── ${opened.name} ${what}`,
      ...(text === "" ? [] : [text]),
      ...(partial === undefined ? [] : [`(until then) ${whole(partial)}`]),
    ].join("\n");
  return [{ of: opened.of, say }];
}

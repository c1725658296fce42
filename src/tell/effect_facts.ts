import { causeOf, type Failing } from "../features/feature.ts";
import type { Known, TellEffect, TellOf } from "../features/known.ts";
import type { EffectKind } from "../features/registry.ts";
import type { effectFacts } from "../kernel/effects.ts";
import { oneLine, plainName } from "../kernel/say.ts";
import { type Entry, type Part, pick, type Row } from "../kernel/told.ts";
import type { Text } from "../kernel/text.ts";
import { membersOf } from "./json_line.ts";

/** How it is told that an effect gave nothing, whatever its kind. */
const FAILURES_TOLD: TellOf<Failing["type"]> = {
  effect_failed: {
    json: (fact, known) => ({
      type: ended(fact, "failed", known),
      ...pick(fact, "key", "failure", "text"),
      host: fact.host ?? null,
      model: fact.model ?? null,
      ms: fact.ms,
    }),
    // The model that called the tool reads it and goes on.
    lines: ({ key, failure, text }) =>
      failure === "tool_error" ? [] : [`${key} failed: ${plainName(failure)}: ${oneLine(text, 300)}`],
    entries: failed,
    row: (fact) => failureRow(`${fact.key}${placeOf(fact)}`, plainName(fact.failure), fact.text),
    parts: (fact, known) => failingPart(fact, known, `failed: ${plainName(fact.failure)}`, fact.text, fact.partial),
  },
  effect_refused: {
    json: (fact, known) => ({ type: ended(fact, "refused", known), ...pick(fact, "key", "reason") }),
    entries: failed,
    row: ({ key, reason }) => failureRow(key, "refused", reason),
    parts: (fact, known) => failingPart(fact, known, "was refused", fact.reason),
  },
  effect_cancelled: {
    json: (fact, known) => ({ type: ended(fact, "cancelled", known), ...pick(fact, "key", "by", "ms") }),
    parts: (fact, known) => failingPart(fact, known, `was cancelled by ${fact.by}`, "", fact.partial),
  },
  effect_unknown: {
    json: (fact, known) => ({ type: ended(fact, "unknown", known), ...pick(fact, "key", "text") }),
    lines: ({ key, text }) => [`${key}: ${oneLine(text)}`],
    entries: failed,
    row: ({ key, text }) => failureRow(key, "unknown", text),
    parts: (fact, known) => failingPart(fact, known, "has an end that nobody knows", fact.text),
  },
};

/**
 * Makes how the opening and the closing of effects are told out of how each kind is.
 *
 * @param kinds kinds of effects by their word
 */
export function effectFactsTold(kinds: Readonly<Record<string, EffectKind>>): TellOf<keyof typeof effectFacts> {
  // What an effect and its result hold is of their kind, which is asked by their own word.
  const told = (kind: string) => (kinds[kind]?.tell ?? {}) as Partial<TellEffect<object, object>>;
  return {
    effect_opened: {
      json: ({ effect }, known) => ({
        type: `${effect.kind}.started`,
        ...membersOf<object>(effect, told(effect.kind).started ?? (() => ({ key: effect.key })), known),
      }),
      entries: ({ effect }, known) => told(effect.kind).begins?.(effect, known) ?? [],
    },
    effect_finished: {
      json: (fact, known) => ({
        type: ended(fact, "finished", known),
        key: fact.key,
        ...membersOf<object>(fact.result, told(fact.result.kind).finished ?? [], known),
      }),
      lines: ({ result }) => told(result.kind).lines?.(result) ?? [],
      entries: ({ key, result }, known) => {
        const opened = known.effect(key);
        return opened === undefined ? [] : told(result.kind).entries?.(result, opened) ?? [];
      },
      row: ({ key, result }, known) => {
        const opened = known.effect(key);
        return opened === undefined ? null : told(result.kind).row?.(result, opened) ?? null;
      },
      parts: ({ key, result }, known) => {
        const [opened, text] = [known.effect(key), told(result.kind).text];
        return opened === undefined || text === undefined
          ? []
          : [{ of: opened.of, text: (texts) => text(result, opened, texts) }];
      },
    },
    ...FAILURES_TOLD,
  };
}

/** Name of the line of JSON; an effect that an earlier process opened is only known as an effect. */
function ended({ key }: { readonly key: string }, how: string, known: Known): string {
  return `${known.effect(key)?.kind ?? "effect"}.${how}`;
}

function failed(fact: Failing, known: Known): readonly Entry[] {
  const opened = known.effect(fact.key);
  if (opened === undefined || opened.role === "") return [];
  return [{ role: opened.role, kind: "failure", of: opened.cause, title: opened.tool, text: causeOf(fact) }];
}

function failureRow(what: string, how: string, text: string): Row {
  return { section: "Failures", cells: [`${what}: ${how}: ${oneLine(text, 400)}`] };
}

function placeOf({ model, host = "?" }: Extract<Failing, { type: "effect_failed" }>): string {
  return model === undefined ? "" : ` (${model} on ${host})`;
}

/** What is shown of an effect of a thread that did not finish. */
function failingPart({ key }: Failing, known: Known, what: string, text: string, partial?: Text): readonly Part[] {
  const opened = known.effect(key);
  if (opened === undefined || opened.role === "") return [];
  const lines = [`── ${opened.name} ${what}`, ...(text === "" ? [] : [text])];
  return [{
    of: opened.of,
    text: ({ whole }) => [...lines, ...(partial === undefined ? [] : [`(until then) ${whole(partial)}`])].join("\n"),
  }];
}

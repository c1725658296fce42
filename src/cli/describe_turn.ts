import { readText } from "../effects/stored_text.ts";
import type { ToolEffect } from "../effects/tool/tool_effect.ts";
import type { AskEffect } from "../effects/ask/ask_effect.ts";
import { z } from "zod";
import type { Stamped } from "../features/fact.ts";
import type { Text } from "../kernel/text.ts";
import { CommandError } from "./command_error.ts";
import { EXIT } from "./exit_code.ts";
import { describeMessage } from "./describe_message.ts";
import { readingParts } from "./replies.ts";
import type { ReadRun } from "./stored_run.ts";
import { oneLine, safe, sayTime } from "./table.ts";

/** What of a stored request is shown. */
const StoredRequest = z.object({
  messages: z.array(z.object({ role: z.string(), content: z.string() })),
  tools: z.array(z.object({ name: z.string() })).optional(),
  temperature: z.number(),
  seed: z.number(),
  answerLimit: z.number(),
  leftOut: z.array(z.string()).default([]),
  sections: z.array(z.object({ name: z.string(), tokens: z.number() })).default([]),
});

type Shown = AskEffect | ToolEffect;

/**
 * Describes every ask and call of a turn, of a decision of the arbiter, or of the review of a message, with prompts and raw replies; of a
 * message also its text and what became of it.
 *
 * @param run facts of the run and its journal
 * @param wanted `t3`, `d2`, `m4`, or the key of one effect
 * @returns lines for people, with closing line breaks
 * @throws {CommandError} exit code 2 when nothing of the run is called so
 */
export function describeTurn(run: ReadRun, wanted: string): string {
  const parts: string[] = [];
  const open = new Map<string, Shown>();
  for (const fact of run.facts) {
    const message = describeMessage(fact, wanted);
    if (message !== null) parts.push(message);
    else if (fact.type === "turn_opened" && fact.id === wanted) {
      parts.push(
        `Turn ${fact.id} of ${fact.role}: ${fact.purpose}, for message ${fact.message}\nTools: ${
          fact.tools.join(", ")
        }`,
      );
    } else if (fact.type === "effect_opened") {
      const { effect } = fact;
      if ((effect.kind === "ask" || effect.kind === "tool") && belongs(effect, wanted)) open.set(effect.key, effect);
    } else if ("key" in fact) {
      const effect = open.get(fact.key);
      const text = effect === undefined ? null : describe(fact, effect, run);
      if (text !== null) parts.push(text);
    } else if (fact.type === "interpretation_skipped" && (fact.turn ?? fact.ask.split(".")[0]) === wanted) {
      parts.push(`── ${fact.ask} was not given to the interpreter\n${safe(fact.reason)}`);
    } else if (fact.type === "turn_told" && fact.turn === wanted) parts.push(`── told\n${safe(fact.text)}`);
    else if (fact.type === "call_given" && fact.turn === wanted) {
      const { name, arguments: given, reason = "" } = fact.call;
      parts.push(`── not asked of the model: ${name} ${safe(JSON.stringify(given))}\n${safe(reason)}`);
    } else if (fact.type === "call_refused" && fact.turn === wanted) {
      parts.push(`── the call ${fact.name} was refused\n${safe(fact.reason)}`);
    } else if (fact.type === "decision_made" && fact.id === wanted) {
      parts.push(
        `── decided by ${fact.by}: ${fact.name} ${safe(JSON.stringify(fact.arguments))}\n${safe(fact.reason)}`,
      );
    } else if (fact.type === "decision_closed" && fact.id === wanted) {
      parts.push(`── ${fact.ok ? "succeeded" : "failed"}\n${safe(fact.outcome)}`);
    } else if (fact.type === "turn_closed" && fact.id === wanted) {
      parts.push(`── the turn ended: ${fact.ending}\n${safe(fact.text)}`);
    }
  }
  if (parts.length === 0) {
    throw new CommandError(
      EXIT.usage,
      `Run ${run.id} has no turn, decision or message ${wanted}. \`autonomy show ${run.id}\` lists its turns (t1, t2 …), decisions (d1, d2 …) and messages (m1, m2 …).`,
    );
  }
  return `${parts.map((part) => part.trimEnd()).join("\n\n")}\n`;
}

/** Keys begin with what caused the effect: `d2.decide7`, `t3.ask1.9`, `m4.review12`. */
function belongs(effect: Shown, wanted: string): boolean {
  return effect.turn === wanted || effect.key === wanted || effect.key.startsWith(`${wanted}.`);
}

function describe(fact: Stamped, effect: Shown, run: ReadRun): string | null {
  const text = (value: Text) => safe(readText(value, run.journal));
  switch (fact.type) {
    case "ask_placed":
      return `── ${fact.key}: ${fact.model} on ${fact.host}, ${fact.way}, window ${fact.window}, about ${fact.estimated} tokens\n${
        safe(fact.reason)
      }${fact.leftOut === undefined ? "" : `\nleft out to make room: ${fact.leftOut.join(", ")}`}${
        fact.wayReason === undefined ? "" : `\n${fact.way} by ${safe(fact.wayReason)}`
      }`;
    case "prompt_doubted":
      return `── ${fact.key}: the prompt was ${fact.finding} by ${fact.host}\n${safe(fact.text)}`;
    case "way_refused":
      return `── ${fact.key}: ${fact.way} failed, ${fact.other} is tried\n${safe(fact.text)}`;
    case "effect_finished": {
      const { result } = fact;
      if (result.kind === "tool") return `── ${nameOf(effect)} gave, in ${sayTime(result.ms)}\n${text(result.text)}`;
      if (result.kind !== "ask") return null;
      const counts = `${result.promptTokens ?? "?"} tokens read (estimated ${result.estimated}, ${result.proof}), ${
        result.answerTokens ?? "?"
      } written, ${sayTime(result.ms)}, ended by ${result.endedBy}`;
      return [
        promptOf(result.prompt, run),
        `── ${fact.key} replied: ${counts}`,
        ...(result.thinking === undefined ? [] : [`(thinking) ${text(result.thinking)}`]),
        text(result.text) || "(empty)",
        ...readingParts(result, effect.kind === "ask" ? effect.legal : []).map(({ title, text: said }) =>
          `── ${safe(title)}: ${safe(said).replaceAll("\n", "\n   ")}`
        ),
      ].join("\n");
    }
    case "effect_failed":
      return `── ${nameOf(effect)} failed: ${fact.failure}\n${safe(fact.text)}${
        fact.partial === undefined ? "" : `\n(until then) ${text(fact.partial)}`
      }`;
    case "effect_refused":
      return `── ${nameOf(effect)} was refused\n${safe(fact.reason)}`;
    case "effect_cancelled":
      return `── ${nameOf(effect)} was cancelled by ${fact.by}${
        fact.partial === undefined ? "" : `\n(until then) ${text(fact.partial)}`
      }`;
    case "effect_unknown":
      return `── ${nameOf(effect)}: nobody knows\n${safe(fact.text)}`;
    default:
      return null;
  }
}

function nameOf(effect: Shown): string {
  return effect.kind === "ask"
    ? effect.key
    : `${effect.key}: ${effect.call.name} ${oneLine(JSON.stringify(effect.call.arguments), 200)}`;
}

function promptOf(hash: string, run: ReadRun): string {
  const bytes = run.journal.getBlob(hash);
  if (bytes === undefined) return `── the prompt ${hash.slice(0, 12)} is not in the journal`;
  const stored = StoredRequest.safeParse(JSON.parse(new TextDecoder().decode(bytes)));
  if (!stored.success) return `── the prompt\n${safe(new TextDecoder().decode(bytes))}`;
  const { messages, tools, temperature, seed, answerLimit, leftOut, sections } = stored.data;
  return [
    `── the prompt (temperature ${temperature}, seed ${seed}, at most ${answerLimit} tokens of answer${
      tools === undefined ? "" : `, tools sent: ${tools.map((tool) => tool.name).join(", ")}`
    })`,
    ...messages.map((message) => `[${message.role}]\n${safe(message.content)}`),
    ...(sections.length === 0
      ? []
      : [`(tokens: ${sections.map(({ name, tokens: count }) => `${name} ${count}`).join(", ")})`]),
    ...(leftOut.length === 0 ? [] : [`(left out to make room: ${leftOut.join(", ")})`]),
  ].join("\n");
}

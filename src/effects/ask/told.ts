import type { TellEffect } from "../../features/known.ts";
import { ARBITER } from "../../features/registry.ts";
import { bound } from "../../kernel/text.ts";
import { oneLine, sayTime } from "../../kernel/say.ts";
import { type Entry, pick, type Texts } from "../../kernel/told.ts";
import type { AskEffect, AskResult } from "./ask_effect.ts";
import { readingParts } from "./reading_parts.ts";
import { sayReading } from "./say_reading.ts";
import { storedRequest } from "./stored_request.ts";

/** A load that takes less is none: the model was there. */
const SHOWN_MS = 1_000;

/** How asks of models are told. */
export const askTold: TellEffect<AskEffect, AskResult> = {
  started: ["key", "role", "turn", "purpose"],
  finished: (result) => ({
    ...pick(result, "host", "model", "way"),
    calls: result.calls.map((call) => pick(call, "name", "arguments")),
    ...pick(result, "fault", "step"),
    repairs: result.repairs ?? [],
    attempted: result.attempted ?? [],
    proof: result.proof,
    ended_by: result.endedBy,
    prompt_tokens: result.promptTokens,
    held_tokens: result.heldTokens ?? null,
    answer_tokens: result.answerTokens,
    ms: result.ms,
    load_ms: result.loadMs,
    prompt_ms: result.promptMs ?? null,
    answer_ms: result.answerMs ?? null,
  }),
  begins({ role, turn, summarises, interprets = "" }, known) {
    const message = (title: string, text: string): Entry => ({ role, kind: "message", of: null, title, text });
    if (summarises !== undefined) {
      const text = `(to be summarised) the first ${summarises} messages of its turn`;
      return [message(known.roleOf(turn ?? "") ?? "", text)];
    }
    const said = known.effect(interprets);
    return said?.meant ? [message(said.role, `(to be read) ${said.meant.excerpt}`)] : [];
  },
  entries(result, { role, cause: of, tool }) {
    // What the arbiter decided is told by the decision.
    if (role === ARBITER) return [];
    if (tool !== "") {
      const { said, fault } = result;
      return [{
        role,
        kind: said === undefined ? "failure" : "result",
        of,
        title: tool,
        text: said?.text ?? fault ?? "",
      }];
    }
    const text = result.way === "constrained" && result.calls.length > 0
      ? result.calls.map(({ reason = "" }) => reason).filter((reason) => reason !== "").join("\n")
      : result.text.text;
    return [
      ...(text === "" ? [] : [{ role, kind: "model", of, title: "", text } as const]),
      ...result.calls.map(({ name, arguments: args }): Entry => ({
        role,
        kind: "call",
        of,
        title: name,
        text: typeof args.path === "string" ? args.path : bound(JSON.stringify(args), 300),
      })),
    ];
  },
  row: ({ fault, model }, { key }) =>
    fault === null
      ? null
      : { section: "Failures", cells: [`${key}: no call was read (${model}): ${oneLine(fault, 300)}`] },
  text: (result, { key, ask }, texts) =>
    [
      promptOf(result.prompt, texts),
      `── ${key} replied: ${countsOf(result)}`,
      ...(result.thinking === undefined ? [] : [`(thinking) ${texts.whole(result.thinking)}`]),
      texts.whole(result.text) || "(empty)",
      ...readingParts(result, ask?.legal ?? []).map(({ title, text }) =>
        `── ${title}: ${text.replaceAll("\n", "\n   ")}`
      ),
    ].join("\n"),
};

function countsOf(result: AskResult): string {
  const { promptTokens, answerTokens, estimated, proof, ms, endedBy, loadMs } = result;
  const read = sayReading(result);
  const known = [`estimated ${estimated}, ${proof}`, ...(read === "" ? [] : [read])].join("; ");
  const loaded = loadMs !== null && loadMs >= SHOWN_MS ? `, loaded in ${sayTime(loadMs)}` : "";
  return `${promptTokens ?? "?"} tokens read (${known}), ${answerTokens ?? "?"} written, ${
    sayTime(ms)
  }, ended by ${endedBy}${loaded}`;
}

function promptOf(hash: string, texts: Texts): string {
  const stored = storedRequest(hash, texts);
  if (stored === null) return `── the prompt ${hash.slice(0, 12)} is not in the journal`;
  const { messages, tools, temperature, seed, answerLimit, leftOut = [], sections = [] } = stored;
  const sent = tools === undefined ? "" : `, tools sent: ${tools.map(({ name }) => name).join(", ")}`;
  const sizes = sections.map(({ name, tokens }) => `${name} ${tokens}`).join(", ");
  return [
    `── the prompt (temperature ${temperature}, seed ${seed}, at most ${answerLimit} tokens of answer${sent})`,
    ...messages.map(({ role, content }) => `[${role}]\n${content}`),
    ...(sizes === "" ? [] : [`(tokens: ${sizes})`]),
    ...(leftOut.length === 0 ? [] : [`(left out to make room: ${leftOut.join(", ")})`]),
  ].join("\n");
}

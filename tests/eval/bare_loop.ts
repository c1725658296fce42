import { join } from "node:path";
import type { Bug, CaseLanguage } from "./read_cases.ts";
import { runCheck } from "./run_check.ts";

/** Asks of the loop before it gives up. */
const TRIES = 5;
/** Characters of the checks' output that the model is shown, its end. */
const SHOWN = 1_500;
/** Most tokens of a file. */
const ANSWER = 1_024;

/** Word of a fenced block by language. */
const FENCES: Readonly<Record<CaseLanguage, string>> = { python: "python", javascript: "js", go: "go" };

/** A server that speaks OpenAI's interface, and a model of it. */
export interface Asked {
  /** Address without the version. */
  readonly url: string;
  readonly model: string;
}

/** What a way of repairing came to. */
export interface Repair {
  /** Whether the checks pass in the end. */
  readonly repaired: boolean;
  readonly tokens: number;
  readonly asks: number;
  readonly seconds: number;
}

/**
 * Repairs a bug as a script of twenty lines does: the model is given the faulty file, which it is told, and what the checks say, and gives
 * the whole file back, until the checks pass.
 *
 * @param folder a copy of the project, written to
 */
export async function bareLoop(bug: Bug, folder: string, asked: Asked): Promise<Repair> {
  const began = Date.now();
  const [file = ""] = bug.files;
  let [tokens, asks] = [0, 0];
  for (;;) {
    const { passed, output } = await runCheck(bug.language, bug.check, [folder]);
    const repair = { repaired: passed, tokens, asks, seconds: Math.round((Date.now() - began) / 1000) };
    if (passed || asks === TRIES) return repair;
    const text = await Deno.readTextFile(join(folder, file));
    const fence = FENCES[bug.language];
    const prompt = `This file ${file} is wrong:\n\`\`\`${fence}\n${text}\`\`\`\nThe tests say:\n${
      output.slice(-SHOWN)
    }\nGive the whole corrected file in one code block.`;
    const answer = await ask(asked, prompt, 0.2 * asks);
    asks += 1;
    tokens += answer.tokens;
    const whole = /```\w*\n([^]*?)```/.exec(answer.text)?.[1];
    if (whole !== undefined) await Deno.writeTextFile(join(folder, file), whole);
  }
}

/**
 * Asks a model once, with nothing around it.
 *
 * @param content the prompt
 * @param temperature how freely it answers
 * @throws {Error} when the server answers with an error
 */
export async function ask(
  { url, model }: Asked,
  content: string,
  temperature: number,
): Promise<{ text: string; tokens: number }> {
  const response = await fetch(`${url}/v1/chat/completions`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ model, messages: [{ role: "user", content }], temperature, max_tokens: ANSWER }),
  });
  if (!response.ok) {
    throw new Error(
      `${url} answered ${response.status} to a chat with ${model}: ${await response
        .text()}. Wait until it serves the model.`,
    );
  }
  const { choices, usage } = await response.json();
  return { text: choices[0].message.content, tokens: usage.total_tokens };
}

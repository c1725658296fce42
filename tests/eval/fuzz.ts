import { elides } from "../../src/mediate/elides.ts";
import { readCalls } from "../../src/mediate/read_calls.ts";
import { readReply } from "../../src/mediate/read_reply.ts";
import { readFencedText } from "../../src/mediate/read_text.ts";
import { StreamedReply } from "../../src/mediate/streamed_reply.ts";
import { FORMATS } from "../../src/mediate/formats.ts";
import { validate } from "../../src/mediate/validate.ts";
import { TOOLS } from "../mediate/samples.ts";
import { WRITINGS } from "../mediate/writings.ts";
import { type Dice, diceOf, mutatedReply } from "./mutate.ts";

/** What came of reading mutated replies. */
export interface FuzzResult {
  readonly count: number;
  readonly seed: number;
  readonly characters: number;
  /** Replies out of which at least one call was read. */
  readonly withCalls: number;
  /** Replies whose faults are said without a call. */
  readonly refused: number;
  /** Each throw and each broken promise, with its reply. */
  readonly failures: readonly { readonly reply: string; readonly what: string }[];
}

const REPLIES = Object.values(WRITINGS).flatMap(({ one, two }) => [one, two, `I think so.\n${one}\nAnd then ${two}`]);
const FAMILIES = [undefined, ...FORMATS.map(({ name }) => name)];
const WAYS = ["prompted", "constrained", "native"] as const;
const MOST_FAILURES = 20;

/**
 * Reads mutated replies with every reader and checks what is promised: nothing throws, each call fits its tool, a fault is
 * said exactly where something could not be run, a stream shows the same however it is cut.
 * @param count how many replies
 * @param seed of the chance; the same seed makes the same replies
 * @returns counts and failures, at most 20 of these
 */
export function fuzz(count: number, seed: number): FuzzResult {
  const dice = diceOf(seed);
  const failures: { reply: string; what: string }[] = [];
  let [characters, withCalls, refused] = [0, 0, 0];
  for (let index = 0; index < count && failures.length < MOST_FAILURES; index++) {
    const reply = mutatedReply(REPLIES, dice);
    characters += reply.length;
    try {
      const { calls, what } = readAll(reply, dice);
      if (what !== null) failures.push({ reply, what });
      if (calls > 0) withCalls++;
      else refused++;
    } catch (error) {
      failures.push({ reply, what: error instanceof Error ? error.stack ?? error.message : String(error) });
    }
  }
  return { count, seed, characters, withCalls, refused, failures };
}

function readAll(text: string, dice: Dice): { calls: number; what: string | null } {
  const family = FAMILIES[dice(FAMILIES.length)];
  const way = WAYS[dice(WAYS.length)] ?? "prompted";
  const reading = readReply({ text, delivered: [], thinking: "", tools: TOOLS, way, forced: false, family });
  readCalls(text, [], family);
  readFencedText(text, { path: "a.md", argument: "content" });
  elides(text);
  const whole = streamed(text, text.length);
  const cut = streamed(text, 1 + dice(9));
  const calls = reading.calls.length;
  if (whole !== cut) {
    return { calls, what: `the stream shows ${JSON.stringify(cut)} in pieces, ${JSON.stringify(whole)} whole` };
  }
  for (const call of reading.calls) {
    const tool = TOOLS.find(({ name }) => name === call.name);
    if (tool === undefined) return { calls, what: `a call of ${call.name}, which is no tool` };
    const { required, ...open } = tool.parameters;
    const needed = (Array.isArray(required) ? required : []).filter((key) => key !== tool.asText);
    const checked = validate({ ...open, required: needed }, call.arguments);
    if ("faults" in checked) {
      return { calls, what: `a call of ${call.name} that is wrong: ${checked.faults.join(" ")}` };
    }
  }
  const sound = (reading.fault === null) === (reading.attempted.length === 0 && calls > 0);
  return { calls, what: sound ? null : `the fault ${reading.fault} beside ${calls} calls` };
}

function streamed(text: string, size: number): string {
  const reader = new StreamedReply(TOOLS);
  let shown = "";
  for (let from = 0; from < text.length; from += size) shown += reader.feed(text.slice(from, from + size)).text;
  return shown + reader.end().text;
}

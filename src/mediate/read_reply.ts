import type { Call } from "../kernel/call.ts";
import { fitCall, type FittedCall, type Fitting, namesOf } from "./fit_call.ts";
import { callsInPiece } from "./json_format.ts";
import { effortFor, readLoose } from "./loose_value.ts";
import { isVerdict } from "./near_name.ts";
import { readFormats, splitReply } from "./read_formats.ts";
import type { Span } from "./spans.ts";
import { THINKING_MARKS } from "./split_thinking.ts";
import type { AttemptedCall, FoundCall, Reading, ReadingStep, ReplyToRead, Validate } from "./types.ts";
import { isRecord, parsedJson } from "../kernel/json.ts";
import { validate as validateSubset } from "./validate.ts";
import { say, type Wording } from "../sentences/say.ts";

/** What one step of the ladder made of a reply. */
interface Attempt {
  readonly step: ReadingStep;
  /** All that was found. */
  readonly found: readonly FoundCall[];
  /** The first {@link MOST_CALLS} of them, or fewer, compared with the tools. */
  readonly fitted: readonly FittedCall[];
}

/**
 * Reads the calls of a reply, down the ladder: calls that the server delivered, the constrained object, the model's known
 * format, any format; at each step what has one reading is mended and everything is compared with the tools' schemas.
 * Never throws, invents no value, and takes prose about a tool for what it is.
 * @param reply the reply and what is known of its making
 * @param validate compares arguments with a schema; the subset validator of this folder by default, in the words of the reply
 * @returns the calls that can run, and the fault that the model must be told
 */
export function readReply(
  reply: ReplyToRead,
  validate: Validate = (schema, value) => validateSubset(schema, value, reply),
): Reading {
  const fitting: Fitting = {
    tools: reply.tools,
    allTools: reply.allTools ?? reply.tools,
    validate,
    forced: reply.forced,
    meant: new Map(),
    from: reply,
  };
  const good = (call: FoundCall) => "call" in fitCall(call, fitting);
  const split = splitReply(reply.text, fitting.allTools, good, reply.family);
  let best: Attempt | null = null;
  for (const attempt of attempts(reply, split.text, fitting)) {
    if (attempt.fitted.some((fit) => "call" in fit)) {
      best = attempt;
      break;
    }
    if (attempt.found.length > 0 && (best === null || onlyUnknown(best))) best = attempt;
  }
  const thinking = [reply.thinking, split.thinking].map((text) => text.trim()).filter((text) => text !== "").join("\n");
  if (best === null) {
    return {
      calls: [],
      fault: noCallFault(split.text, reply, thinking),
      attempted: [],
      step: "any format",
      repairs: [],
      prose: split.text.trim(),
      thinking,
    };
  }
  return { ...settle(best, reply), prose: proseOf(split.text, best), thinking };
}

function onlyUnknown({ fitted }: Attempt): boolean {
  return fitted.every((fit) => "attempted" in fit && fit.unknownTool);
}

/** The steps in order, each made only when the one before yielded nothing. */
function* attempts(reply: ReplyToRead, text: string, fitting: Fitting): Generator<Attempt> {
  const fit = (step: ReadingStep, found: readonly FoundCall[]): Attempt => ({
    step,
    found,
    fitted: found.slice(0, MOST_CALLS).map((call) => fitCall(call, fitting)),
  });
  if (reply.delivered.length > 0) {
    yield fit(
      "native",
      reply.delivered.map(({ name, arguments: given }) => ({ name, arguments: plain(given), span: [0, 0] })),
    );
  }
  if (reply.way === "constrained") yield fit("constrained", constrainedCall(text, reply));
  yield fitText(text, reply, fitting);
  if (text.trim() === "" && reply.delivered.length === 0) {
    const { found, ...attempt } = fitText(reply.thinking, reply, fitting);
    const mended = attempt.fitted.map((one) => "call" in one ? fromThinking(one, reply) : one);
    yield { ...attempt, found: found.map((call) => ({ ...call, span: [0, 0] })), fitted: mended };
  }
}

const IN_THINKING = "The call stood in the thinking, and the reply was empty.";

/** A call out of the thinking of a reply that says nothing else; a verdict must be said in the reply. */
function fromThinking({ call, repairs }: Extract<FittedCall, { readonly call: Call }>, from: Wording): FittedCall {
  if (!isVerdict(call.name)) return { call, repairs: [...repairs, IN_THINKING] };
  return notSaid(call, say(from, "reply.in_thinking", { tool: call.name }));
}

/** A verdict that may be an example or a thought. */
function notSaid(call: Call, fault: string): FittedCall {
  return { attempted: { name: call.name, arguments: call.arguments, fault }, unknownTool: false };
}

/** Whether a marked call stands within a sentence, as examples do. */
function isWithinSentence(text: string, [start, end]: Span): boolean {
  const lead = text.slice(text.lastIndexOf("\n", start - 1) + 1, start);
  return start > 0 && lead.trim() !== "" && !lead.trimEnd().endsWith(">") &&
    /^[ \t]*[^\s<[]/.test(text.slice(end, end + 80));
}

/** Whether calls without marks stand between paragraphs, as examples do. */
function areBetween(text: string, calls: readonly FoundCall[]): boolean {
  const start = calls[0]?.span[0] ?? 0;
  const end = calls.reduce((furthest, { span }) => Math.max(furthest, span[1]), 0);
  return text.slice(0, start).trim() !== "" && text.slice(end).trim() !== "";
}

/** What the formats find in a text, each call compared with the tools. */
function fitText(text: string, reply: ReplyToRead, fitting: Fitting): Attempt {
  const fits = new Map<FoundCall, FittedCall>();
  const fit = (call: FoundCall): FittedCall => {
    const before = fits.get(call);
    if (before !== undefined) return before;
    const fitted = fitCall(endsCut(call, text, reply) ? { ...call, cut: true } : call, fitting);
    fits.set(call, fitted);
    return fitted;
  };
  const { calls, format } = readFormats(text, fitting.allTools, (call) => "call" in fit(call), reply.family);
  const unmarked = format?.marks.length === 0;
  const between = unmarked && areBetween(text, calls);
  const fitted = calls.slice(0, MOST_CALLS).map((call) => {
    const one = fit(call);
    if (!("call" in one) || !isVerdict(one.call.name)) return one;
    return between || (!unmarked && isWithinSentence(text, call.span))
      ? notSaid(one.call, say(reply, "reply.in_text", { tool: one.call.name }))
      : one;
  });
  // An object that names no tool beside calls that do is an example or data.
  const named = fitted.filter((one) => "call" in one || !one.unknownTool);
  return {
    step: format !== null && format.name === reply.family ? "known format" : "any format",
    found: calls,
    fitted: unmarked && named.length > 0 ? named : fitted,
  };
}

/** Whether a call that nothing closes stands at the end of a reply that was cut by its bound: more may have been to come. */
function endsCut({ mended, span }: FoundCall, text: string, { endedBy }: ReplyToRead): boolean {
  return endedBy === "length" && (mended ?? []).length > 0 && span[1] > 0 && span[1] >= text.trimEnd().length;
}

/** JSON in a string is the wire's form of delivered arguments, no fault of the model. */
function plain(given: unknown): unknown {
  if (typeof given !== "string") return given;
  const parsed = parsedJson(given);
  return isRecord(parsed) ? parsed : given;
}

/** The one object that a schema held the reply to. */
function constrainedCall(text: string, reply: ReplyToRead): readonly FoundCall[] {
  const start = text.search(/\S/);
  if (start < 0 || text[start] !== "{") return [];
  const value = readLoose(text, start, effortFor(text));
  if (value === null || !isRecord(value.value) || text.slice(value.end).trim() !== "") return [];
  return callsInPiece(
    { ...value, start, span: [start, text.length], fence: null, opening: null, closing: null, beginsLine: true },
    reply.allTools ?? reply.tools,
  );
}

/** Calls of one reply that are read. A model that writes more of them is stuck, and all of them would stand in the journal and be made. */
export const MOST_CALLS = 64;

/** Attempts that are kept and told: a model that writes more of them is stuck. */
const MOST_ATTEMPTS = 20;

/** Calls up to the first attempt that cannot run: what stands after it may build on it. */
function settle({ step, found, fitted }: Attempt, from: Wording): Omit<Reading, "prose" | "thinking"> {
  const calls: Call[] = [];
  const attempted: AttemptedCall[] = [];
  const repairs: string[] = [];
  for (const fit of fitted) {
    if ("attempted" in fit) attempted.push(fit.attempted);
    else if (attempted.length === 0) {
      calls.push(fit.call);
      repairs.push(...fit.repairs);
    } else {
      const { name, arguments: given } = fit.call;
      attempted.push({
        name,
        arguments: given,
        fault: say(from, "reply.after_wrong", { tool: name }),
      });
    }
  }
  const next = found[MOST_CALLS];
  if (next !== undefined) {
    const fault = say(from, "reply.left_out", { count: found.length - MOST_CALLS, most: MOST_CALLS });
    // Before the attempts that are told, so that it is among them.
    attempted.unshift({ name: next.name, arguments: next.arguments, fault });
  }
  const told = attempted.slice(0, MOST_ATTEMPTS);
  const faults = told.map(({ fault }) => fault);
  if (told.length < attempted.length) faults.push(say(from, "reply.more", { count: attempted.length - told.length }));
  return {
    calls,
    attempted: told,
    fault: faults.length === 0 ? null : faults.join("\n"),
    step: repairs.length > 0 ? "repair" : step,
    repairs,
  };
}

function proseOf(text: string, { step, found }: Attempt): string {
  if (step === "native") return text.trim();
  let prose = "";
  let end = 0;
  for (const { span } of [...found].sort((left, right) => left.span[0] - right.span[0])) {
    if (span[0] > end) prose += text.slice(end, span[0]);
    end = Math.max(end, span[1]);
  }
  return (prose + text.slice(end)).trim();
}

function noCallFault(text: string, reply: ReplyToRead, thinking: string): string {
  const { tools, endedBy } = reply;
  if (tools.length === 0) return say(reply, "reply.no_tools");
  const wanted = say(reply, "reply.wanted", { tools: namesOf(tools, reply) });
  const isBlank = text.trim() === "";
  const isThought = isBlank ? thinking !== "" : THINKING_MARKS.some(([open]) => text.trimStart().startsWith(open));
  if (endedBy === "length" && isThought) return say(reply, "reply.thought", { wanted });
  if (isBlank) return say(reply, "reply.empty", { wanted });
  const tool = begunCall(text, tools.map(({ name }) => name));
  if (tool !== null) return say(reply, endedBy === "length" ? "reply.cut" : "reply.unreadable", { tool, wanted });
  const fenced = /^\s*(?:```\w*\s*)?(?=\{)/.exec(text);
  if (fenced !== null && readLoose(text, fenced[0].length, effortFor(text)) !== null) {
    return say(reply, "reply.nameless", { wanted });
  }
  return say(reply, "reply.no_call", { wanted });
}

/** The tool of a call that was begun and is too broken to be read. */
function begunCall(text: string, names: readonly string[]): string | null {
  const begun = /["']name["']\s*:\s*["']([\w.-]{1,80})["']\s*(?:,\s*["']?(?:arguments|args|input|parameters)\b|,?\s*$)/
    .exec(text)?.[1];
  return begun !== undefined && names.includes(begun) ? begun : null;
}

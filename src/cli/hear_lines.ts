import { reasonOf } from "../kernel/reason_of.ts";
import type { Intent } from "../features/intent.ts";
import type { Question } from "../features/people/slice.ts";
import { type Addressed, addressed, notAddressed } from "../tell/addressed.ts";
import { ARBITER } from "../features/registry.ts";
import type { State } from "../features/state.ts";
import type { Texts } from "../kernel/told.ts";
import type { Run } from "../run/run.ts";
import type { screenOffers } from "./screen_offers.ts";

/** What a person who types lines takes part in. */
export interface HeardRun {
  readonly run: Pick<Run, "state" | "send"> & { subscribe(listener: () => void): unknown };
  readonly texts: Pick<Texts, "whole">;
  /** Commands of plugins. */
  readonly commands: Pick<ReturnType<typeof screenOffers>, "commands" | "runCommand">;
  /** Tells a sentence. */
  readonly note: (text: string) => void;
  /** Lines that are typed, until their end. */
  readonly lines: AsyncIterable<string>;
}

/** Most time that a command of a plugin may take. */
const COMMAND_MS = 10_000;

const HELP =
  "What you type goes to the arbiter. Answer yes or no where you are asked, in words where words are asked for, or skip. " +
  "@ROLE WORDS and /say ROLE WORDS speak to a role, / lists the commands, Ctrl-C ends the run, which can be continued.";

/** Which question the person knows of. */
interface Asking {
  /** The one that was told last. */
  told: string | null;
  /** The one that a line was an answer to last. */
  answered: string | null;
  /** Whether it took the place of one that nobody answered: the line that comes next may be meant for that. */
  isOther: boolean;
}

/** The question to the person that is the first; null while nothing is asked. */
function firstAsked({ people, run }: State): Question | null {
  return run.ending === null ? people.questions[0] ?? null : null;
}

/** Says a question whole, with all that would be written or run, and how it is answered. */
function sayQuestion({ text, context, shows, kind, proposes }: Question, texts: HeardRun["texts"]): string {
  const whole = shows === undefined ? "" : texts.whole(shows);
  const answer = kind !== "input"
    ? "Type yes or no."
    : proposes === undefined
    ? "Type the answer, or skip."
    : "Type yes, what it shall be instead, or skip.";
  return [`You are asked: ${text}`, context, whole, answer].filter((part) => part.trim() !== "").join("\n");
}

/**
 * Hears a person who types lines while a run is told in lines: answers to what is asked, commands, and words to the arbiter. A question
 * is told whole before it can be answered, and one after the other. Where the lines end nobody answers any more: what is asked is denied.
 *
 * @param heard the run, and the lines
 * @returns once the lines are at their end; never rejects
 */
export async function hearLines(heard: HeardRun): Promise<void> {
  const { run, texts, note, lines } = heard;
  const asking: Asking = { told: null, answered: null, isOther: false };
  let isOver = false;
  const tell = () => {
    const asked = firstAsked(run.state());
    if (asked === null || asked.id === asking.told) return;
    asking.isOther = asking.told !== asking.answered;
    asking.told = asked.id;
    if (isOver) deny(heard, asked);
    else note(sayQuestion(asked, texts));
  };
  run.subscribe(tell);
  note(`${HELP} ? says this again.`);
  tell();
  try {
    for await (const line of lines) await hear(heard, asking, line);
  } catch (error) {
    note(`What you type is not heard any more: ${reasonOf(error)}.`);
  }
  isOver = true;
  const asked = firstAsked(run.state());
  if (asked !== null) deny(heard, asked);
}

function deny(heard: HeardRun, { id }: Question): void {
  const refusal = sent(heard, { kind: "answer", question: id, approved: false, text: "" });
  heard.note(refusal ?? "Nobody is there to answer: denied.");
}

/** Sends a wish; gives null, or why it is not granted, also where nothing can be written any more. */
function sent({ run }: HeardRun, wish: Intent): string | null {
  try {
    return run.send(wish);
  } catch (error) {
    return reasonOf(error);
  }
}

async function hear(heard: HeardRun, asking: Asking, line: string): Promise<void> {
  const { run, note, texts } = heard;
  const text = line.trim();
  if (text === "") return;
  if (text === "?") return note(HELP);
  if (text.startsWith("/")) return await command(heard, text.slice(1));
  const asked = firstAsked(run.state());
  const own = addressed(text);
  // Where words are asked for, what names no role may be the answer.
  if (own !== null && (asked?.kind !== "input" || rolesOf(run.state()).includes(own.role))) return saidTo(heard, own);
  if (asked !== null && asking.isOther) {
    asking.isOther = false;
    return note(
      `What you were asked before is asked no more, and this line is not taken. ${sayQuestion(asked, texts)}`,
    );
  }
  if (asked !== null) {
    asking.answered = asked.id;
    return answer(heard, asked, text);
  }
  if (/^(?:y|yes|n|no|skip)$/i.test(text)) return note("Nothing is asked of you now.");
  note(sent(heard, { kind: "say", to: ARBITER, text }) ?? "Said to the arbiter.");
}

/** Roles that can be written to, the arbiter first. */
function rolesOf({ run, threads }: State): readonly string[] {
  return [...new Set([ARBITER, ...run.crew.map(({ role }) => role), ...Object.keys(threads)])];
}

function saidTo(heard: HeardRun, own: Addressed): void {
  const { run, note } = heard;
  const refusal = notAddressed(own, rolesOf(run.state())) ??
    sent(heard, { kind: "say", to: own.role, text: own.words });
  note(refusal ?? `Said to ${own.role}.`);
}

function answer(heard: HeardRun, { id, kind, proposes }: Question, text: string): void {
  const { note } = heard;
  const word = text.toLowerCase();
  const send = (approved: boolean, text: string, done: string) =>
    note(sent(heard, { kind: "answer", question: id, approved, text }) ?? done);
  const isYes = word === "yes" || word === "y";
  if (kind === "input" && proposes !== undefined && isYes) return send(true, "", "Agreed.");
  if (kind === "input") {
    return word === "skip" ? send(false, "", "Left unanswered.") : send(true, text, "Answered.");
  }
  if (isYes) return send(true, "", "Approved.");
  if (word === "no" || word === "n") return send(false, "", "Denied.");
  note("You are asked: type yes or no. @ROLE WORDS speaks to a role.");
}

async function command(heard: HeardRun, text: string): Promise<void> {
  const { note, commands } = heard;
  const [, name = "", args = ""] = /^(\S*)\s*([\s\S]*)$/.exec(text) ?? [];
  const all = commands.commands();
  if (!all.some((one) => one.name === name)) {
    const listed = all.map(({ name, help }) => `/${name}: ${help}`);
    return note([name === "" ? "Commands:" : `There is no command /${name}. There are:`, ...listed].join("\n"));
  }
  try {
    const wishes = await commands.runCommand(name, args.trim(), AbortSignal.timeout(COMMAND_MS));
    const refusal = wishes.map((wish) => sent(heard, wish)).find((one) => one !== null);
    note(`/${name}${refusal === undefined ? " is done." : `: ${refusal}`}`);
  } catch (error) {
    note(`/${name}: ${reasonOf(error)}`);
  }
}

import { oneLine } from "../../kernel/say.ts";
import type { State } from "../state.ts";
import { shellLine } from "../words_of.ts";
import { launchNow } from "./launch_now.ts";
import { CHOSEN_BY } from "./told.ts";

/** Characters of what was said that a sentence quotes. */
const MOST_QUOTED = 200;

/** A new project at the end of its run. */
export interface ProjectAtEnd {
  /** The language as people call it. */
  readonly language: string;
  /** How the language was chosen, in words that go on. */
  readonly chosen: string;
  /** What does not stand as it was planned, in words without a full stop; empty for nothing. */
  readonly fault: string;
  /** Why nothing was started, in words without a full stop; empty where it was, or nobody tried. */
  readonly unstarted: string;
  /** The command to try it, as a shell reads it, and how it ended in a fresh copy; null where it was not executed. */
  readonly tried: {
    readonly command: string;
    readonly ended: string;
    readonly shown: string;
  } | null;
}

/** Says of a new project how it was set up and how it ran; null where the run began in one, or set none up. */
export function projectAtEnd(state: State): ProjectAtEnd | null {
  const { plan, made } = state.setup;
  if (plan === null) return null;
  const fault = made === null
    ? "it was not set up"
    : "why" in made
    ? `it could not be set up: ${made.why}`
    : made.failed.map(({ command, why }) => `${command} did not work (${why}), so its file was written`).join("; ");
  const launch = launchNow(state);
  const tried = launch === null || launch.command.length === 0
    ? null
    : { command: shellLine(launch.command), ended: endOf(launch), shown: launch.shown };
  const unstarted = launch !== null && tried === null ? launch.why : "";
  return { language: plan.called, chosen: CHOSEN_BY[plan.by], fault, unstarted, tried };
}

/**
 * Says why what was built does not run: the command by which its own text says that a person tries it failed.
 *
 * @returns words without a full stop; null where it runs, or nobody knows
 */
export function launchFault(state: State): string | null {
  const launch = launchNow(state);
  if (launch === null || !launch.isNamed || launch.why === "") return null;
  return `it does not run: ${shellLine(launch.command)} ${endOf(launch)}`;
}

/** Says it to a person, in sentences that follow another one; empty where there is nothing to say. */
export function setupNote(state: State): string {
  const project = projectAtEnd(state);
  if (project === null) return "";
  const { language, chosen, fault, unstarted, tried } = project;
  const begun = ` A new project in ${language}, ${chosen}${fault === "" ? "" : `; ${oneLine(fault, 300)}`}.`;
  if (tried === null) {
    return `${begun} ${unstarted === "" ? "It was not started." : `Not started: ${oneLine(unstarted, 200)}.`}`;
  }
  const says = tried.shown.trim() === "" ? "" : ` and said: ${oneLine(tried.shown.trim(), MOST_QUOTED)}`;
  return `${begun} Tried in a fresh copy: ${tried.command} ${tried.ended}${says}`.replace(
    /[.]?$/,
    ".",
  );
}

function endOf({ why, code }: { readonly why: string; readonly code: number | null }): string {
  if (why !== "") return why;
  return code === null ? "still ran when its time was over" : `ended with exit code ${code}`;
}

import { BUILT_IN } from "../../plugin/built_in.ts";
import { Decisions, type WhyDecision } from "../../tell/decisions.ts";
import { jsonLine } from "../../tell/json_line.ts";
import { whyParts } from "../../tell/why_parts.ts";
import { CommandError } from "../command_error.ts";
import type { CliContext } from "../context.ts";
import { EXIT } from "../exit_code.ts";
import { findRun, type ReadRun, readRun, withRun } from "../stored_run.ts";
import { textsOf } from "../texts_of.ts";

/** Flags of `why`. */
export interface WhyFlags {
  readonly project?: string;
  readonly all: boolean;
  readonly json: boolean;
}

/**
 * Says why a decision of a run was made: in plain words with its outcome, what could have been decided in its place, what the model was told
 * and what it said.
 *
 * @param flags whose newest run `last` is, and whether a line of JSON is wanted
 * @param id run, the beginning of its id, or `last`, which is meant where none is named
 * @param wanted a decision, such as `d4`; the last one where absent
 * @throws {CommandError} exit code 2 when the run has no such decision, or a decision stands in the place of the run
 */
export default async function why(
  this: CliContext,
  flags: WhyFlags,
  id: string = "last",
  wanted?: string,
): Promise<void> {
  if (/^d\d+$/i.test(id)) {
    throw new CommandError(
      EXIT.usage,
      `${id} is a decision, and the run is named before it: ${this.command} why last ${id}.`,
    );
  }
  const run = readRun(findRun(this, id, flags));
  await withRun(run, () => {
    const decisions = new Decisions(run.journal, textsOf(run.journal), BUILT_IN);
    const found = decisions.why(wanted?.toLowerCase() ?? decisions.list().at(-1)?.id ?? "");
    if (found === null) throw unknown(run, decisions, wanted);
    this.stdout.write(flags.json ? jsonOf(run, found) : textOf(found));
  });
}

function unknown({ id }: ReadRun, decisions: Decisions, wanted: string | undefined): CommandError {
  const list = decisions.list();
  const [first, last] = [list[0]?.id, list.at(-1)?.id];
  const there = first === undefined
    ? "Nothing was decided in it."
    : `It has ${first === last ? first : `${first} to ${last}`}; \`autonomy show ${id}\` lists them.`;
  return new CommandError(EXIT.usage, `Run ${id} has no decision${wanted === undefined ? "" : ` ${wanted}`}. ${there}`);
}

function textOf(why: WhyDecision): string {
  const parts = whyParts(why, new Date(why.decision.at).toISOString());
  return `${parts.map(({ title, text }) => `── ${title}\n${text.trimEnd()}`).join("\n\n")}\n`;
}

function jsonOf({ id }: ReadRun, { decision, words, came, tries, refused, asks }: WhyDecision): string {
  const { at, fingerprint: _, ...made } = decision;
  return jsonLine({
    type: "why",
    run: id,
    decision: { ...made, at: new Date(at).toISOString(), words, came },
    tries,
    refused,
    legal: asks.at(-1)?.legal ?? [],
    asks,
  });
}

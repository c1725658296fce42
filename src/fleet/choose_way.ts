import type { Ability } from "../features/ability.ts";
import { type Way, WAYS } from "../kernel/call.ts";
import type { AuditResult } from "./audit.ts";
import type { ModelFamily } from "./model_family.ts";
import { carefulShare, EDIT_FORMS, type EditForm, type ModelRecord, NO_TALLY, type Tally } from "./model_record.ts";

/** Where a choice comes from, in their precedence; `audit` overrules what a server would not show the model. */
export type WaySource = "config" | "record" | "family" | "default" | "audit" | "refused";

/** A choice, and why it was made. */
export interface WayChoice {
  readonly way: Way;
  readonly from: WaySource;
  /** For people, without a full stop. */
  readonly why: string;
}

/** What a way is chosen by. */
export interface WayQuestion {
  readonly purpose: Ability;
  /** Way that configuration or a flag names for the role. */
  readonly configured: Way | undefined;
  readonly record: ModelRecord | null;
  readonly family: ModelFamily | null;
  /** Name of the server's built-in parser for the model, if any. */
  readonly parser: string | null;
  /** Whether the model's template can be told of tools. */
  readonly tools: boolean;
}

/** Trials of a way before its record speaks. */
const ENOUGH = 3;
/** Share of successes below which, even seen kindly, another way is tried. */
const POOR = 0.5;
/** Share, seen carefully, from which a way is taken although the usual one was never tried: three of three are enough. */
const SURE = 0.7;
/** Trials after which a poor way gives another one a chance. */
const TRIED = 6;

/**
 * Chooses how a model is asked for calls: as configured, else as its record shows, else as its family is known for, else under a
 * schema. A way whose record is poor gives way to one that was not tried yet.
 */
export function chooseWay(question: WayQuestion): WayChoice {
  const { configured, purpose, record } = question;
  if (configured !== undefined) return { way: configured, from: "config", why: "configured for the role" };
  const first = withoutRecord(question);
  if (record === null) return first;
  const ways = WAYS.filter((way) => way !== "native" || question.tools);
  const tally = (way: Way): Tally => record.ways[`${purpose} ${way}`] ?? NO_TALLY;
  const known = ways.filter((way) => tally(way).asks >= ENOUGH);
  const best =
    known.toSorted((a, b) =>
      carefulShare(tally(b)) - carefulShare(tally(a)) || Number(b === first.way) - Number(a === first.way)
    )[0];
  if (best === undefined) return first;
  const own = tally(best);
  if (own.asks >= TRIED && kindShare(own) < POOR) {
    const other = [first.way, ...ways].find((way) => tally(way).asks < ENOUGH);
    if (other !== undefined) {
      return { way: other, from: "record", why: `${best} gave ${sayTally(own)}, so ${other} is tried` };
    }
  }
  // What stands in the table is left only for something that was seen and is better.
  if (best !== first.way && tally(first.way).asks < ENOUGH && carefulShare(own) < SURE) return first;
  return { way: best, from: "record", why: `${sayTally(own)} so far` };
}

/** The upper end of the interval whose lower end is {@link carefulShare}. */
function kindShare(tally: Tally): number {
  const { asks, right, repaired } = tally;
  return asks === 0 ? 1 : 1 - carefulShare({ asks, right: asks - right - 0.9 * repaired, repaired: 0, failed: 0 });
}

function withoutRecord({ family, parser, tools }: WayQuestion): WayChoice {
  if (family !== null) {
    const missing = family.needsParser === true && parser === null;
    if (!missing && (family.way !== "native" || tools || parser !== null)) {
      return { way: family.way, from: "family", why: `${family.name}: ${family.why}` };
    }
    return {
      way: "constrained",
      from: "family",
      why: `${family.name} would be native, but this server has no parser for it`,
    };
  }
  if (parser !== null) return { way: "native", from: "family", why: `the server reads its calls (parser ${parser})` };
  return {
    way: "constrained",
    from: "default",
    why: "nothing is known of it, and a schema gives a legal call each time",
  };
}

/**
 * Holds a choice against what the model is really shown of its tools.
 *
 * @param audit the look at the rendered prompt
 * @returns the choice, or the constrained way where native calls would be made blindly
 */
export function audited(choice: WayChoice, audit: AuditResult): WayChoice {
  if (choice.way !== "native" || audit.finding === "shown" || audit.finding === "built_in") return choice;
  return {
    way: "constrained",
    from: "audit",
    why: `native was ${choice.from === "config" ? "configured" : "chosen"}, but ${audit.reason.replace(/\.$/, "")}`,
  };
}

/** How a model is asked for edits. */
export interface EditChoice {
  /** Forms that it is not offered, since others do clearly better. */
  readonly without: "replace" | "whole" | null;
  /** Whether the text stands in the call's JSON; else it is asked for right after the call. */
  readonly inJson: boolean;
  readonly why: string;
}

/**
 * Chooses the form of edits: text right after the call, and both search/replace and the whole file, unless the record shows that one
 * of them serves this model clearly worse.
 */
export function chooseEdit(record: ModelRecord | null, family: ModelFamily | null): EditChoice {
  const tally = (form: EditForm): Tally => record?.edits[form] ?? NO_TALLY;
  const sum = (forms: readonly EditForm[]): Tally =>
    forms.map(tally).reduce((all, one) => ({
      asks: all.asks + one.asks,
      right: all.right + one.right,
      repaired: all.repaired + one.repaired,
      failed: all.failed + one.failed,
    }), NO_TALLY);
  const having = (word: string) => sum(EDIT_FORMS.filter((form) => form.split(" ").includes(word)));
  const [replace, whole, text, json] = ["replace", "whole", "text", "json"].map(having) as [Tally, Tally, Tally, Tally];
  const without = isWorse(replace, whole) ? "replace" : isWorse(whole, replace) ? "whole" : null;
  const inJson = isWorse(text, json);
  const said = [
    ...(without === null ? [] : [
      `${without === "replace" ? "search/replace" : "whole files"} ${
        sayTally(without === "replace" ? replace : whole)
      }, the other form ${sayTally(without === "replace" ? whole : replace)}`,
    ]),
    ...(inJson ? [`text after the call ${sayTally(text)}, in its JSON ${sayTally(json)}`] : []),
  ];
  const usual = family?.edit === undefined
    ? "code in JSON strings costs quality"
    : `${family.name} does best with ${family.edit}`;
  return { without, inJson, why: said.length > 0 ? said.join("; ") : usual };
}

/** Whether one form is worse than another beyond chance, both tried often enough. */
function isWorse(one: Tally, other: Tally): boolean {
  return one.asks >= TRIED && other.asks >= ENOUGH && kindShare(one) < carefulShare(other);
}

/** @returns such as `7 of 9 right, 1 repaired` */
function sayTally({ asks, right, repaired }: Tally): string {
  return `${right} of ${asks} right${repaired === 0 ? "" : `, ${repaired} repaired`}`;
}

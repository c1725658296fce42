import { sentence } from "../../kernel/say.ts";
import { counted } from "../../kernel/text.ts";
import { criteriaAtEnd, criteriaNote } from "../criteria/at_end.ts";
import { isShownByCommands } from "../criteria/proofs.ts";
import { agreedNow, doubtsOf, shownBy } from "../evidence/agreed.ts";
import { flipsNow, whereTheyFail } from "../evidence/slice.ts";
import type { EndingKind } from "../run/endings.ts";
import { launchFault, setupNote } from "../setup/setup_note.ts";
import type { State } from "../state.ts";
import { failing } from "./slice.ts";

/** What is said of new tests that nobody looked at. */
const WAITS = "and the new tests wait for your yes";

/**
 * Judges a run that ends: accepted only by executed checks, and only where they show the work. A check that failed when the run began and
 * passes now shows it; so does a new test that fails on the old code, once the person agreed to it.
 *
 * @param state of a run with no decision at work but the one that ends it
 * @returns kind and cause in a sentence
 */
export function judgeRun(state: State): { readonly kind: EndingKind; readonly cause: string } {
  // A test alone is nothing that was wished for.
  const done = state.tasks.list.filter((task) => task.status === "done" && task.kind !== "test");
  const undone = undoneOf(state);
  const latest = state.checks.latest ?? [];
  const claims = state.tasks.list.filter((task) => task.kind === "issue" && task.status === "dropped").length;
  const note = claims === 0 ? "" : ` ${counted(claims, "reported issue")} that no check shows.`;
  const lack = done.length > 0 && undone.length === 0 && isGreen(state) ? lackOf(state) : null;
  if (done.length > 0 && undone.length === 0 && isGreen(state) && lack === null) {
    return {
      kind: "accepted",
      cause: `${counted(done.length, "task")} done, ${
        latest.length === 1 ? "the only check result" : `all ${latest.length} check results`
      } green.${flipNote(state)}${criteriaNote(state)}${setupNote(state)}${judgesNote(state)}${note}`,
    };
  }
  const why = lack ?? whyNot(state, done.length, undone);
  return {
    kind: done.length > 0 ? "partial" : "failed",
    cause: `${sentence(why)}${criteriaNote(state)}${setupNote(state)}${judgesNote(state)}${note}`,
  };
}

/** Whether all checks pass, the ones of the start among them, on the files as they are. */
export function isGreen(state: State): boolean {
  const latest = state.checks.latest ?? [];
  return latest.length > 0 && failing(latest).length === 0 && missing(state).length === 0 && !state.checks.stale;
}

/** Whether all checks pass, and show the work. */
export function isProven(state: State): boolean {
  return isGreen(state) && lackOf(state) === null;
}

/**
 * Says as what a run that ended would be judged, had the person said yes to its new tests and to what only a person can judge.
 *
 * @returns the judgement; null where nothing waits for such a yes, or it would change nothing
 */
export function withYes(state: State): ReturnType<typeof judgeRun> | null {
  const { evidence } = state;
  if (state.run.ending === null || state.run.ending.kind === "accepted" || isProven(state)) return null;
  const judged = judgeRun({ ...state, evidence: { ...evidence, answer: { of: shownBy(state), agreed: true } } });
  return judged.kind === "accepted" ? judged : null;
}

/** Names of results that failed when the run began and pass now. */
export function repairedBy({ checks }: State): readonly string[] {
  const passes = new Set(own(checks.latest).filter((result) => result.passed).map((result) => result.name));
  return failing(checks.first).map((result) => result.name).filter((name) => passes.has(name));
}

/** Why green checks do not show the work; null where they do. */
function lackOf(state: State): string | null {
  const { evidence } = state;
  const agreed = agreedNow(state);
  const doubts = doubtsOf(state);
  if (doubts.length > 0 && agreed !== true) {
    return `${doubts.join("; ")}: nobody has agreed to that`;
  }
  const broken = launchFault(state);
  if (broken !== null) return broken;
  if (repairedBy(state).length > 0 || isShownByCommands(state)) return null;
  const flips = flipsNow(evidence);
  const files = Object.keys(evidence.tests).join(", ");
  if (flips !== null && flips.flips.length > 0) {
    if (agreed === true) return unshownOf(state);
    const many = counted(flips.flips.length, "new check result");
    return `${many} of ${files} failed ${whereTheyFail(flips)} and ${
      flips.flips.length === 1 ? "passes" : "pass"
    } now, ` +
      (agreed === false ? "but nobody has agreed: say yes where you changed your mind" : WAITS);
  }
  return files === ""
    ? "all checks passed before the work began, so none of them shows it, and there is no new test that does"
    : `the new tests in ${files} pass ${
      flips?.isHollow === true ? "where what they test does nothing" : "on the old code"
    } as well, so they do not show the work`;
}

/** Names what was to be shown by a test and is not; null where all is. */
function unshownOf(state: State): string | null {
  const left = criteriaAtEnd(state).filter(({ how, isShown }) =>
    (how === "test" || how === "command") && isShown === false
  );
  const [first] = left;
  if (first === undefined) return null;
  const count = state.criteria.list?.length ?? 0;
  return count === 1
    ? "what was wished for is not shown"
    : `${left.length} of ${count} criteria not shown: ${first.text}`;
}

/**
 * Says what of the checks or tasks keeps a run from being accepted.
 *
 * @param done number of tasks that are done
 * @param undone tasks that are not
 * @returns words without a full stop
 */
export function whyNot(state: State, done: number, undone: State["tasks"]["list"]): string {
  const latest = state.checks.latest ?? [];
  const [failed] = failing(latest);
  const [gone] = missing(state);
  if (gone !== undefined) {
    const count = missing(state).length;
    return `${counted(count, "check result")} of the start ${count === 1 ? "is" : "are"} missing: ${gone.name}`;
  }
  if (failed !== undefined) {
    const count = failing(latest).length;
    return `${counted(count, "check")} still ${count === 1 ? "fails" : "fail"}: ${failed.name}`;
  }
  if (done > 0 && state.checks.stale) return "files changed after the checks were executed, so nothing proves the work";
  if (latest.length === 0) return "the project has no checks, so nothing proves the work";
  const [first] = undone;
  return first === undefined ? "no task was done" : `${counted(undone.length, "task")} not done: ${first.description}`;
}

/** Tasks that are neither done nor dropped. */
export function undoneOf(state: State): State["tasks"]["list"] {
  return state.tasks.list.filter((task) => task.status !== "done" && task.status !== "dropped");
}

/** Results of the start that no check gives any more: who makes a test vanish makes it fail. */
function missing({ checks }: State) {
  const names = new Set(own(checks.latest).map((result) => result.name));
  return (checks.first ?? []).filter((result) => !names.has(result.name));
}

/** Says what shows the work where only new tests do. */
function flipNote(state: State): string {
  if (repairedBy(state).length > 0 || isShownByCommands(state)) return "";
  const found = flipsNow(state.evidence);
  const count = found?.flips.length ?? 0;
  return ` ${counted(count, "new result")} of ${Object.keys(state.evidence.tests).join(", ")}, which failed ${
    whereTheyFail(found)
  }, ${count === 1 ? "shows" : "show"} it, agreed by the person${isAhead(state) ? " ahead, without a look" : ""}.`;
}

/** Whether the yes was given ahead, and none to what stands. */
function isAhead(state: State): boolean {
  const { answer, ahead } = state.evidence;
  return ahead && (answer === null || answer.of !== shownBy(state));
}

/** Names what judges the work and what became of it on the way. */
function judgesNote({ protection: { putBack, lost, refused, agreed }, files }: State): string {
  const isOther = (path: string) => files.byPath[path]?.original !== files.byPath[path]?.current;
  const notes: Readonly<Record<string, readonly string[]>> = {
    "Changed on the way and put back as they were:": putBack,
    "Not as they were, and too large to be put back:": lost,
    "Changed by the person's yes:": agreed.filter(isOther),
    "Refused, since they judge the work: changes to": refused.toSorted(),
  };
  return Object.entries(notes).map(([what, paths]) => paths.length === 0 ? "" : ` ${what} ${paths.join(", ")}.`).join(
    "",
  );
}

/** Results that not only new tests give: those stand in for none of the start. */
function own(results: State["checks"]["latest"]) {
  return (results ?? []).filter((result) => result.added !== true);
}

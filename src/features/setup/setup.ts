import { causeOf, defineFeature, isCutShort, onFailure } from "../feature.ts";
import { COMMANDS_QUESTION, dueSetup, LANGUAGE_QUESTION } from "./due_setup.ts";
import { setupFacts } from "./facts.ts";
import { filesNow } from "./launch_now.ts";
import type { SetupSlice } from "./slice.ts";
import { setupTold } from "./told.ts";

/** A folder that holds no project yet: the one that is set up there, and how what was built in it ran. */
export const setup = defineFeature<SetupSlice>({
  name: "setup",
  facts: setupFacts,
  tell: setupTold,
  empty: { missing: null, answer: null, plan: null, isAllowed: null, made: null, launch: null },
  on: {
    project_missing: (own, { entries, able }) => ({ ...own, missing: { entries, able } }),
    setup_planned: (own, { plan }) => ({ ...own, plan }),
    question_answered(own, { id, approved, text }) {
      if (id === LANGUAGE_QUESTION) return { ...own, answer: approved ? text : "" };
      return id === COMMANDS_QUESTION ? { ...own, isAllowed: approved } : own;
    },
    effect_finished(own, { result }, before) {
      if (result.kind === "setup") return { ...own, made: { ran: result.ran, failed: result.failed } };
      if (result.kind !== "launch") return own;
      const { command, isNamed, why, code, shown } = result;
      return { ...own, launch: { command, isNamed, why, code, shown, of: filesNow(before) } };
    },
    ...onFailure<SetupSlice>((own, fact, before) => {
      const kind = before.effects.open[fact.key]?.effect.kind;
      if (isCutShort(fact)) return own;
      if (kind === "setup") return { ...own, made: { why: causeOf(fact) } };
      // What could not be tried is not tried again on the same files.
      if (kind !== "launch") return own;
      const nothing = { command: [], isNamed: false, code: null, shown: "" };
      return { ...own, launch: { ...nothing, why: causeOf(fact), of: filesNow(before) } };
    }),
  },
  due: dueSetup,
});

import { oneLine } from "../../kernel/say.ts";
import type { TellOf } from "../known.ts";
import type { commitFacts } from "./facts.ts";

/** Characters of a commit's id that are shown. */
const SHORT = 10;

/** How accepted work in version control is told. */
export const commitsTold: TellOf<keyof typeof commitFacts> = {
  branch_wanted: {
    json: ["branch", "base", "kept"],
    lines: ({ branch, base }) => [
      `accepted work is committed on the branch ${oneLine(branch)}, which begins at ${base.slice(0, SHORT)}`,
    ],
  },
  work_committed: {
    json: ["branch", "tip", "commits"],
    lines: ({ branch, commits }) =>
      commits.map(({ task, commit }) => `${task} is committed on ${oneLine(branch)}: ${commit.slice(0, SHORT)}`),
  },
  work_uncommitted: {
    json: ["branch", "why"],
    lines: ({ branch, why }) => [`nothing was committed on ${oneLine(branch)}: ${oneLine(why, 400)}`],
  },
};

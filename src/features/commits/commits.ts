import { defineFeature } from "../feature.ts";
import { commitFacts } from "./facts.ts";
import type { CommitsSlice } from "./slice.ts";
import { commitsTold } from "./told.ts";

/** Accepted work in version control: the branch that is wanted, and what stands on it. */
export const commits = defineFeature<CommitsSlice>({
  name: "commits",
  facts: commitFacts,
  tell: commitsTold,
  empty: { wanted: null, tip: null, made: [], why: null },
  on: {
    branch_wanted: (own, { branch, base, kept }) => ({ ...own, wanted: { branch, base, kept } }),
    work_committed: (own, { tip, commits }) => ({ ...own, tip, made: [...own.made, ...commits], why: null }),
    work_uncommitted: (own, { why }) => ({ ...own, why }),
  },
});

import type { StartForm } from "../../src/tui/screen.tsx";

/** What the start screen shows of a project with a few runs, on two hosts. */
export const FORM: StartForm = {
  project: "/home/person/csv-tools",
  rows: [
    { role: "arbiter", model: "qwen2.5:14b", host: "fast", note: "" },
    { role: "coding", model: "qwen2.5-coder:32b", host: "strong", note: "" },
    { role: "interpreter", model: "qwen2.5:14b", host: "fast", note: "instead of functiongemma, which no host has" },
  ],
  checks: ["python -m pytest"],
  notes: ["2 files were changed before the run: README.md, setup.py"],
  runs: [
    {
      id: "20261126-140300-00a1",
      goal: "Read quoted fields",
      ending: "accepted",
      kind: "accepted",
      began: "today 14:03",
      tokens: 48_200,
    },
    {
      id: "20261125-091200-00a2",
      goal: "Write a table as Markdown",
      ending: "left",
      kind: "open",
      began: "yesterday 09:12",
      tokens: null,
    },
  ],
  olderRuns: 3,
  examples: ["Make the failing tests of this project pass.", "Find a bug that no test shows."],
  places: ["qwen2.5:14b@fast", "qwen2.5-coder:32b@strong"],
  mode: "driver",
  gate: false,
  trust: { given: true, says: "given" },
  lacks: [],
};

const NO_HOST = "No host answers. local (http://127.0.0.1:11434): connection refused.";

/** The same of a folder without runs and checks that nobody trusts, where no host answers. */
export const BARE: StartForm = {
  ...FORM,
  rows: FORM.rows.map(({ role }) => ({ role, model: "none", host: "", note: NO_HOST })),
  checks: [],
  notes: [],
  runs: [],
  olderRuns: 0,
  places: [],
  trust: { given: false, says: "not given: its checks may not run yet; asked when the run begins" },
  lacks: [NO_HOST],
};

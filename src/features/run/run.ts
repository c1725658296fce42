import { granted, refused } from "../../kernel/granted.ts";
import { NOTHING, WAITING } from "../../kernel/owed.ts";
import type { Fact } from "../fact.ts";
import { defineFeature } from "../feature.ts";
import type { State } from "../state.ts";
import { runFacts } from "./facts.ts";
import type { RunSlice } from "./slice.ts";
import { runTold } from "./told.ts";

const EMPTY: RunSlice = {
  info: null,
  ending: null,
  paused: false,
  phase: "planning",
  crew: [],
  tools: [],
  prompts: null,
};

/** The run as a whole: what it was started with, its crew, its phase and its end. */
export const run = defineFeature<RunSlice>({
  name: "run",
  facts: runFacts,
  tell: runTold,
  empty: EMPTY,
  on: {
    run_started: (own, { run: id, project, goal, mode, headless, label, dirty, talk, before }) => ({
      ...own,
      info: {
        id,
        project,
        goal,
        mode,
        headless,
        label,
        dirty,
        ...(talk === undefined ? {} : { talk }),
        ...(before === undefined ? {} : { before }),
      },
    }),
    // Without a person nobody unpauses: what waited for the keyboard goes on.
    run_resumed: (own, { headless, talk = own.info?.talk }) =>
      own.info === null ? own : {
        ...own,
        ending: null,
        info: { ...own.info, headless, ...(talk === undefined ? {} : { talk }) },
        paused: own.paused && !headless,
      },
    crew_assembled: (own, { roles, tools }) => ({ ...own, crew: roles, tools }),
    run_paused: (own) => ({ ...own, paused: true }),
    run_unpaused: (own) => ({ ...own, paused: false }),
    run_ended: (own, { kind, cause, at, spent }) => ({
      ...own,
      ending: { kind, cause, at, ...(spent === undefined ? {} : { spent }) },
    }),
    phase_changed: (own, { phase }) => ({ ...own, phase }),
    prompts_changed: (own, { files, faults, at }) => ({ ...own, prompts: { files, faults, at } }),
  },
  /** Before the start nothing is owed, and after the end only that what is open is cancelled. */
  due(state) {
    if (state.run.info === null) return WAITING;
    if (state.run.ending === null) return NOTHING;
    return { ...WAITING, cancel: Object.keys(state.effects.open) };
  },
  wishes: {
    pause: (state: State) =>
      state.run.paused ? refused("The run is paused already.") : granted<Fact>({ type: "run_paused" }),
    unpause: (state: State) =>
      state.run.paused ? granted<Fact>({ type: "run_unpaused" }) : refused("The run is not paused."),
    cancel: (_state: State, { cause }: { readonly cause: string }) =>
      granted<Fact>({ type: "run_ended", kind: "cancelled", cause }),
  },
});

import type { Stamped } from "../../src/features/fact.ts";
import type { State } from "../../src/features/state.ts";

/** A law: is shown every fact with the state before and after it, and throws where it is broken. */
export type Law = (before: State, fact: Stamped, after: State) => void;

import type { CheckFact } from "../../effects/check/check_effect.ts";
import type { WriteFact } from "../../effects/write_fact.ts";
import type { CriterionFact } from "./facts.ts";

/** What shall be true once a wish is fulfilled. */
export type Criterion = Readonly<CriterionFact>;

/** A test that was written for a criterion and fails on the code before the work for the right reason. */
export interface StandingTest {
  readonly path: string;
  /** Hash of its content: one that is other shows nothing any more. */
  readonly hash: string;
  /** Role, or seat, that wrote it. */
  readonly by: string;
  /** `task.number` of the attempt that left it. */
  readonly attempt: string;
  /** Writes by which it came into the project. */
  readonly writes: readonly WriteFact[];
  /** Names of its results that fail until the work is done. */
  readonly red: readonly string[];
}

/** What a goal was understood as. */
export interface CriteriaSlice {
  /** Criteria that the person gave beside the goal, a sentence each. */
  readonly given: readonly string[];
  /** What the person answered when they were asked what shall be true; empty where they left it to the goal, null while nobody asked. */
  readonly answer: string | null;
  /** Whether the person said that what was proposed counts, or what they answered. */
  readonly isAgreed: boolean;
  /** null while nobody made any. */
  readonly list: readonly Criterion[] | null;
  /** Whose they are; empty while there are none. */
  readonly by: string;
  /** Whether it is what was proposed, since the goal leaves open what shall be true and nobody said it. */
  readonly isProposed: boolean;
  /** Tests by the number of their criterion, counted from 1. */
  readonly tests: Readonly<Record<number, StandingTest>>;
  /** Paths of tests that were taken back, since no work made them pass, by the number of their criterion. */
  readonly withdrawn: Readonly<Record<number, string>>;
  /** What commands printed before any work, by the name of their proof: null while none was run, empty where none could be. */
  readonly printed: Readonly<Record<string, boolean>> | null;
  /** Checks of the project that an attempt broke which made the test of a criterion pass, by the number of that criterion. */
  readonly forbidden: Readonly<Record<number, readonly CheckFact[]>>;
  /** The beginnings of tests that this run made, by path, as checks found them last. */
  readonly texts: Readonly<Record<string, string>>;
}

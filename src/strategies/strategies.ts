import type { Strategy } from "../features/registry.ts";
import { largeModel } from "./large_model.ts";
import { testFirst } from "./test_first.ts";
import { smallModel } from "./small_model.ts";

/** The strategies that come with Autonomy, in the order in which they are asked whether they fit. */
export const STRATEGIES: readonly Strategy[] = [testFirst, smallModel, largeModel];

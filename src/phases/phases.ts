import type { PhaseKind } from "../features/registry.ts";
import { coding } from "./coding.ts";
import { debugging } from "./debugging.ts";
import { documentation } from "./documentation.ts";
import { planning } from "./planning.ts";
import { qa } from "./qa.ts";

/** The kinds of phases that come with Autonomy, in their natural order. */
export const PHASES: readonly PhaseKind[] = [planning, coding, qa, debugging, documentation];

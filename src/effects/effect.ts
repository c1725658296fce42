import type { Applied, ApplyEffect } from "./apply/apply_effect.ts";
import type { AskEffect, AskResult } from "./ask/ask_effect.ts";
import type { ByHandEffect, DoneByHand } from "./by_hand/by_hand_effect.ts";
import type { CheckEffect, CheckRound } from "./check/check_effect.ts";
import type { FlipEffect, FlipResult } from "./flip/flip_effect.ts";
import type { LaunchEffect, LaunchResult } from "./launch/launch_effect.ts";
import type { LaterEffect, LaterResult } from "./later/later_effect.ts";
import type { PrepareEffect, PrepareResult } from "./prepare/prepare_effect.ts";
import type { ProveEffect, Proven } from "./prove/prove_effect.ts";
import type { PreviewEffect, PreviewResult } from "./preview/preview_effect.ts";
import type { RuleEffect, RuleResult } from "./rule/rule_effect.ts";
import type { SetupEffect, SetupResult } from "./setup/setup_effect.ts";
import type { TakeBackEffect, TakenBack } from "./take_back/take_back_effect.ts";
import type { ToolCallResult, ToolEffect } from "./tool/tool_effect.ts";

/** Something the run owes the world, of a kind that comes with Autonomy. */
export type Effect =
  | AskEffect
  | PrepareEffect
  | PreviewEffect
  | RuleEffect
  | ToolEffect
  | CheckEffect
  | FlipEffect
  | TakeBackEffect
  | ProveEffect
  | ApplyEffect
  | LaterEffect
  | SetupEffect
  | LaunchEffect
  | ByHandEffect;

/** What a finished effect gave, by its kind. */
export type Result =
  | AskResult
  | PrepareResult
  | PreviewResult
  | RuleResult
  | ToolCallResult
  | CheckRound
  | FlipResult
  | TakenBack
  | Proven
  | Applied
  | LaterResult
  | SetupResult
  | LaunchResult
  | DoneByHand;

import { sayTime } from "../../kernel/say.ts";
import type { AskResult } from "./ask_effect.ts";

/**
 * Says what of a prompt the server had from an earlier one and what it read again.
 *
 * @param result what the ask gave
 * @returns such as `206 held, 994 read again: 19 s`; without the tokens where the server does not count them, "" where it tells nothing
 */
export function sayReading(
  { promptTokens, heldTokens = null, promptMs = null }: Pick<AskResult, "promptTokens" | "heldTokens" | "promptMs">,
): string {
  const time = promptMs === null ? "" : sayTime(promptMs);
  if (promptTokens === null || heldTokens === null) return time === "" ? "" : `read in ${time}`;
  const read = heldTokens === 0 ? "none held" : `${heldTokens} held, ${promptTokens - heldTokens} read again`;
  return time === "" ? read : `${read}: ${time}`;
}

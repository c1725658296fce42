import type { Skills } from "../features/skills.ts";
import { say, type Wording } from "../sentences/say.ts";

/** What a specialist is told of skills: a line for each. */
export function skillsText(from: Wording, { tool, list }: Skills): string {
  const lines = list.map(({ name, description }) => `- ${name}: ${description}`);
  return say(from, "turn.skills", { tool, skills: lines.join("\n") });
}

import * as z from "zod";
import { clip } from "../../kernel/text.ts";
import { type RunnableTool, ToolError } from "../../ports/tool.ts";
import { runnable } from "../runnable.ts";
import { defineTool } from "../tool.ts";
import { type Skill, SKILL_FILE } from "./find_skills.ts";

/** Name of the tool by which specialists read skills. */
export const READ_SKILL = "read_skill";

/** Most characters of the list of what lies beside a skill. */
const LIST_CHARS = 1500;

/**
 * Makes the tool by which specialists read skills.
 *
 * @param skills the skills that there are, at least one
 */
export function readSkillTool(skills: readonly Skill[]): RunnableTool {
  const byName = new Map(skills.map((skill) => [skill.name, skill]));
  const tool = defineTool({
    name: READ_SKILL,
    describes: "Reads a skill: how something is done here. Other files of the skill are read by their path in it.",
    input: z.object({
      skill: z.string().describe("Name of the skill."),
      path: z.string().optional().describe(`File of the skill; ${SKILL_FILE} if not given.`),
    }),
    access: "reads",
    run({ skill: name, path = SKILL_FILE }) {
      const skill = byName.get(name);
      if (skill === undefined) {
        throw new ToolError(`There is no skill "${name}"; there are ${[...byName.keys()].join(", ")}.`);
      }
      const text = skill.files.get(path.replace(/^\.\//, ""));
      const others = [...skill.files.keys()].filter((one) => one !== SKILL_FILE);
      const list = clip(others.join(", "), LIST_CHARS);
      if (text === undefined) {
        const there = others.length === 0 ? `only ${SKILL_FILE}` : `${SKILL_FILE}, ${list}`;
        throw new ToolError(`The skill "${name}" has no text "${path}"; it has ${there}.`);
      }
      return path !== SKILL_FILE || others.length === 0 ? text : `${text.trimEnd()}\n\n(Beside it: ${list})`;
    },
  });
  return runnable(tool, "Autonomy");
}

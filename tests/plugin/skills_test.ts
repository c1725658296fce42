import { deepEqual, equal, match, rejects } from "node:assert/strict";
import { join } from "node:path";
import { LANGUAGES } from "../../src/languages/languages.ts";
import { findSkills } from "../../src/plugin/skills/find_skills.ts";
import { readSkillTool } from "../../src/plugin/skills/read_skill.ts";
import type { Workspace } from "../../src/ports/workspace.ts";

const skill = (description: string, text = "Do it.") =>
  `---\nname: deploy\ndescription: ${description}\n---\n${text}\n`;

async function withFolder(files: Readonly<Record<string, string>>, use: (folder: string) => Promise<void>) {
  const folder = await Deno.makeTempDir({ prefix: "autonomy_skills_" });
  try {
    for (const [path, text] of Object.entries(files)) {
      await Deno.mkdir(join(folder, path, ".."), { recursive: true });
      await Deno.writeTextFile(join(folder, path), text);
    }
    await use(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("a folder with a SKILL.md is a skill by its name and description; of two the later folder's counts, and that is said", () =>
  withFolder({
    "one/deploy/SKILL.md": skill("How to\n  deploy."),
    "one/tests/SKILL.md": "---\ndescription: How tests are written.\nlicense: MIT\n---\nWrite them first.\n",
    "one/notes.md": "none",
    "one/empty/readme.md": "none",
    "one/silent/SKILL.md": "---\nname: silent\n---\nSh.\n",
    "one/plain/SKILL.md": "Just text.\n",
    "one/yaml/SKILL.md": "---\nname: x\ndescription: [a\n---\n",
    "two/ship/SKILL.md": skill("How to deploy now."),
  }, async (folder) => {
    const { skills, notes } = await findSkills(["one", "gone", "two"].map((name) => join(folder, name)));
    deepEqual(skills.map(({ name, description }) => [name, description]), [
      ["deploy", "How to deploy now."],
      ["tests", "How tests are written."],
    ]);
    deepEqual(notes.map(({ place, text }) => [place.slice(folder.length), text.slice(0, 62)]), [
      ["/one/plain/SKILL.md:1", 'A skill begins with front matter: a line "---", "name: …", "de'],
      ["/one/silent/SKILL.md:2", '"description" must say what the skill is for. A skill begins w'],
      ["/one/yaml/SKILL.md:4", "The front matter is no YAML: Flow sequence in block collection"],
      ["/two/ship/SKILL.md", `Its skill "deploy" takes the place of the one of ${folder}/one`.slice(0, 62)],
    ]);
  }));

Deno.test("a skill and what lies beside it are read as they stood at the start, and nothing outside of its folder", () =>
  withFolder({
    "skills/deploy/SKILL.md": skill("How to deploy.", "See steps.md."),
    "skills/deploy/steps.md": "First, breathe.",
    "skills/deploy/scripts/go.sh": "echo go",
    "skills/deploy/picture.png": "\0\0",
    "skills/deploy/.hidden": "no",
    "secret.txt": "secret",
  }, async (folder) => {
    await Deno.symlink(join(folder, "secret.txt"), join(folder, "skills/deploy/link.txt"));
    const { skills } = await findSkills([join(folder, "skills")]);
    await Deno.writeTextFile(join(folder, "skills/deploy/steps.md"), "First, panic.");
    const tool = readSkillTool(skills);
    const read = async (skill: string, path?: string) =>
      (await tool.run({ skill, ...(path === undefined ? {} : { path }) }, {
        workspace: {} as Workspace,
        languages: LANGUAGES,
        settings: {},
        signal: new AbortController().signal,
        report: () => {},
      })).text;
    match(await read("deploy"), /See steps\.md\.\n\n\(Beside it: steps\.md, scripts\/go\.sh\)$/);
    equal(await read("deploy", "./steps.md"), "First, breathe.");
    equal(await read("deploy", "scripts/go.sh"), "echo go");
    for (const path of ["../../secret.txt", join(folder, "secret.txt"), "link.txt", ".hidden", "picture.png"]) {
      await rejects(read("deploy", path), /has no text ".*"; it has SKILL\.md, steps\.md, scripts\/go\.sh\./);
    }
    await rejects(read("fly"), /There is no skill "fly"; there are deploy\./);
  }));

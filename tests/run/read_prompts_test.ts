import { deepEqual, equal, match, rejects } from "node:assert/strict";
import { join } from "node:path";
import type { PromptFault } from "../../src/run/prompt_files.ts";
import { PromptsRefused, readPrompts } from "../../src/run/read_prompts.ts";
import { say } from "../../src/sentences/say.ts";

const known = { placeholders: ["goal", "role"], tools: ["read_file", "answer"] };

async function withFolders(
  folders: readonly Readonly<Record<string, string>>[],
  use: (paths: readonly string[]) => Promise<void>,
): Promise<void> {
  const root = await Deno.makeTempDir({ prefix: "autonomy_prompts_" });
  try {
    const paths = folders.map((_, index) => join(root, String(index)));
    for (const [index, files] of folders.entries()) {
      await Deno.mkdir(paths[index] ?? root);
      for (const [name, text] of Object.entries(files)) {
        await Deno.writeTextFile(join(paths[index] ?? root, name), text);
      }
    }
    await use(paths);
  } finally {
    await Deno.remove(root, { recursive: true });
  }
}

const prompt = (name: string, body: string, more = "") =>
  `---\nname: ${name}\nfor: role ${name}\n${more}---\n\n${body}\n`;

Deno.test("prompts are read by file name, without front matter, with their placeholders and the plain names of tools", () =>
  withFolders([{
    "coding.md": prompt(
      "coding",
      "You reach {{goal}} as {{ role }}, {{goal}}.\n\n---\n\nUse tool:read_file.",
      "tools: [read_file, answer]\n",
    ),
    "notes.txt": "no prompt",
  }], async (folders) => {
    deepEqual(await readPrompts({ folders, ...known }), {
      "coding.md": {
        name: "coding",
        text: "You reach {{goal}} as {{ role }}, {{goal}}.\n\n---\n\nUse read_file.",
        placeholders: ["goal", "role"],
      },
    });
  }));

Deno.test("a prompt names the tools of which a small model is shown the call, and only tools that there are", () =>
  withFolders([{
    "work.md": prompt("work", "Work.", "examples: [answer, read_file]\n"),
    "plan.md": prompt("plan", "Plan.", "examples:\n  - answer\n"),
  }, {
    "review.md": prompt("review", "Review.", "examples: [fly]\n"),
    "reply.md": prompt("reply", "Reply.", "examples: answer\n"),
  }], async ([right, wrong]) => {
    const prompts = await readPrompts({ folders: [right!], ...known });
    deepEqual([prompts["work.md"]?.examples, prompts["plan.md"]?.examples], [["answer", "read_file"], ["answer"]]);
    await rejects(
      readPrompts({ folders: [wrong!], ...known }),
      /reply\.md:4: "examples" must be a list of names of tools\.\n.*review\.md:4: There is no tool "fly"/,
    );
  }));

Deno.test("a file in an earlier folder hides the one of the same name in a later folder, also a broken one", () =>
  withFolders([
    { "coding.md": prompt("coding", "Mine.") },
    { "coding.md": "broken", "qa.md": prompt("qa", "Theirs.") },
  ], async (folders) => {
    const prompts = await readPrompts({ folders: ["/nowhere/at/all", ...folders], ...known });
    deepEqual(Object.values(prompts).map(({ text }) => text), ["Mine.", "Theirs."]);
  }));

Deno.test("a block for models of one size that is not closed is a fault with its line", () =>
  withFolders([{ "a.md": prompt("a", "One.\n\n<small>\nTwo.") }], async (folders) => {
    await rejects(readPrompts({ folders, ...known }), /a\.md:8: <small> is not closed by <\/small>\./);
  }));

Deno.test("everything wrong in prompts is told at once, each with file and line", () =>
  withFolders([{
    "a.md": prompt("a", "One {{goal}}\nTwo {{gaol}}\nThree tool:fly and {{ Goal }}."),
    "b.md": prompt("b", "Text.", "tools:\n  - read_file\n  - fly\n"),
    "c.md": "No front matter.",
    "d.md": prompt("other", "Text.", "color: red\n"),
    "e.md": "---\nname: e\n  for: [\n---\nText.\n",
    "f.md": "---\nname: f\n---\n",
  }], async (folders) => {
    const thrown = await readPrompts({ folders, ...known }).then(() => null, (cause: unknown) => cause);
    if (!(thrown instanceof PromptsRefused)) throw thrown;
    const at = (name: string, line: number) => join(folders[0] ?? "", `${name}.md:${line}`);
    const told = thrown.faults.map(({ place, text }) => [place, text] as const);
    deepEqual(told.slice(0, 7), [
      [at("a", 7), "There is no placeholder {{gaol}}; there are goal, role."],
      [at("a", 8), '"{{" begins a placeholder such as {{goal}}, but no name and "}}" follow.'],
      [at("a", 8), 'There is no tool "fly"; the tools are read_file, answer.'],
      [at("b", 6), 'There is no tool "fly"; the tools are read_file, answer.'],
      [at("c", 1), 'A prompt begins with front matter: a line "---", "name: c", "for: …", and again "---".'],
      [at("d", 2), '"name" must be the file\'s own name "d", but is "other".'],
      [at("d", 4), 'The front matter has no "color"; it has "name", "for", "tools" and "examples".'],
    ]);
    equal(
      told.slice(7).some(([place, text]) =>
        place.startsWith(join(folders[0] ?? "", "e.md:")) && text.startsWith("The front matter is no YAML")
      ),
      true,
    );
    deepEqual(told.slice(-2).map(([place]) => place.replace(/:\d+$/, "")), [
      join(folders[0] ?? "", "f.md"),
      join(folders[0] ?? "", "f.md"),
    ]);
    await rejects(readPrompts({ folders, ...known }), /a\.md:7: There is no placeholder/);
  }));

Deno.test("a person's sentence stands in the place of the program's own; what is wrong with one is noted, with the program's own a fault", async () => {
  const home = await Deno.makeTempDir({ prefix: "autonomy_prompts_" });
  const [own, user] = [join(home, "own"), join(home, "user")];
  const write = async (folder: string, body: string) => {
    await Deno.mkdir(join(folder, "sentences"), { recursive: true });
    await Deno.writeTextFile(join(folder, "sentences", "rules.md"), `---\nname: rules\nfor: writes\n---\n${body}`);
  };
  const whole = await Deno.readTextFile("prompts/sentences/rules.md");
  const notes: string[] = [];
  const note = ({ place, text }: PromptFault) => notes.push(`${place.slice(home.length)}: ${text}`);
  const sources = { folders: [user, own], ...known, note };
  try {
    await write(own, whole.slice(whole.indexOf("## ")));
    await write(user, "## taken\nWait for {{path}}.\n\n## no_document\nLeave {{file}}.\n\n## judging\nNo.\n");
    const prompts = await readPrompts(sources);
    equal(say({ prompts }, "rules.taken", { path: "a.js" }), "Wait for a.js.");
    match(say({ prompts }, "rules.no_document", { path: "a.js" }), /^a\.js is no document/);
    const names = [...whole.matchAll(/^## (\S+)$/gm)].map(([, name]) => name);
    deepEqual(notes, [
      '/user/sentences/rules.md:9: There is no placeholder {{file}} in "no_document"; there are path.',
      `/user/sentences/rules.md:11: There is no sentence "judging"; there are ${names.join(", ")}.`,
    ]);
    await write(own, "## taken\nWait, tool:reed_file.\n");
    await rejects(
      readPrompts(sources),
      /own\/sentences\/rules\.md:6: There is no tool "reed_file"(.|\n)*"## judging_test" is missing/,
    );
  } finally {
    await Deno.remove(home, { recursive: true });
  }
});

import { deepEqual, equal, match } from "node:assert/strict";
import { join } from "node:path";
import { isFurtherSeat } from "../../src/features/seats/seat.ts";
import { loadPlugins, type PluginFolder } from "../../src/plugin/load.ts";
import { buildRegistry } from "../../src/plugin/registry.ts";
import { BUILT_IN_PLUGINS } from "../../src/cli/places.ts";
import { ManualClock } from "../fakes/manual_clock.ts";

/** Writes files, loads them after what is built in, and joins what there is. */
async function joined(files: Readonly<Record<string, string>>, ...folders: readonly Partial<PluginFolder>[]) {
  const folder = await Deno.makeTempDir({ prefix: "autonomy_markdown_" });
  try {
    for (const [path, text] of Object.entries(files)) {
      await Deno.mkdir(join(folder, path, ".."), { recursive: true });
      await Deno.writeTextFile(join(folder, path), text);
    }
    const loaded = await loadPlugins([
      { path: BUILT_IN_PLUGINS, origin: "built-in", trusted: true },
      ...(folders.length === 0 ? [{ path: "." }] : folders).map((own): PluginFolder => ({
        origin: "user",
        trusted: true,
        ...own,
        path: join(folder, own.path ?? "."),
      })),
    ], { timer: new ManualClock().timer });
    const of = (name: string) => ({ name, text: "", placeholders: [] });
    const prompts = ["arbiter.md", "coding.md", "reasoning.md", "analysis.md", "interpreter.md"];
    const built = buildRegistry({
      offers: loaded.offers,
      prompts: Object.fromEntries(prompts.map((name) => [name, of(name)])),
    });
    const said = (text: string) => text.replaceAll(folder, "FOLDER").replaceAll(BUILT_IN_PLUGINS, "BUILT_IN");
    return {
      roles: built.registry.roles,
      said: [...loaded.failures, ...built.faults, ...built.notes].map((one) =>
        said("place" in one ? `${one.place}: ${one.text}` : one.text)
      ),
    };
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

const SECURITY = `---
role: security
describes: Looks for holes.
models: [qwen2.5:14b@fast, qwen2.5:7b]
window: 16384
temperature: 0
tools: [read_file, search_code, answer]
phases: [qa]
mayAsk: [coding]
---

You look for holes. Read with tool:read_file.
<small>
Be short.
</small>
`;

/** Names of roles, without their further seats. */
const ownNames = (roles: Readonly<Record<string, unknown>>) =>
  Object.keys(roles).filter((role) => !isFurtherSeat(role));

Deno.test("a Markdown file with front matter is a specialist whose prompt is its text; other Markdown is none", async () => {
  const { roles, said } = await joined({
    "security.md": SECURITY,
    "readme.md": SECURITY,
    "SKILL.md": SECURITY,
    "notes.md": "# Notes\n",
    "spoken.md": "---\nname: spoken\nfor: a specialist in code\n---\nYou speak.\n",
  });
  deepEqual(said, []);
  const { ownPrompt, version, ...role } = roles.security!;
  match(version ?? "", /^[0-9a-f]{8}$/);
  deepEqual(role, {
    role: "security",
    describes: "Looks for holes.",
    models: ["qwen2.5:14b@fast", "qwen2.5:7b"],
    window: 16384,
    temperature: 0,
    prompt: "security.md",
    tools: ["read_file", "search_code", "answer"],
    phases: ["qa"],
    mayAsk: ["coding"],
    isOwn: true,
  });
  equal(ownPrompt?.text, "You look for holes. Read with read_file.\n<small>\nBe short.\n</small>");
  equal(ownNames(roles).length, 6);
});

Deno.test("what a specialist's file leaves out has its usual value, and its name is the role", async () => {
  const { roles, said } = await joined({
    "db-expert.md": "---\ndescribes: Knows databases.\n---\nYou know databases.\n",
  });
  deepEqual(said, []);
  const { models, window, temperature, tools, phases, mayAsk } = roles.db_expert!;
  deepEqual({ models, window, temperature, tools, phases, mayAsk }, {
    models: [],
    window: 8192,
    temperature: 0.3,
    tools: ["read_file", "list_directory", "search_code", "answer"],
    phases: [],
    mayAsk: [],
  });
});

Deno.test("all that is wrong in a specialist's file is told at once, with file, line and what is wanted", async () => {
  const { roles, said } = await joined({
    "wrong.md": "---\nrole: Wrong\ndescription: Does it.\nwindow: many\ntools: 3\n---\nText.\n",
    "yaml.md": "---\ndescribes: [a\n---\nText.\n",
    "9.md": "---\ndescribes: Counts.\n---\nText.\n",
    "empty.md": "---\n---\nText.\n",
    "text.md": "---\ndescribes: Talks.\n---\n\nUse {{gaol}}\nand tool:fly.\n<small>\n",
    "silent.md": "---\ndescribes: Is silent.\n---\n",
    "tools.md": "---\ndescribes: Flies.\ntools: [fly]\nphases: [singing]\n---\nFly.\n",
  });
  equal(ownNames(roles).length, 5);
  const head = (name: string) => `The specialist of FOLDER/${name}.md cannot be used.`;
  const foot = "Fix the file, or move it out of the folder.";
  deepEqual(said.slice(0, 4), [
    [
      head("9"),
      'FOLDER/9.md:1: The file\'s name gives no role: "9" does not begin with a letter. Write "role: …" in the front matter.',
      foot,
    ].join("\n  "),
    [head("empty"), 'FOLDER/empty.md:2: "describes" is missing; it must be a text in quotes.', foot].join("\n  "),
    [
      head("wrong"),
      'FOLDER/wrong.md:2: "role" must be lower case letters, digits and _, beginning with a letter; found "Wrong".',
      'FOLDER/wrong.md:2: "describes" is missing; it must be a text in quotes.',
      'FOLDER/wrong.md:4: "window" must be a number; found "many".',
      'FOLDER/wrong.md:5: "tools" must be a list [ … ]; found 3.',
      'FOLDER/wrong.md:3: There is no "description" here; wanted: role, describes, models, window, temperature, tools, phases, mayAsk.',
      foot,
    ].join("\n  "),
    said[3],
  ]);
  match(said[3] ?? "", /yaml\.md:\d: The front matter is no YAML: /);
  const tools = /; the tools are .*\.$/;
  deepEqual(said.slice(4).map((text) => text.replace(tools, "; …")), [
    "FOLDER/silent.md:4: The prompt has no text after its front matter.",
    "FOLDER/text.md:5: There is no placeholder {{gaol}}; there are goal, role, phase, project.",
    'FOLDER/text.md:6: There is no tool "fly"; …',
    "FOLDER/text.md:7: <small> is not closed by </small>.",
    'FOLDER/tools.md:3: There is no tool "fly"; …',
    'FOLDER/tools.md:4: There is no phase "singing"; the phases are planning, coding, qa, debugging, documentation.',
  ]);
});

Deno.test("in a folder for specialists every Markdown file is one and modules are none; the later folder's plays", async () => {
  const { roles, said } = await joined(
    {
      "first/security.md": SECURITY,
      "second/security.md": SECURITY.replace("Looks for holes.", "Looks again."),
      "second/plain.md": "You are plain.\n",
      "second/code.ts": "throw new Error('not a specialist')",
    },
    { path: "first", specialistsAlone: true },
    { path: "second", specialistsAlone: true },
  );
  equal(roles.security?.describes, "Looks again.");
  deepEqual(said, [
    "The specialist of FOLDER/second/plain.md cannot be used.\n" +
    '  FOLDER/second/plain.md:1: A specialist begins with front matter: a line "---", "describes: …" and again "---". Its prompt follows.\n' +
    "  Fix the file, or move it out of the folder.",
    'FOLDER/second/security.md: Its specialist "security" takes the place of the one of FOLDER/first/security.md.',
  ]);
});

Deno.test("a specialist in code has the prompt that lies beside its module, with front matter or without", async () => {
  const code = (role: string, prompt: string) =>
    `export default { name: "${role}", specialists: [{ role: "${role}", describes: "Talks.", models: ["m"], window: 512,
      temperature: 0, prompt: "${prompt}", tools: [], phases: [] }] };`;
  const { roles, said } = await joined({
    "plain.ts": code("plain", "plain.md"),
    "plain.md": "You are plain.\n",
    "whole/mod.ts": code("whole", "coding.md"),
    "whole/coding.md": "---\nname: coding\nfor: a specialist\n---\nYou are whole.\n",
    "usual.ts": code("usual", "coding.md"),
    "out.ts": code("out", "../coding.md"),
    "wrong.ts": code("wrong", "wrong.md"),
    "wrong.md": "You know\n{{nothing}}.\n",
  });
  deepEqual(["plain", "whole", "usual"].map((role) => roles[role]?.ownPrompt?.text), [
    "You are plain.",
    "You are whole.",
    undefined,
  ]);
  deepEqual(said.map((text) => text.replace(/; found are .*/, "")), [
    'FOLDER/out.ts: specialists[0].prompt (role "out"): There is no prompt file "../coding.md"',
    "FOLDER/wrong.md:2: There is no placeholder {{nothing}}; there are goal, role, phase, project.",
  ]);
});

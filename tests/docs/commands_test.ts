import assert from "node:assert/strict";
import { type Application, type CommandContext, generateHelpTextForAllCommands } from "@stricli/core";
import { parse, type ParseError } from "jsonc-parser";
import { commandLine } from "../../src/cli/app.ts";
import { ConfigFile } from "../../src/cli/config_schema.ts";
import { codeBlocks, readPages, ROOT } from "./pages.ts";

// To write help nothing of a context is asked.
const APPLICATION = commandLine("0", false) as unknown as Application<CommandContext>;
/** Flags of each command, by its words after `autonomy`, as its help names them. */
const FLAGS: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  generateHelpTextForAllCommands(APPLICATION).map(([route, help]) => {
    const flags = help.slice(help.indexOf("FLAGS")).match(/(?<=[\s[/])--?[a-zA-Z][a-z-]*/g) ?? [];
    return [route.split(" ").slice(1).join(" "), new Set(flags)];
  }),
);

/** What is printed to be typed: lines of the shell, and code inside a sentence. */
function printedCalls(page: { readonly path: string; readonly text: string }): readonly string[] {
  const lines = codeBlocks(page, "sh").flatMap((code) => code.split("\n"));
  const inText = [...page.text.matchAll(/`([^`\n]+)`/g)].map(([, code = ""]) => code);
  return [...lines, ...inText].filter((code) => /^autonomy\s/.test(code)).map((code) =>
    code.split(/\s[#>]\s/)[0]!.trim()
  );
}

/** Tasks of Deno. */
async function readTasks(): Promise<{ readonly tasks: { readonly start: { readonly command: string } } }> {
  return JSON.parse(await Deno.readTextFile(`${ROOT}/deno.json`));
}

/** The command of a call, by its words; null where there is none. */
function commandOf(words: readonly string[]): string | null {
  const [first = "", second = ""] = words;
  if (FLAGS.has(`${first} ${second}`)) return `${first} ${second}`;
  const isRoute = [...FLAGS.keys()].some((name) => name.startsWith(`${first} `));
  return FLAGS.has(first) ? first : isRoute ? `${first} list` : null;
}

Deno.test("each call that is printed names a command of the program, and flags that it has", async () => {
  let count = 0;
  for (const page of await readPages()) {
    for (const call of printedCalls(page)) {
      const words = call.replaceAll(/"[^"]*"/g, "TEXT").split(/\s+/).slice(1);
      if (words.length === 0 || words[0] === "COMMAND" || words[0] === "…") continue;
      const command = commandOf(words);
      assert.ok(command !== null, `${page.path}: there is no command of \`${call}\``);
      for (const flag of words.filter((word) => /^--?[a-z]/i.test(word))) {
        assert.ok(FLAGS.get(command)?.has(flag), `${page.path}: \`${call}\`: ${command} has no flag ${flag}`);
      }
      count += 1;
    }
  }
  assert.ok(count > 20, `${count} calls were found`);
});

/** Flags of other programs: of the task that installs it, of V8, and of commands that models run. */
const FOREIGN = ["--root", "--max-semi-space-size=2,--no-sparkplug", "--no-header"];

Deno.test("each flag that is printed alone is one of the program, or a permission that it is started with", async () => {
  const { tasks } = await readTasks();
  const permissions = tasks.start.command.match(/--allow-\w+/g) ?? [];
  const known = new Set([...permissions, ...FOREIGN, ...[...FLAGS.values()].flatMap((flags) => [...flags])]);
  for (const { path, text } of await readPages()) {
    for (const [, flag = ""] of text.matchAll(/`(--[^`\s]+)[^`\n]*`/g)) {
      assert.ok(known.has(flag), `${path}: there is no flag ${flag}`);
    }
  }
});

Deno.test("each command and each flag of the program is named on the page of commands", async () => {
  const { text } = (await readPages()).find(({ path }) => path === "docs/commands.md")!;
  const codes = [...text.matchAll(/`([^`\n]+)`/g)].map(([, code = ""]) => code);
  for (const [command, flags] of FLAGS) {
    if (command === "complete") continue;
    assert.ok(
      codes.some((code) => code === command || code.startsWith(`${command} `)),
      `docs/commands.md does not name ${command}.`,
    );
    for (const flag of flags) {
      if (!flag.startsWith("--") || ["--help", "--color", "--no-commit"].includes(flag)) continue;
      assert.ok(
        codes.some((code) => code.split(/[\s=]/).includes(flag)),
        `docs/commands.md does not name ${flag} of ${command}.`,
      );
    }
  }
});

Deno.test("each task of Deno that is printed is one of deno.json", async () => {
  const { tasks } = await readTasks();
  for (const { path, text } of await readPages()) {
    for (const [, name = ""] of text.matchAll(/deno(?:@[\d.]+)? task (\w+)/g)) {
      assert.ok(name in tasks, `${path}: there is no task ${name}`);
    }
  }
});

Deno.test("each configuration that is printed is one as it is printed", async () => {
  let count = 0;
  for (const page of await readPages()) {
    for (const code of codeBlocks(page, "jsonc")) {
      const errors: ParseError[] = [];
      const value: unknown = parse(code, errors, { allowTrailingComma: true });
      assert.deepEqual(errors, [], `${page.path}: ${code}`);
      const { success, error } = ConfigFile.safeParse(value);
      assert.ok(success, `${page.path}: ${error?.message}\n${code}`);
      count += 1;
    }
  }
  assert.ok(count >= 5, `${count} were found`);
});

import { join } from "node:path";
import { reasonOf } from "../../kernel/reason_of.ts";
import { CommandError } from "../command_error.ts";
import type { CliContext } from "../context.ts";
import { EXIT } from "../exit_code.ts";
import { BUILT_IN_PLUGINS, CONFIG_FILE, configFolder, PROJECT_FOLDER, projectFolder } from "../places.ts";

/** What a new plugin adds. */
export type PluginForm = "specialist" | "tool";

/** Flags of `plugins new`. */
export interface PluginsNewFlags {
  readonly project?: string;
}

/** The name that stands in a template, and its files: each is called like it. */
const TEMPLATES: Readonly<Record<PluginForm, { readonly name: string; readonly endings: readonly string[] }>> = {
  specialist: { name: "my_role", endings: [".ts", ".md", "_test.ts"] },
  tool: { name: "my_tool", endings: [".ts", "_test.ts"] },
};
const TEMPLATE_FOLDER = join(BUILT_IN_PLUGINS, "templates");

/**
 * Writes a plugin that works, with comments and a test, and says what to do next.
 *
 * @param flags a project, where it is to be the project's own
 * @param form what it adds
 * @param name its name, and that of what it adds
 * @throws {CommandError} exit code 2 for a name that cannot be one or files that exist, 7 where they cannot be written
 */
export default async function pluginsNew(
  this: CliContext,
  flags: PluginsNewFlags,
  form: PluginForm,
  name: string,
): Promise<void> {
  if (!/^[a-z][a-z0-9_]*$/.test(name) || name.endsWith("_test")) {
    throw new CommandError(
      EXIT.usage,
      `A plugin's name has lower case letters, digits and _, begins with a letter and does not end with _test, but ${
        JSON.stringify(name)
      } does not. Choose another.`,
    );
  }
  const project = flags.project === undefined ? null : projectFolder(flags.project, this.folder);
  const folder = project === null ? configFolder(this.environment) : join(project, PROJECT_FOLDER);
  const { name: placeholder, endings } = TEMPLATES[form];
  const files = endings.map((ending) => ({
    path: join(folder, "plugins", `${name}${ending}`),
    template: join(TEMPLATE_FOLDER, `${placeholder}${ending}`),
  }));
  const texts = await Promise.all(
    files.map(async ({ path, template }) => ({
      path,
      text: (await Deno.readTextFile(template)).replaceAll(placeholder, name),
    })),
  );
  await Deno.mkdir(join(folder, "plugins"), { recursive: true });
  await writeNew(texts);
  const paths = texts.map(({ path }) => path);
  this.stdout.write(`Written:\n${paths.map((path) => `  ${path}\n`).join("")}\n`);
  this.stdout.write(nextSteps(this, { form, name, project, paths, config: configIn(folder, project) }));
}

function configIn(folder: string, project: string | null): string {
  return project === null ? join(folder, "config.jsonc") : join(project, CONFIG_FILE);
}

/** Writes files that must not exist yet: all of them or none. */
async function writeNew(files: readonly { readonly path: string; readonly text: string }[]): Promise<void> {
  const written: string[] = [];
  try {
    for (const { path, text } of files) {
      await Deno.writeTextFile(path, text, { createNew: true });
      written.push(path);
    }
  } catch (cause) {
    for (const path of written) await Deno.remove(path);
    const path = files[written.length]?.path ?? "";
    if (cause instanceof Deno.errors.AlreadyExists) {
      throw new CommandError(EXIT.usage, `${path} exists, and nothing was written. Choose another name.`, { cause });
    }
    throw new CommandError(EXIT.config, `${path} cannot be written: ${reasonOf(cause)}.`, { cause });
  }
}

interface Written {
  readonly form: PluginForm;
  readonly name: string;
  readonly project: string | null;
  readonly paths: readonly string[];
  readonly config: string;
}

function nextSteps({ command }: CliContext, { form, name, project, paths, config }: Written): string {
  const test = paths.find((path) => path.endsWith("_test.ts")) ?? "";
  const deno = command.startsWith("npx ") ? `npx -y deno@${Deno.version.deno}` : "deno";
  const own = join(BUILT_IN_PLUGINS, "..", "deno.json");
  const steps = [
    ["Change it to what you want."],
    [
      "Look at it, and run its test:",
      `  ${command} plugins check ${paths[0]}`,
      `  ${deno} test --config ${own} --allow-read ${test}`,
    ],
    ...(project === null ? [] : [["Say yes to the project's new files:", `  ${command} trust -C ${project}`]]),
    form === "tool"
      ? [`Give it to a specialist, in ${config}:`, `  { "roles": { "coding": { "tools": ["${name}"] } } }`]
      : [
        `The arbiter can consult it by itself. Say who plays it, if you want, in ${config}:`,
        `  { "roles": { "${name}": { "models": ["MODEL@HOST"] } } }`,
      ],
  ];
  return `Next:\n${
    steps.map(([first, ...more], index) =>
      [`  ${index + 1}. ${first}`, ...more.map((line) => `     ${line}`)].join("\n")
    )
      .join("\n")
  }\n`;
}

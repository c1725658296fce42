import { buildCommand, buildRouteMap } from "@stricli/core";
import type { PluginForm } from "./commands/plugins_new.ts";
import { JSON_FLAG, LOOK_FLAGS, textFlag } from "./run_flags.ts";
import { loadLater } from "./load_later.ts";

const LOOK = { project: LOOK_FLAGS.project, config: LOOK_FLAGS.config, trust: LOOK_FLAGS.trust, json: JSON_FLAG };
const ALIASES = { C: "project" } as const;
const FORMS: readonly PluginForm[] = ["specialist", "tool"];

const list = buildCommand({
  loader: () => loadLater<typeof import("./commands/plugins.ts")>(import.meta.resolve("./commands/plugins.ts")),
  parameters: { flags: LOOK, aliases: ALIASES },
  docs: { brief: "List the plugins, what they offer and what was left out; the same as no word" },
});

const create = buildCommand({
  loader: () => loadLater<typeof import("./commands/plugins_new.ts")>(import.meta.resolve("./commands/plugins_new.ts")),
  parameters: {
    flags: { project: textFlag("DIR", "Make it a plugin of this project; yours by default") },
    aliases: ALIASES,
    positional: {
      kind: "tuple",
      parameters: [
        {
          brief: FORMS.join(" or "),
          parse: parseForm,
          placeholder: "KIND",
          proposeCompletions: (partial: string) => FORMS.filter((form) => form.startsWith(partial)),
        },
        { brief: "Its name", parse: String, placeholder: "NAME" },
      ],
    },
  },
  docs: {
    brief: "Write a plugin that works, with comments and a test",
    fullDescription:
      "Writes a plugin that works, with comments and a test, and says what to do next. No file is overwritten.\n" +
      "Examples: autonomy plugins new tool count_lines; autonomy plugins new specialist security --project .",
  },
});

const check = buildCommand({
  loader: () =>
    loadLater<typeof import("./commands/plugins_check.ts")>(import.meta.resolve("./commands/plugins_check.ts")),
  parameters: {
    flags: LOOK,
    aliases: ALIASES,
    positional: {
      kind: "tuple",
      parameters: [{
        brief: "Module, folder with a mod.ts, or Markdown file of a specialist",
        parse: String,
        placeholder: "FILE",
      }],
    },
  },
  docs: {
    brief: "Load a plugin, compare its types, run its self-test, and say everything that is wrong at once",
    fullDescription:
      "Loads a plugin, compares its types, runs its self-test, tries it beside all others and says everything that is wrong at once. Its code runs as it would in a run.\n" +
      "Exit codes: 0 all is right, 2 no such file, 7 something is wrong.",
  },
});

const GRANTS = {
  flags: { project: LOOK_FLAGS.project, config: LOOK_FLAGS.config },
  aliases: ALIASES,
  positional: {
    kind: "tuple",
    parameters: [{ brief: "Its name, as the list shows it", parse: String, placeholder: "NAME" }],
  },
} as const;

const allow = buildCommand({
  loader: async () =>
    (await loadLater<typeof import("./commands/plugins_allow.ts")>(import.meta.resolve("./commands/plugins_allow.ts")))
      .allow,
  parameters: GRANTS,
  docs: { brief: "Give a plugin the permissions that it asks for" },
});

const revoke = buildCommand({
  loader: async () =>
    (await loadLater<typeof import("./commands/plugins_allow.ts")>(import.meta.resolve("./commands/plugins_allow.ts")))
      .revoke,
  parameters: GRANTS,
  docs: { brief: "Take back the permissions of a plugin" },
});

function parseForm(text: string): PluginForm {
  const form = FORMS.find((one) => one === text);
  if (form === undefined) throw new Error(`wanted ${FORMS.join(" or ")}`);
  return form;
}

/** Commands around plugins. */
export const PLUGIN_ROUTES = buildRouteMap({
  routes: { list, new: create, check, allow, revoke },
  docs: {
    brief: "List the plugins and what they offer; write and check your own, say what they may do",
    fullDescription:
      "Lists the plugins and what they offer; writes new ones, checks them, gives and takes back permissions.",
  },
});

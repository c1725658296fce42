import { namedScripts } from "./named_scripts.ts";
import type { Language } from "./language.ts";
import type { Check, Found, ProjectView, Runner } from "./runner.ts";
import { anyReporting, readAny } from "./runners/any_runner.ts";

const MAKEFILES = ["GNUmakefile", "makefile", "Makefile"];
const JUSTFILES = ["justfile", "Justfile", ".justfile"];
/** Names of what is run, in the order in which they are looked for. */
const TARGETS = ["test", "check"];

/** just. */
const just: Runner = {
  name: "just",
  runs: /^just\b/,
  reporting: anyReporting,
  manifest: /^\.?justfile$/i,
  async checks(project, found) {
    const file = JUSTFILES.find(project.has);
    if (file === undefined) return [];
    const text = await project.text(file);
    // A recipe may have arguments, of which all have a value by themselves.
    const target = TARGETS.find((name) =>
      new RegExp(`^@?${name}(?:[ \\t]+[*+]?\\w+='?[^\\n:]{0,100})?[ \\t]*:(?!=)`, "m").test(text)
    );
    return await taskOf({
      project,
      found,
      file,
      texts: [text],
      command: target === undefined ? null : ["just", target],
    });
  },
  read: readAny,
};

/** make. */
const makeRunner: Runner = {
  name: "make",
  runs: /^make\b/,
  reporting: anyReporting,
  manifest: /^(?:GNUm|m|M)akefile$/,
  async checks(project, found) {
    const file = MAKEFILES.find(project.has);
    if (file === undefined) return [];
    const text = await project.text(file);
    const target = TARGETS.find((name) => new RegExp(`^${name}\\s*:(?!=)`, "m").test(text));
    const included = [...text.matchAll(/^-?s?include[ \t]+([^\n#]+)/gm)]
      .flatMap(([, names = ""]) => names.split(/\s+/)).filter(project.has);
    const texts = [text, ...await Promise.all(included.map(project.text))];
    const command = target === undefined ? null : ["make", target];
    return await taskOf({ project, found, file, texts, command, included });
  },
  read: readAny,
};

/** A file of tasks mostly calls what was found already; alone, it is what there is. */
async function taskOf({ project, found, file, texts, command, included = [] }: {
  readonly project: ProjectView;
  readonly found: readonly Check[];
  readonly file: string;
  readonly texts: readonly string[];
  readonly command: readonly string[] | null;
  readonly included?: readonly string[];
}): Promise<Found[]> {
  if (command === null) return project.folder === "" ? [{ passedOver: file, why: "it has no task test or check" }] : [];
  if (found.length > 0) return [{ passedOver: file, why: `${command.join(" ")} is taken to call what was found` }];
  const files = [...included, ...await namedScripts(texts.join("\n"), project.text)];
  return [{ name: command.join(" "), command, files }];
}

/** Files of tasks, of make and of just. What their tasks print may be anything. */
export const make: Language = {
  name: "make",
  files: /(^|\/)(?:GNUmakefile|[Mm]akefile|[^/]+\.mk)$/,
  comments: ["#"],
  loads: /(^|\/)(?:(?:gnu)?makefile|[^/]+\.mk)$/i,
  runners: [just, makeRunner],
};

import { namedScripts } from "./named_scripts.ts";
import type { Language } from "./language.ts";

const MAKEFILES = ["GNUmakefile", "makefile", "Makefile"];

/** Makefiles. What their targets print may be anything. */
export const make: Language = {
  name: "make",
  files: /(^|\/)(?:GNUmakefile|[Mm]akefile|[^/]+\.mk)$/,
  loads: /(^|\/)(?:(?:gnu)?makefile|[^/]+\.mk)$/i,
  runners: [{
    name: "make",
    async checks(project, found) {
      const file = MAKEFILES.find(project.has);
      // A Makefile mostly calls what was found already; alone, it is what there is.
      if (file === undefined || found.length > 0) return [];
      const text = await project.text(file);
      const target = ["test", "check"].find((name) => new RegExp(`^${name}\\s*:(?!=)`, "m").test(text));
      if (target === undefined) return [];
      const included = [...text.matchAll(/^-?s?include[ \t]+([^\n#]+)/gm)]
        .flatMap(([, names = ""]) => names.split(/\s+/)).filter(project.has);
      const texts = [text, ...await Promise.all(included.map(project.text))];
      const files = [...included, ...await namedScripts(texts.join("\n"), project.text)];
      return [{ name: `make ${target}`, command: ["make", target], files }];
    },
  }],
};

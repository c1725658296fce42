import { dirname, join, normalize } from "node:path/posix";
import { definitionsByForm } from "./definitions_by_form.ts";
import type { Language } from "./language.ts";
import { SHELL_QUOTES } from "./quotes.ts";
import { phpunit } from "./runners/phpunit.ts";

/** PHP. */
export const php: Language = {
  name: "php",
  files: /\.php$/,
  comments: ["//", "#", "/*"],
  quotes: SHELL_QUOTES,
  definitions: definitionsByForm(
    /^(\s*)(?:(?:public|private|protected|static|final|abstract)\s+)*function\s+&?(\w+)\s*\(/,
  ),
  imports: {
    line: /^\s*(?:use\s|namespace\s|(?:require|include)(?:_once)?\b)/,
    files(path, text, files) {
      const required = [
        ...text.matchAll(/\b(?:require|include)(?:_once)?[ (]+(?:__DIR__\s*\.\s*)?["']\/?([^"'\n]+\.php)["']/g),
      ]
        .map(([, name = ""]) => normalize(join(dirname(path), name)));
      const used = [...text.matchAll(/^[ \t]*use[ \t]+\\?([\w\\]+)/gm)].map(([, name = ""]) =>
        `/${name.split("\\").at(-1)}.php`
      );
      return files.filter((file) => required.includes(file) || used.some((end) => `/${file}`.endsWith(end)));
    },
  },
  tests: /(^|\/)\w+Test\.php$/,
  loads:
    /(^|\/)(?:composer\.(?:json|lock)|phpunit(?:\.dist)?\.xml(?:\.dist)?|Pest\.php|phpstan[^/]*\.neon)$|^vendor\//i,
  holdsRunner: /\buse[ \t]+PHPUnit\b|\b(?:exit|die)[ \t]*[(;]|\bregister_shutdown_function\b/m,
  dependencies: /^vendor$/,
  changesProject: {
    composer: { changes: "install, require, remove, update, dump-autoload, i, u", valued: "-d --working-dir" },
  },
  traces: /^(?:\.phpunit\.(?:result\.cache|cache))$/,
  runners: [phpunit],
};

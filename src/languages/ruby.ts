import { dirname, join, normalize } from "node:path/posix";
import { definitionsByForm } from "./definitions_by_form.ts";
import type { Language } from "./language.ts";
import { PATTERN_QUOTES } from "./quotes.ts";
import { rspec } from "./runners/rspec.ts";

/** Ruby. */
export const ruby: Language = {
  name: "ruby",
  files: /\.(?:rb|rake)$|(^|\/)(?:Gemfile|Rakefile)$/,
  comments: ["#"],
  quotes: PATTERN_QUOTES,
  definitions: definitionsByForm(/^(\s*)def\s+(?:self\.)?(\w+[?!=]?)/),
  imports: {
    line: /^\s*(?:require|require_relative|load|autoload)\b/,
    files(path, text, files) {
      const known = new Set(files);
      return [...text.matchAll(/\brequire(_relative)?[ (]+["']([^"'\n]+)["']/g)].flatMap(([, near, name = ""]) => {
        const ending = name.endsWith(".rb") ? "" : ".rb";
        const places = near === undefined
          ? [`lib/${name}`, name, `app/${name}`]
          : [normalize(join(dirname(path), name))];
        return places.map((place) => `${place}${ending}`).filter((place) => known.has(place));
      });
    },
  },
  loads:
    /(^|\/)(?:Gemfile(?:\.lock)?|Rakefile|\.rspec|\.simplecov|\.ruby-version|(?:spec|rails|test)_helper\.rb|[^/]+\.gemspec)$/i,
  holdsRunner:
    /\brequire[ (]+["'](?:rspec|minitest|test\/unit)|\b(?:RSpec|Minitest)\.|\b(?:at_exit|exit!|abort)\b|\bProcess\.(?:exit|kill)/m,
  dependencies: /^(?:\.bundle|vendor)$/,
  changesProject: {
    bundle: { changes: "install, add, remove, update, lock, config" },
    gem: { changes: "install, uninstall, update" },
  },
  traces: /^(?:coverage|\.byebug_history)$/,
  runners: [rspec],
};

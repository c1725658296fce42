import { dirname } from "node:path/posix";
import { goMethod } from "./as_method.ts";
import { definitionsByForm } from "./definitions_by_form.ts";
import { exportsByForm } from "./exports.ts";
import { goCases } from "./go_cases.ts";
import type { Language } from "./language.ts";
import { RAW_QUOTES } from "./quotes.ts";
import { goTool } from "./runners/go_tool.ts";
import { importsByName } from "./standard_names.ts";
import { say } from "../sentences/say.ts";

/** Go. */
export const go: Language = {
  name: "go",
  files: /\.go$/,
  comments: ["//", "/*"],
  quotes: RAW_QUOTES,
  definitions: definitionsByForm(
    /^()func\s+(?:\((?:(?:\w+\s+)?\*?(?<owner>\w+)(?:\[[^\]]*\])?|[^)]*)\)\s*)?(?<name>\w+)/,
  ),
  asMethod: goMethod,
  imports: {
    line: /^\s*(?:import\b|package\s)/,
    block: /^import[ \t]*\([ \t]*$/,
    before: /^(?:func|type|var|const)\b/,
    usedAs,
    standard: {
      // Without those that a package is likely to call something of its own: another file may declare it.
      holders: importsByName({
        "": "bufio bytes errors fmt math os reflect regexp sort strconv strings time unicode",
        "path/": "filepath",
        "unicode/": "utf8",
      }, (name, place) => `import "${place}${name}"`),
      names: {},
    },
    files: importedFiles,
  },
  folderScope: (text) => /^package[ \t]+(\w+)/m.exec(text)?.[1] ?? null,
  exports: exportsByForm([/^(?:func|type|var|const)[ \t]+(?:\([^)]*\)[ \t]*)?([A-Z]\w*)/]),
  tests: /(^|\/)testdata\//,
  loads: /(^|\/)(?:go\.mod|go\.work|go\.env|\.golangci\.ya?ml)$|^vendor\//i,
  newTest: "{{name}}_test.go",
  writeTest: goCases,
  asserts: /\bif\b([^\n{]{0,300})\{|\b(?:assert|require|is)\.\w{1,40}\(([^\n]{0,300})/g,
  newProjects: [{
    called: "Go",
    named:
      /(?<=\b[Ii]n (?:\w{1,20},? (?:and|or) )?)(?:Go\b|go(?=\s*(?:$|[.,;:!?)])))|\b[Gg]olang\b|\bGo (?:program|module|package|tool|library|service|project|server|app|CLI)\b/,
    files: /\.go$/,
    ways: [{
      name: "go",
      needs: ["go", "version"],
      commands: [{ words: ["go", "mod", "init", "{{name}}"], makes: "go.mod" }],
      files: { "go.mod": "module {{name}}\n\ngo 1.18\n", ".gitignore": "/{{name}}\n*.test\n" },
      source: "main.go",
      test: "main_test.go",
      runner: "testing, in package main",
      starts: [["go", "run", "."], ["go", "run", "{{source}}"]],
      sharesNames: true,
    }],
  }],
  missing:
    /\bundefined: ([\w.]{1,200})|\b([\w.]{1,200}) undefined \(type|package (\S{1,200}) is not in std|module provides package ([^\s;:]{1,200})/g,
  malformed:
    /\bsyntax error\b|\billegal (?:rune literal|character)\b|\b(?:rune|string) literal not terminated\b|\bnewline in string\b|\bexpected (?:'[^'\n]{1,40}'|\w{1,40}), found\b|^[ \t]*\S{0,300}_test\.go:\d+:\d+: (?:\S{1,200} redeclared in this block|"[^"\n]{1,200}" imported (?:as \S{1,80} )?and not used|declared and not used: |\S{1,200} declared (?:and|but) not used|missing return)/m,
  holdsRunner: /^[ \t]*(?:import[ \t]+)?(?:\w+[ \t]+)?"(?:testing(?:\/\w+)?|unsafe|plugin|syscall)"|\bos\.Exit\(0\)/m,
  testCase: /^\s*t\.Run\s*\(/,
  standards: { configurations: { ".golangci.yml": (_text, from) => [say(from, "standards.gofmt")] } },
  dependencies: /^vendor$/,
  changesProject: { go: { changes: "get, mod tidy, mod download, mod vendor, work sync, work vendor", valued: "-C" } },
  builds: /^bin$/,
  // The folder of modules is read as it is. In an empty mount point for .git a build would look for the state of a repository.
  caches: {
    folders: { GOCACHE: "go-build" },
    offline: { GOPROXY: "off", GOTOOLCHAIN: "local" },
    always: { GOFLAGS: "-buildvcs=false" },
  },
  runners: [goTool],
};

/** An import by itself, and a line of a block of imports: a name may stand before the path of the package. */
const IMPORTED = /^[ \t]*(?:import[ \t]+)?(?:[\w.]{1,80}[ \t]+)?"([\w./~-]{1,200})"[ \t]*(?:\/\/.*)?$/gm;

/**
 * The name that an import says, else those that its package may have: the end of its path, or what stands before that where it is a version.
 *
 * @returns null where the path does not tell it
 */
function usedAs(statement: string): readonly string[] | null {
  const [, said, path] = /^import[ \t]+(?:([\w.]{1,80})[ \t]+)?"([^"\n]{1,200})"[ \t]*(?:\/\/.*)?$/.exec(statement) ??
    [];
  if (path === undefined) return null;
  const [end = "", before = end] = path.split("/").reverse();
  const names = said !== undefined ? [said] : /^v\d{1,4}$/.test(end) ? [end, before] : [end];
  // A name like `apiv1` is one that the package itself need not have.
  return names.every((name) => /^[A-Za-z]\w*$/.test(name)) && !/\wv\d{1,4}$/.test(names[0]!) ? names : null;
}

/**
 * The sources of a file's own package, which need no import of each other, then those of the project's packages that it imports. What the
 * module is called stands in another file: a package is known by the end of its path, which is its folder.
 */
function importedFiles(path: string, text: string, files: readonly string[]): readonly string[] {
  const sources = files.filter((file) => file.endsWith(".go") && !file.endsWith("_test.go"));
  const byFolder = Map.groupBy(sources, (file) => dirname(file));
  const folders = [...text.matchAll(IMPORTED)].flatMap(([, name = ""]) => {
    const ends = [...byFolder.keys()].filter((folder) => name.endsWith(`/${folder}`));
    return ends.toSorted((one, other) => other.length - one.length).slice(0, 1);
  });
  return [...new Set([dirname(path), ...folders])].flatMap((folder) => byFolder.get(folder) ?? []);
}

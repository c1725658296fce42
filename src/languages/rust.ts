import { rustMethod } from "./as_method.ts";
import { definitionsByForm } from "./definitions_by_form.ts";
import { exportsByForm } from "./exports.ts";
import type { Language } from "./language.ts";
import type { SetupWay } from "./new_project.ts";
import { HASH_QUOTES } from "./quotes.ts";
import { rustTestFiles, rustTests } from "./rust_tests.ts";
import { cargo } from "./runners/cargo.ts";
import { say } from "../sentences/say.ts";

/** The attribute of a test. */
const ATTRIBUTE = /#\[(?:\w{1,40}::){0,3}(?:test|rstest|test_case|quickcheck)\b/;

/** Rust. */
export const rust: Language = {
  name: "rust",
  files: /\.rs$/,
  comments: ["//", "/*"],
  quotes: HASH_QUOTES,
  definitions: definitionsByForm(
    /^(\s*)(?:pub(?:\([^)]*\))?\s+)?(?:(?:default|const|async|unsafe|extern(?:\s+"[^"]*")?)\s+)*fn\s+(?:r#)?(\w+)/,
  ),
  asMethod: rustMethod,
  imports: {
    line: /^\s*use\s/,
    passesOn: /(^|\/)lib\.rs$/,
    files: importedFiles,
  },
  exports: exportsByForm([
    /^[ \t]*pub[ \t]+(?:(?:const|async|unsafe)[ \t]+)*(?:fn|struct|enum|trait|type|static|mod)[ \t]+(\w+)/,
  ]),
  tail: /^#\[cfg\(test\)\]/,
  loads:
    /(^|\/)(?:cargo\.toml|build\.rs|rust-toolchain(?:\.toml)?|clippy\.toml|\.clippy\.toml)$|(^|\/)(?:\.cargo|\.config)\//i,
  testsIn: rustTests,
  testFiles: rustTestFiles,
  bareTests: { names: /(^|\/)tests?\.rs$/i, holds: (text) => ATTRIBUTE.test(text) },
  newTest: "tests/{{name}}.rs",
  asserts:
    /\b\w{0,40}assert\w{0,40}! ?[({[](\n[^\n]{0,300}|[^\n]{0,300}\(\n[^\n]{0,300}|[^\n]{0,300})|#\[(should_panic)/g,
  newProjects: [{
    called: "Rust",
    named: /\bRust\b|(?<=\b[Ii]n )rust\b/,
    files: /\.rs$/,
    ways: [withCargo(), withoutWorkspace()],
  }],
  missing:
    /cannot find (?:\w{1,40}|associated \w{1,40}) `([\w:]{1,200})`|no `(\w{1,200})` in the root|no (?:method|function or associated item|field) (?:named )?`(\w{1,200})`|unresolved import `([\w:]{1,200})`/g,
  malformed: /\berror: (?:expected|this file contains an unclosed|unknown start of token|mismatched closing)\b/,
  holdsRunner:
    /\bprocess::(?:exit\b|\{[^}\n]{0,80}\bexit\b)|\bmacro_rules![ \t]*assert|#!?\[(?:cfg_attr|test_runner|no_main)\b|\bset_hook\s*\(/m,
  standards: { configurations: { "rustfmt.toml": (_text, from) => [say(from, "standards.rustfmt")] } },
  builds: /^target$/,
  changesProject: {
    cargo: {
      changes: "add, remove, rm, update, fetch, vendor, generate-lockfile",
      valued: "--manifest-path --config --color -C -Z",
    },
  },
  // Cargo reads a home that it cannot write.
  caches: { offline: { CARGO_NET_OFFLINE: "true" } },
  runners: [cargo],
};

/** A project that is set up by cargo; below another package it would add itself to the workspace there. */
function withCargo(): SetupWay {
  return {
    name: "cargo",
    needs: ["cargo", "--version"],
    notBelow: "Cargo.toml",
    commands: [{
      words: ["cargo", "init", "--lib", "--vcs", "none", "--name", "{{name}}", "--quiet"],
      makes: "Cargo.toml",
    }],
    drops: ["src/lib.rs"],
    // Words of the language, and crates that come with it.
    taken:
      /^(?:abstract|alloc|as|async|await|become|box|break|const|continue|core|crate|do|dyn|else|enum|extern|false|final|fn|for|gen|if|impl|in|let|loop|macro|match|mod|move|mut|override|priv|proc_macro|pub|ref|return|self|static|std|struct|super|test|trait|true|try|type|typeof|unsafe|unsized|use|virtual|where|while|yield)$/,
    files: {
      "Cargo.toml": '[package]\nname = "{{name}}"\nversion = "0.1.0"\nedition = "2021"\n\n[dependencies]\n',
      // Without one there is nothing that cargo could test.
      "src/lib.rs": "",
      ".gitignore": "/target\n",
    },
    source: "src/lib.rs",
    main: "src/main.rs",
    test: "tests/{{name}}.rs",
    runner: "cargo test, by `use {{name}}::…`",
    starts: [["cargo", "run", "--quiet", "--"], ["cargo", "run", "--"]],
    sharesNames: true,
  };
}

/** The same by its files alone, out of a workspace that stands above it. */
function withoutWorkspace(): SetupWay {
  const { files, ...way } = withCargo();
  return {
    ...way,
    name: "files",
    notBelow: undefined,
    commands: [],
    files: { ...files, "Cargo.toml": `${files["Cargo.toml"]}\n[workspace]\n` },
  };
}

/** The crate that a `use` begins with, and what it takes of it: a name, or a list of them. */
const USED = /\buse[ \t]{1,9}(\w{1,80})::(?:(\w{1,80})|\{([^;]{1,600})\})/g;
/** A module that stands in a file of its own. */
const MODULE = /^[ \t]*(?:pub(?:\([^)\n]{1,40}\))?[ \t]+)?mod[ \t]+(\w{1,80})[ \t]*;/gm;

/** Files of the modules that a file uses, of its own crate and of others in the project. */
function importedFiles(path: string, text: string, files: readonly string[]): readonly string[] {
  const inside = path.search(/(?:^|\/)(?:src|tests|benches|examples)\//);
  const crate = inside <= 0 ? "" : path.slice(0, inside + 1);
  const used = [...text.matchAll(USED)].map(([, from = "", one, list]) => ({
    from,
    names: one !== undefined ? [one] : list!.match(/\w+/g) ?? [],
  }));
  const modules = [...text.matchAll(MODULE)].map(([, name = ""]) => name);
  const roots = [crate, ...used.flatMap(({ from }) => crateOf(from, files) ?? [])];
  const names = [...used.flatMap((one) => one.names), ...modules];
  const folders = [
    ...new Set([...roots.map((root) => `${root}src`), path.slice(0, Math.max(0, path.lastIndexOf("/")))]),
  ];
  const places = folders.flatMap((folder) =>
    names.flatMap((name) => [`${folder}/${name}.rs`, `${folder}/${name}/mod.rs`])
  );
  const libraries = roots.map((root) => `${root}src/lib.rs`);
  return files.filter((file) => file !== path && (places.includes(file) || libraries.includes(file)));
}

/** Folder of a crate of the project, with its slash at the end, by the name that code calls it by; null where none is called so. */
function crateOf(name: string, files: readonly string[]): string | null {
  const isIts = (folder: string) => folder.split("/").at(-1)?.replaceAll("-", "_") === name;
  const library = files.find((file) => file.endsWith("/src/lib.rs") && isIts(file.slice(0, -"/src/lib.rs".length)));
  return library === undefined ? null : library.slice(0, -"src/lib.rs".length);
}

import type { CheckFact } from "../../effects/check/check_effect.ts";
import { bound } from "../../kernel/text.ts";
import { codePieces } from "../../languages/code_pieces.ts";
import { definitionsIn } from "../../languages/definitions.ts";
import { boundNames } from "../../languages/bound_names.ts";
import { allImports, withoutImports } from "../../languages/imports.ts";
import { languageOf, languagesOf } from "../../languages/languages_of.ts";
import { saysSomething } from "../../languages/says_something.ts";
import { isTestPath } from "../../languages/test_path.ts";
import { withoutComments } from "../../languages/without_comments.ts";
import { say } from "../../sentences/say.ts";
import type { Attempt } from "../attempts/slice.ts";
import { isAbout, NEW_TESTS } from "../checks/judge.ts";
import type { Registry } from "../registry.ts";
import { subjectsOf } from "../scope/missing_names.ts";
import { lastName } from "../scope/wants_of_task.ts";
import type { State } from "../state.ts";
import type { Task } from "../tasks/task.ts";
import { fileToMake } from "./read_goal.ts";
import { renamesIn } from "./renames_in.ts";
import type { Criterion } from "./slice.ts";
import { isNewName, sourceToMake } from "../setup/new_code.ts";
import { takesExamples } from "./takes_examples.ts";

/** Methods that a language calls by itself: `len(stack)`, `fmt.Sprint(colour)`. */
const CALLED_BY_LANGUAGE =
  /^(?:__\w+__|String|Error|GoString|Format|MarshalJSON|UnmarshalJSON|Len|Less|Swap|toString|toJSON|valueOf|constructor|fmt|drop)$/;
/** Characters of evidence in a reason. */
const SHOWN = 300;

/** What executed checks say of a new test on the code as it is. */
export interface TestJudgement {
  /** Results that fail, as they shall. */
  readonly red: readonly string[];
  /** Why it is no test of its criterion; null where it is one. */
  readonly fault: string | null;
}

/**
 * Judges an attempt at a test that comes before the work: it must be found by the project's runner, and fail on the code as it is for want of what
 * its criterion asks for, not since it is broken itself.
 *
 * @param registry languages by which evidence is read, and the words of reasons
 */
export function testJudgement(
  state: State,
  registry: Pick<Registry, "languages" | "prompts">,
  attempt: Attempt,
  task: Task,
): TestJudgement {
  const { languages } = registry;
  const criterion = state.criteria.list?.[(task.criterion ?? 0) - 1];
  const paths = [...new Set(attempt.writes.filter(({ after }) => after !== null).map(({ path }) => path))];
  const other = paths.find((path) => !isTestPath(path, languages));
  if (other !== undefined) return { red: [], fault: say(registry, "criteria.wrote_other", { path: other }) };
  const left = leftBy(attempt);
  if (left.length > 1) return { red: [], fault: say(registry, "criteria.wrote_more", { paths: left.join(", ") }) };
  const before = new Map(attempt.before.map((result) => [result.name, result]));
  const after = attempt.after ?? [];
  const isOwn = (result: CheckFact) =>
    !before.has(result.name) || result.name === NEW_TESTS && paths.some((path) => isAbout(result, path));
  const broke = after.filter(({ name, passed, added }) =>
    !passed && added !== true && before.get(name)?.passed === true
  );
  if (broke.length > 0) {
    const checks = broke.map(({ name }) => name).join("; ");
    return { red: [], fault: say(registry, "criteria.breaks", { checks: bound(checks, SHOWN) }) };
  }
  const own = after.filter(isOwn);
  if (own.length === 0) return { red: [], fault: say(registry, "criteria.no_test", { path: paths.join(", ") }) };
  const red = own.filter(({ passed }) => !passed);
  if (red.length === 0) return { red: [], fault: passes(state, registry, criterion, paths) };
  const sources = [...new Set(red.flatMap(({ files }) => files))].filter((path) => !isTestPath(path, languages));
  const { scope } = attempt;
  const fault = brokenBy(state, registry, red, paths) ??
    (criterion === undefined ? null : strays(state, registry, criterion, { paths, sources, scope }));
  return { red: fault === null ? red.map(({ name }) => name) : [], fault };
}

/** Why a test that passes is none. A small model writes down what the code gives now; what the wish quotes and the test does not expect is named to it. */
function passes(
  state: State,
  registry: Pick<Registry, "prompts">,
  criterion: Criterion | undefined,
  paths: readonly string[],
): string {
  const code = paths.map((path) => state.criteria.texts[path] ?? "").join("\n");
  const quoted = [...(criterion?.text ?? "").matchAll(/"([^"\n]{3,200})"/g)]
    .flatMap(([whole, inner = ""]) => code.includes(inner) ? [] : [whole]);
  return quoted.length === 0
    ? say(registry, "criteria.passes")
    : say(registry, "criteria.passes_without", { quoted: bound(quoted.join(", "), SHOWN) });
}

/** Why a test fails by its own fault: it cannot be read, or it wants what nobody asked for. */
function brokenBy(
  state: State,
  registry: Pick<Registry, "languages" | "prompts">,
  red: readonly CheckFact[],
  paths: readonly string[],
): string | null {
  const language = paths.map((path) => languageOf(path, registry.languages)).find((one) => one !== null);
  const evidence = red.map((result) => result.evidence).join("\n");
  if (
    language?.malformed !== undefined && isMalformed(language.malformed, evidence, ownNames(state, registry, paths))
  ) {
    return say(registry, "criteria.malformed", { evidence: bound(evidence, SHOWN) });
  }
  const goal = [state.run.info?.goal ?? "", ...(state.criteria.list ?? []).map(({ text }) => text)].join("\n");
  const wanted = language?.missing === undefined
    ? []
    : [...evidence.matchAll(language.missing)].flatMap(([, ...names]) =>
      names.find((name) => name !== undefined) ?? []
    );
  const isMeant = (name: string) => isAskedFor(name, goal) || isNewName(state, name);
  const [unasked] = wanted.filter((name) => !isMeant(name));
  return unasked === undefined || wanted.some(isMeant)
    ? null
    : say(registry, "criteria.wrong_name", { name: unasked, evidence: bound(evidence, SHOWN) });
}

/** Whether evidence says that a test fails by its own fault. */
function isMalformed(pattern: RegExp, evidence: string, own: readonly string[]): boolean {
  // A class beside the tests may stand for one of the code.
  const groups = own.filter((name) => /^test/i.test(lastName(name))).flatMap((name) => name.split(".").slice(0, -1));
  const classes = new Set(groups);
  const all = [...evidence.matchAll(new RegExp(pattern.source, `${pattern.flags.replace("g", "")}g`))];
  return all.some(({ groups }) => groups?.own === undefined || classes.has(groups.own));
}

/** What the texts of a new test define, by its full name. */
function ownNames(
  state: State,
  { languages }: Pick<Registry, "languages">,
  paths: readonly string[],
): readonly string[] {
  return paths.flatMap((path) =>
    definitionsIn(state.criteria.texts[path] ?? "", languagesOf(path, languages)).map(({ name }) => name)
  );
}

/** Paths at which an attempt leaves something else than it found, each once. */
function leftBy({ writes }: Attempt): readonly string[] {
  const first = new Map(writes.toReversed().map(({ path, before }) => [path, before]));
  const last = new Map(writes.map(({ path, after }) => [path, after]));
  return [...last].filter(([path, after]) => first.get(path) !== after).map(([path]) => path);
}

/** Why a test is about something else than its criterion: it defines what it is to test, names nothing of it, or takes none of its examples; or why it says nothing. */
function strays(
  state: State,
  registry: Pick<Registry, "languages" | "prompts">,
  { text, kind, names, examples }: Criterion,
  { paths, sources, scope }: {
    readonly paths: readonly string[];
    readonly sources: readonly string[];
    readonly scope: Attempt["scope"];
  },
): string | null {
  const code = paths.map((path) =>
    withoutComments(state.criteria.texts[path] ?? "", languageOf(path, registry.languages)?.comments)
  ).join("\n");
  if (code === "") return null;
  const own = ownNames(state, registry, paths).map(lastName);
  const defined = names.find((name) => own.includes(lastName(name)) || hidesByCall(code, lastName(name)));
  if (defined !== undefined) return say(registry, "criteria.defines", { name: defined });
  const source = state.setup.plan?.sharesNames === false ? sourceToMake(state) : null;
  if (source !== null && !namesFile(code, source)) return say(registry, "criteria.not_from", { source });
  const wanted = fileToMake(text);
  if (wanted !== null && paths.every((path) => !takesFrom(state, registry, path, wanted))) {
    return say(registry, "criteria.not_from", { source: wanted });
  }
  const old = kind === "rename"
    ? renamesIn(text).find(({ from }) => takesOld(state, registry, { paths, sources }, from))
    : undefined;
  if (old !== undefined) return say(registry, "criteria.old_name", { from: old.from, to: old.to });
  if (names.length > 0 && !names.some((name) => code.includes(name))) {
    return say(registry, "criteria.strays", { names: names.join(", ") });
  }
  // Of several things each has to be shown: what no test uses may do anything.
  const wished = kind === "function"
    ? [...names.filter((name) => isCallable(name, text)), ...alsoChanged(registry, text, scope)]
    : kind === "rename"
    ? renamesIn(text).filter(({ from }) => isCallable(from, text) && !isValue(from, text)).map(({ to }) => to)
    : [];
  // Of a rename, what is renamed beside may be something that no test names.
  const least = kind === "rename" && names.length > 1 ? 1 : 2;
  const used = wished.length < least ? "" : usesOf(state, registry, paths);
  const unused = wished.length < least ? [] : wished.filter((name) => !usesName(used, lastName(name)));
  if (unused.length > 0) return say(registry, "criteria.leaves_out", { names: unused.join(", ") });
  const takes = takesExamples(code, examples);
  if (takes === "all") return saysNothing(registry, code, paths);
  const shown = bound(examples.join(" "), SHOWN);
  return say(registry, takes === "none" ? "criteria.no_example" : "criteria.no_result", { examples: shown });
}

/** Why a test that is about its criterion is none all the same: no assertion of it is about anything that code gives. */
function saysNothing(
  registry: Pick<Registry, "languages" | "prompts">,
  code: string,
  paths: readonly string[],
): string | null {
  const asserts = paths.map((path) => languageOf(path, registry.languages)?.asserts).find((one) => one !== undefined);
  return asserts === undefined || saysSomething(code, asserts) ? null : say(registry, "criteria.says_nothing");
}

/** Whether a test may take from a file, as far as its language tells what it imports; a file of another language is none that it could. */
function takesFrom(
  state: State,
  { languages }: Pick<Registry, "languages">,
  path: string,
  source: string,
): boolean {
  const language = languageOf(path, languages);
  const files = language?.imports?.files;
  if (files === undefined || languageOf(source, languages) !== language) return true;
  return files(path, state.criteria.texts[path] ?? "", [source]).length > 0;
}

/** Whether a test takes something of the project by the name that it is to lose. */
function takesOld(
  state: State,
  { languages }: Pick<Registry, "languages">,
  { paths, sources }: { readonly paths: readonly string[]; readonly sources: readonly string[] },
  name: string,
): boolean {
  return paths.some((path) => {
    const by = languagesOf(path, languages);
    return allImports(state.criteria.texts[path] ?? "", by).some((statement) =>
      boundNames(statement, by).includes(name) &&
      by.some(({ imports }) => (imports?.files?.(path, statement, sources) ?? []).length > 0)
    );
  });
}

/** Whether a text calls something a value: one that a function takes or has is named by no test. */
function isValue(name: string, text: string): boolean {
  const word = name.replaceAll("$", "\\$");
  return new RegExp(`\\b(?:parameter|argument|variable|constant|field)s?[ \\t]+[\`"']?${word}(?![\\w$])`, "i").test(
    text,
  );
}

/** Whether a local value has the name of what it is called from, so that the call cannot reach it: `const slug = slug(title)`. */
function hidesByCall(code: string, name: string): boolean {
  if (!/^[A-Za-z_$][\w$]*$/.test(name)) return false;
  const word = name.replaceAll("$", "\\$");
  return new RegExp(`(?<![\\w$.])${word}[ \\t]*=[ \\t]*(?:await[ \\t]+)?${word}\\(`).test(code);
}

/** What is there already and is to change with what a criterion adds: `Then let chapter_title use it`. */
function alsoChanged(
  registry: Pick<Registry, "languages">,
  text: string,
  scope: Attempt["scope"],
): readonly string[] {
  const there = new Set(scope?.wanted.flatMap(({ name, before }) => before ? name : []));
  return subjectsOf(text, registry).filter((name) => there.has(name));
}

/** Code of tests in which names are used: without imports, comments and what stands in quotes. */
function usesOf(state: State, { languages }: Pick<Registry, "languages">, paths: readonly string[]): string {
  return paths.map((path) => {
    const by = languagesOf(path, languages);
    const { comments, quotes } = by.length === 1 ? by[0]! : {};
    const text = withoutImports(state.criteria.texts[path] ?? "", by);
    return codePieces(text, comments, quotes).map((piece) => piece.kind === "code" ? piece.text : " ").join("");
  }).join("\n");
}

/** Whether a test calls what has a name: types are used through what makes them, and what a language calls itself by no name. */
function isCallable(name: string, text: string): boolean {
  const last = lastName(name);
  if (CALLED_BY_LANGUAGE.test(last)) return false;
  const word = last.replaceAll("$", "\\$");
  return !new RegExp(`\\b(?:type|struct|class|interface|trait|enum|exception)[ \\t]+[\`"']?${word}(?![\\w$])`, "i")
    .test(text);
}

/** Whether code uses something by its name, or by that of what makes one. */
function usesName(code: string, name: string): boolean {
  const words: readonly string[] = code.match(/[A-Za-z_$][\w$]*/g) ?? [];
  return words.includes(name) || words.includes(`New${name}`) || words.includes(`new${name}`);
}

/** Whether code names a file, as one that imports it does: `calculator.py` by `calculator`. */
function namesFile(code: string, path: string): boolean {
  const stem = path.slice(path.lastIndexOf("/") + 1).replace(/\.[^.]*$/, "");
  return code.split(/[^\w-]+/).includes(stem);
}

/** Whether the goal speaks of a name: as it is, as the file that it is in, or by the words that it is made of. */
function isAskedFor(name: string, goal: string): boolean {
  const said = goal.toLowerCase();
  const last = name.split(/[/\\]|::/).at(-1)!.replace(/\.\w{1,4}$/, "");
  const words = last.split(/[._-]|(?<=[a-z0-9])(?=[A-Z])/).map((word) => word.toLowerCase());
  return said.includes(last.toLowerCase()) || words.some((word) => word.length > 3 && said.includes(word));
}

import type { TestPlace } from "./test_cases.ts";

/** An import, or a call of `require` that binds something, on one line: from where, the second group that of `require`. */
export const IMPORT =
  /^(?:import\b[^;\n]*?\bfrom[ \t]*["']([^"'\n]+)["']|(?:const|let|var)\b[^=\n]*=[ \t]*require\(["']([^"'\n]+)["']\)[^\n]*)/;
/** What stands in such a line for all that a file gives. */
const WHOLE = /^(?:import[ \t]+([\w$]+)[ \t]*(?:,|from\b)|(?:const|let|var)[ \t]+([\w$]+)[ \t]*=)/;
/** What it takes by name. */
const LISTED = /\{([^}\n]{0,2000})\}/;
/** A name that a file gives as a whole. */
const GIVEN: readonly RegExp[] = [
  /^(?:export[ \t]+default[ \t]|(?:exports[ \t]*=[ \t]*)?module\.exports[ \t]*=)[ \t]*(?:(?:abstract|async)[ \t]+)?(?:function\b|class\b)(?:[ \t]*\*)?[ \t]*(?!extends\b)([\w$]+)/m,
  /^(?:export[ \t]+default[ \t]|(?:exports[ \t]*=[ \t]*)?module\.exports[ \t]*=)[ \t]*([\w$]+)[ \t]*(?:;|$)/m,
  /^export[ \t]*\{(?:[^}\n]{0,2000}[\s,])?([\w$]+)[ \t]+as[ \t]+default\b/m,
];
/** A function or class without a name that a file gives as a whole. */
const NAMELESS =
  /^(?:export[ \t]+default[ \t]|(?:exports[ \t]*=[ \t]*)?module\.exports[ \t]*=)[ \t]*(?:async\b[ \t]*)?(?:function(?:[ \t]*\*)?[ \t]*\(|\(|class[ \t]*(?:\{|extends\b)|[\w$]+[ \t]*=>)/m;
/** A file that is one of CommonJS. */
const COMMON = /^(?:module\.)?exports\b/m;
const MODULE = /^(?:import|export)\b/m;

/**
 * Writes the lines by which a test takes names of the file that it is about: as the test beside it takes them, else as the file gives them, by
 * name or as a whole.
 *
 * @param names what is taken
 * @param place where the test comes to stand
 * @param from how the file is named in an import
 * @param isModule whether the test imports, and does not call `require`
 */
export function scriptBindings(
  names: readonly string[],
  place: Pick<TestPlace, "subject" | "subjectText" | "like">,
  from: string,
  isModule: boolean,
): readonly string[] {
  const beside = besideOf(place);
  const text = place.subjectText ?? "";
  const isWhole = (name: string) =>
    !beside.listed.includes(name) && (beside.whole === name || givenOf(text, place.subject, name));
  const whole = names.filter(isWhole);
  const listed = names.filter((name) => !isWhole(name));
  if (isModule) {
    const parts = [...whole, ...(listed.length === 0 ? [] : [`{ ${listed.join(", ")} }`])];
    return [`import ${parts.join(", ")} from "${from}";`];
  }
  const taken = `require("${from}")`;
  const isDefault = beside.isDefault || /^export[ \t]+default\b|[ \t]as[ \t]+default\b/m.test(text);
  return [
    ...whole.map((name) => `const ${name} = ${taken}${isDefault ? ".default" : ""};`),
    ...(listed.length === 0 ? [] : [`const { ${listed.join(", ")} } = ${taken};`]),
  ];
}

/** Whether a file gives what it does to `require`, and so is tested best. */
export function isCommon({ subject, subjectText }: Pick<TestPlace, "subject" | "subjectText">): boolean {
  return subject.endsWith(".js") && COMMON.test(subjectText ?? "") && !MODULE.test(subjectText ?? "");
}

/** How the test beside it takes the names of the same file. */
function besideOf({ subject, like }: Pick<TestPlace, "subject" | "like">): {
  readonly whole: string | null;
  readonly listed: readonly string[];
  readonly isDefault: boolean;
} {
  const own = (like ?? "").split("\n").filter((line) => {
    const match = IMPORT.exec(line);
    const from = match?.[1] ?? match?.[2];
    return from?.startsWith(".") === true && stemOf(from) === stemOf(subject);
  });
  const whole = own.flatMap((line) => {
    const match = WHOLE.exec(line);
    return match?.[1] ?? match?.[2] ?? [];
  });
  const listed = own.flatMap((line) => LISTED.exec(line)?.[1]?.match(/[\w$]+/g) ?? []);
  return { whole: whole[0] ?? null, listed, isDefault: own.some((line) => /\)\.default\b/.test(line)) };
}

/** Whether a file gives a name as a whole; one without a name is meant by that of the file. */
function givenOf(text: string, subject: string, name: string): boolean {
  const given = GIVEN.flatMap((form) => form.exec(text)?.[1] ?? []);
  return given.length > 0 ? given.includes(name) : NAMELESS.test(text) && plain(stemOf(subject)) === plain(name);
}

/** `slugify` of `../src/slugify.js`. */
function stemOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1).replace(/\.[cm]?[jt]sx?$/, "");
}

function plain(name: string): string {
  return name.replace(/[-_]/g, "").toLowerCase();
}

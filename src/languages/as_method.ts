/** Writes a function that came without what it belongs to as the method that stood there, as `Language.asMethod` wants it. */
type AsMethod = (before: string, anew: string) => string;

/** Go: the receiver, also where it was written as the first parameter. */
export const goMethod: AsMethod = (before, anew) => {
  const receiver = /^func\s+\(([^()\n]{1,200})\)\s*\w/.exec(before)?.[1];
  const [open = "", name = ""] = /^func\s+(\w+\s*\()/.exec(anew) ?? [];
  if (receiver === undefined || open === "") return anew;
  const rest = anew.slice(open.length);
  const isRepeated = rest.startsWith(receiver) && /^\s*[,)]/.test(rest.slice(receiver.length));
  return `func (${receiver}) ${name}${isRepeated ? rest.slice(receiver.length).replace(/^\s*,\s*/, "") : rest}`;
};

/** Python: `self`, or what a method of the class itself calls it. */
export const pythonMethod: AsMethod = (before, anew) =>
  withParameter(
    anew,
    /^\s*(?:async\s+)?def\s+\w+\s*\(\s*(self|cls)\b/.exec(before)?.[1],
    /^\s*(?:async\s+)?def\s+\w+\s*\(/.exec(anew)?.[0],
    /^\s*(?:self|cls)\b/,
  );

/** Rust: `self`, borrowed as before. */
export const rustMethod: AsMethod = (before, anew) => {
  const fn = /\bfn\s+\w+\s*(?:<[^>(\n]{0,200}>)?\s*\(/;
  const found = fn.exec(anew);
  const old = fn.exec(before);
  const own = old &&
    /^\s*(&\s*(?:'\w+\s+)?(?:mut\s+)?self|(?:mut\s+)?self)\b/.exec(before.slice(old.index + old[0].length))?.[1];
  return withParameter(
    anew,
    own ?? undefined,
    found && anew.slice(0, found.index + found[0].length),
    /^[^)]{0,200}\bself\b/,
  );
};

/** JavaScript and TypeScript: no `function`, and the words that say who may call it, and how. */
export const javascriptMethod: AsMethod = (before, anew) => {
  const words = /^\s*((?:(?:public|private|protected|static|override|async|get|set)\s+){0,6})\*?\s*[\w$#]+\s*[(<]/
    .exec(before)?.[1];
  const [open = "", indent = "", isAsync = "", star = ""] =
    /^(\s*)(?:export\s+)?(async\s+)?function\b\s*(\*?)\s*(?=[\w$#])/.exec(anew) ?? [];
  if (words === undefined || open === "") return anew;
  const isKept = (word: string) => word !== "" && word !== "async";
  const kept = words.split(/\s+/).filter(isKept).map((word) => `${word} `).join("");
  return `${indent}${kept}${isAsync === "" ? "" : "async "}${star}${anew.slice(open.length)}`;
};

/** Puts a first parameter into a function that has it not. */
function withParameter(
  anew: string,
  parameter: string | undefined,
  open: string | null | undefined,
  has: RegExp,
): string {
  if (parameter === undefined || open === null || open === undefined) return anew;
  const rest = anew.slice(open.length);
  // What does not use it may be meant to be called without an object.
  if (has.test(rest) || !/\b(?:self|cls)\b/.test(rest)) return anew;
  return `${open}${parameter}${/^\s*\)/.test(rest) ? "" : /^\s*\n/.test(rest) ? "," : ", "}${rest}`;
}

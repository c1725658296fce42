/** What is left out, as models name it, and is nothing that a program reads. */
const CODE =
  "code|files?|functions?|class(?:es)?|implementations?|methods?|modules?|scripts?|programs?|components?|tests?|contents?|imports?|definitions?|logic|body|bodies|document|sections?|properties|fields|handlers?|routes?|helpers?|types?|exports?|variables|constants|everything";
/** What a comment may speak of, too, that says what code does: `the rest of the line`. */
const DATA = "lines?|text|cases|arguments|input";
const THING = `(?:${CODE}|${DATA})`;
/** Words for what is not written again. */
const KEPT =
  "(?:unchanged|omitted|not shown|the same(?: as (?:before|above))?|same as (?:before|above)|as before|as above|as is|as it was|intact|untouched)";
const DOTS = "(?:\\.{3,}|…)";
const REST = "(?:and )?(?:the |your )?(?:rest|remainder) of (?:the |your |this |my )?(?:\\w+(?:\\.\\w+)? )?";

/** Comments of a whole line in the languages that matter; the group is what the comment says. */
const COMMENT = /^\s*(?:\/\/+|#+|--|;+|%+|\/\*+|<!--|\{\/\*|"""|''')\s*(.*?)\s*(?:\*+\/\}?|-->|"""|''')?\s*$/;

/** What a comment (or a line in brackets) says when it stands for text that was left out. Anchored: the whole of it. */
const ELISIONS: readonly RegExp[] = [
  new RegExp(`^${DOTS}$`),
  new RegExp(
    `^(?:${DOTS}\\s*)?${REST}(?:${CODE})(?:\\s+(?:here|(?:remains?|stays?|goes|continues?)\\b.*|(?:is|are) ${KEPT}.*|${KEPT}.*))?\\s*${DOTS}?[.)]*$`,
    "i",
  ),
  new RegExp(`^${DOTS}\\s*${REST}(?:${DATA})\\b.*$`, "i"),
  // A note for whoever copies; what says what code does has an article.
  /^(?:and )?(?:rest|remainder) of (?:the )?(?:\w+ )?(?:lines|cases)[.)]*$/i,
  new RegExp(
    `^${REST}(?:${DATA})\\s*(?:${DOTS}|(?:goes )?here|(?:(?:remains?|stays?|is|are) )?${KEPT}.*)[.)]*$`,
    "i",
  ),
  new RegExp(
    `^${DOTS}\\s*\\(?(?:keep )?(?:the |your |all |any )?(?:rest|remaining|existing|previous|other|original|same|unchanged|omitted|more)\\b.*$`,
    "i",
  ),
  new RegExp(`^${DOTS}\\s*\\(?\\w*\\s*${THING} ${KEPT}.*$`, "i"),
  new RegExp(
    `^(?:the |your |all |any )?(?:rest|remaining|existing|previous|other|original|unchanged)(?: of the)? (?:\\w+ )?${THING}(?:\\s+(?:here|goes? here|continues?(?: here)?|remains?|stays?|(?:remains?|stays?|is|are)?\\s*${KEPT}))?\\s*${DOTS}$`,
    "i",
  ),
  new RegExp(
    `^(?:the |your |all |any )?(?:rest|remaining|existing|previous|other|original|unchanged)(?: of the)? (?:\\w+ )?${THING}\\s+(?:here|goes? here|(?:remains?|stays?|is|are)?\\s*${KEPT})[.)]*$`,
    "i",
  ),
  new RegExp(
    `^(?:the |your |everything |all )?(?:(?:rest|remainder|else)(?: of (?:(?:the |your |this )?\\w+))?|remaining \\w+):?(?: (?:remains?|stays?|is|are))? (?:${KEPT}|goes? here)[.)]*$`,
    "i",
  ),
  /^(?:remaining|existing|unchanged) (?:code|implementation|logic|contents?)$/i,
  new RegExp(
    `^(?:no changes?(?: (?:here|needed|to .{1,40}))?|unchanged|omitted(?: for brevity)?|same as (?:before|above|original))(?:[.)]*|\\s*${DOTS})$`,
    "i",
  ),
  new RegExp(
    `^.{0,60}\\b(?:omitted|truncated|left out|elided|shortened|abbreviated) for (?:brevity|clarity|space)\\b.*$`,
    "i",
  ),
  new RegExp(`^(?:add |put |insert |write )?your (?:\\w+ )?(?:code|implementation|logic) (?:goes )?here[.)]*$`, "i"),
];

/** What says so only where it stands in brackets of its own. */
const IN_BRACKETS = new RegExp(`^${REST}(?:${DATA})[.)]*$`, "i");

/** A body that is nothing but an ellipsis, after a parameter list. */
const EMPTY_BODY =
  /\)\s*(?::[^{}]{0,80})?(?:=>\s*)?\{\s*(?:\.{3}|…|\/\*\s*(?:\.{3}|…|existing[^*]{0,60}|unchanged|same[^*]{0,40}|rest[^*]{0,60})\s*\*\/)\s*\}[;,)]*\s*$/;

/** A line that is one bracketed remark, or begins with an ellipsis and a blank. */
const BRACKETED = /^\s*(?:<(?![/!])|\[|\(|\{\{)\s*([^<>[\](){}]{5,100}?)\s*(?:>|\]|\)|\}\})\s*$/;
const DOTTED = /^\s*((?:\.{3,}|…)\s{0,9}\(?\s{0,9}[\p{L} ] *\p{L}[^;={}]*)$/u;

/**
 * Finds the line by which a text that should be whole leaves something out: `// ... existing code ...`, `# (unchanged)`,
 * `<remaining code>`. Spreads (`...rest,`), Python's `...`, `pass` and comments that merely say "rest" are no elisions.
 * @param text code or prose that should be whole
 * @param original the text that it replaces: lines that stand there too are no elisions
 * @returns the offending line, trimmed, or null
 */
export function elides(text: string, original = ""): string | null {
  const kept = new Set(original.split("\n").map((line) => line.trim()));
  for (const line of text.split("\n")) {
    const plain = line.trim();
    if (plain === "" || plain.length > 300 || kept.has(plain)) continue;
    if (isElision(plain)) return plain;
  }
  return null;
}

function isElision(line: string): boolean {
  const comment = COMMENT.exec(line)?.[1];
  if (comment !== undefined) {
    const remark = comment.replace(/^[([<]\s*|\s*[)\]>]$/g, "");
    return says(remark) || remark.length === comment.length - 2 && IN_BRACKETS.test(remark);
  }
  const bracketed = BRACKETED.exec(line)?.[1];
  if (bracketed !== undefined && (/\s/.test(bracketed) || /^(?:unchanged|omitted)$/i.test(bracketed))) {
    return says(bracketed) || IN_BRACKETS.test(bracketed);
  }
  const dotted = DOTTED.exec(line)?.[1];
  if (dotted !== undefined && NAMES_THING.test(dotted)) return says(dotted);
  return EMPTY_BODY.test(line);
}

/** Whether a line that begins with an ellipsis names what is left out: a spread does not. */
const NAMES_THING = new RegExp(`\\b(?:${THING}|${KEPT})\\b`, "i");

function says(remark: string): boolean {
  return ELISIONS.some((pattern) => pattern.test(remark));
}

/**
 * Parts a list at a sign that stands in no brackets.
 *
 * @param list what stands between the brackets of a list, without what stands in quotes and in comments
 * @param sign what parts it; two colons in a row part nothing
 * @returns the parts as they stand there; of a list at its commas those that hold something
 */
export function listParts(list: string, sign: "," | ":" | "=" = ","): readonly string[] {
  const parts: string[] = [];
  let from = 0;
  for (const [at, depth] of depths(list).entries()) {
    if (depth > 0 || list[at] !== sign || sign === ":" && (list[at - 1] === ":" || list[at + 1] === ":")) continue;
    parts.push(list.slice(from, at));
    from = at + 1;
  }
  return [...parts, list.slice(from)].filter((part, index) => part.trim() !== "" || index === 0 && sign !== ",");
}

/**
 * Says how many brackets are open at each sign of a text, one that opens or closes counted with what it holds. The arrow of a function closes
 * none.
 *
 * @param text code, without what stands in quotes and in comments
 */
export function depths(text: string): readonly number[] {
  let depth = 0;
  return text.split("").map((sign, at) => {
    if ("([{<".includes(sign)) return ++depth;
    const isClosing = ")]}".includes(sign) || sign === ">" && !/[-=]/.test(text[at - 1] ?? "");
    return isClosing && depth > 0 ? depth-- : depth;
  });
}

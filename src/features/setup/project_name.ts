/** Words of a name that say nothing of what is to be built. */
const GENERAL =
  /^(?:apps?|applications?|programs?|tools?|scripts?|library|libraries|projects?|cli|commands?|modules?|utility|package|new|small|simple|tiny|little|line|command-line|terminal|python|typescript|javascript|go|golang|rust|node|deno)$/;
/** Words that tell nothing apart. */
const COMMON =
  /^(?:a|an|the|to|of|in|on|for|and|or|with|that|this|which|it|is|are|be|me|us|my|our|please|should|shall|must|can|will|make|add|write|create|build|develop|implement|let|give|gives?|as|by|from|its?)$/;
/** The name that a goal gives its thing: `a small CLI in Python, called wc2`; that of something which the thing is about is none. */
const GIVEN =
  /^(?:(?!\b(?:that|which|with|for|where|whose|files?|functions?|class(?:es)?|commands?|options?|flags?)\b)[^.;:\n]){0,120}?(?<!-)\b(?:called|named) (?:["'`](?=\w)|(?!(?:a|an|the|it|so|as|at|by|for|from|in|on|to|of|with|via|after|before|when|whenever|once|twice|every|each|daily|like|using)\b))([A-Za-z][\w-]{0,40})/i;
/** What ends the name of a thing. */
const BEHIND = /[,.;:\n]|\b(?:with|for|that|which|in|to|of|from|and|using|by|on)\b/i;
const MOST_CHARS = 30;
/** Words of a name. */
const MOST_WORDS = 2;

/**
 * Names a new project as the goal does (`called wc2`), else by what it wants: the last words of its first thing that say something, such as
 * `todo_list` of "a small todo list app in Go", else by its first words that do, such as `counts_words`.
 *
 * @param goal what the person wants
 * @param folder name of its folder, where the goal says nothing
 * @returns a name of the form `[a-z][a-z0-9_]*`
 */
export function projectName(goal: string, folder: string): string {
  const said = goal.slice(0, 400);
  const given = plain(GIVEN.exec(said)?.[1] ?? "");
  if (given !== "") return given;
  const thing = /\b(?:an?|the|my)\s+(.*)/is.exec(said)?.[1]?.split(BEHIND)[0] ?? "";
  const words = (text: string) => text.toLowerCase().match(/[a-z][a-z0-9-]{1,40}/g) ?? [];
  const tells = (word: string) => !GENERAL.test(word) && !COMMON.test(word);
  const last = words(thing).filter(tells).slice(-MOST_WORDS);
  const name = last.length > 0 ? last : words(said).filter(tells).slice(0, MOST_WORDS);
  return plain(name.join("_")) || plain(folder) || "main";
}

function plain(text: string): string {
  return text.toLowerCase().replace(/[^a-z0-9]+/g, "_").replace(/^[^a-z]+|(?<!_)_+$/g, "").slice(0, MOST_CHARS);
}

const ELLIPSIS = "…";

/**
 * Shortens a title to a number of characters, the ellipsis counted.
 *
 * @param {string} title
 * @param {number} limit at least 1
 * @returns {string} the title as it is where it fits
 */
export function shorten(title, limit) {
  const characters = title.split("");
  if (characters.length <= limit) return title;
  return characters.slice(0, limit - 1).join("").trimEnd() + ELLIPSIS;
}

/** The first letters of the words of a name, at most two, in upper case. */
export function initials(name) {
  const words = name.split(/\s+/).filter((word) => word !== "");
  const chosen = words.length > 2 ? [words[0], words.at(-1)] : words;
  return chosen.map((word) => [...word][0].toUpperCase()).join("");
}

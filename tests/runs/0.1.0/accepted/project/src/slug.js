const ACCENTS = /\p{Diacritic}/gu;

/**
 * Makes a name for URLs and files out of a title.
 *
 * @param {string} text any text
 * @param {{ separator?: string, maxLength?: number }} [options]
 * @returns {string} lower-case words with one separator between them, "untitled" where no word is left
 */
export function slugify(text, { separator = "-", maxLength = 60 } = {}) {
  const plain = text
    .normalize("NFKD")
    .replace(ACCENTS, "")
    .toLowerCase();

  const slug = (plain.match(/[a-z0-9]+/g) ?? []).join(separator);
  if (slug === "") return "untitled";
  if (slug.length <= maxLength) return slug;

  // Cut at a word where one ends in time, so that no name ends in half a word.
  const cut = slug.lastIndexOf(separator, maxLength);
  return slug.slice(0, cut > 0 ? cut : maxLength);
}

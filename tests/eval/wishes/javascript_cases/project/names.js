/**
 * The words of a name in lower case. Words end at anything that is no letter and no digit, and
 * before an upper case letter that follows a lower case one.
 *
 * @param {string} name
 * @returns {string[]}
 */
export function words(name) {
  return name
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .split(/[^A-Za-z0-9]+/)
    .filter((word) => word !== "")
    .map((word) => word.toLowerCase());
}

/** A name as a title: `List Of Files`. */
export function titleCase(name) {
  return words(name).map(capitalized).join(" ");
}

function capitalized(word) {
  return word[0].toUpperCase() + word.slice(1);
}

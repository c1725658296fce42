/**
 * Reads lines of `NAME=value`. Empty lines and lines that begin with `#` say nothing; quotes around
 * a value are taken off.
 *
 * @param {string} text
 * @returns {Record<string, string>}
 */
export function parseSettings(text) {
  const settings = {};
  for (const line of text.split(/\r?\n/)) {
    const trimmed = line.trim();
    if (trimmed === "" || trimmed.startsWith("#")) continue;
    const at = trimmed.indexOf("=");
    if (at < 0) throw new SyntaxError(`no value: ${trimmed}`);
    settings[trimmed.slice(0, at).trim()] = unquoted(trimmed.slice(at + 1).trim());
  }
  return settings;
}

function unquoted(value) {
  const quote = value[0];
  const quoted = value.length > 1 && (quote === '"' || quote === "'") && value.endsWith(quote);
  return quoted ? value.slice(1, -1) : value;
}

/** Writes settings so that `parseSettings` reads them, names by alphabet. */
export function formatSettings(settings) {
  return Object.keys(settings).sort().map((name) => `${name}=${settings[name]}\n`).join("");
}

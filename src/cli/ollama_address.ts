/**
 * Reads the address that `OLLAMA_HOST` holds, as Ollama's own programs do: the port is 11434 where none is named, one of IPv6
 * needs no brackets, and an address to listen on everywhere is reached at this machine.
 *
 * @param text value of the variable
 * @returns an address to connect to
 */
export function ollamaAddress(text: string): string {
  const written = text.trim().replace(/^["']|["']$/g, "");
  const [, scheme, before = "", rest = ""] = /^(?:([a-z][a-z0-9+.-]*):\/\/)?(.*@)?([^@]*)$/i.exec(written) ?? [];
  const [, place = "", path = ""] = /^([^/]*)(.*)$/.exec(rest) ?? [];
  const isBare = place.includes(":") && URL.canParse(`http://[${place}]`);
  const read = /^(\[[^\]]*\]|[^:]*)(?::(\d*))?$/.exec(isBare ? `[${place}]` : place);
  // What cannot be read stays as it is, to be refused: another server must not be asked in its place.
  if (read === null) return `${scheme ?? "http"}://${before}${rest}`;
  const [, host = "", port = ""] = read;
  const name = host === "" || host === "0.0.0.0" || host === "[::]" ? "127.0.0.1" : host;
  const chosen = port !== "" ? port : scheme === undefined ? "11434" : null;
  return `${scheme ?? "http"}://${before}${name}${chosen === null ? "" : `:${chosen}`}${path}`;
}

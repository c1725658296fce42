import type { HostKey } from "../ports/host_kind.ts";
import { clip } from "../kernel/text.ts";
import { HostFailure } from "../ports/model_host.ts";

/** A host's address and what goes with each request to it. */
export interface HostAddress {
  /** Root of the server: scheme, host, port and any path, without credentials, without the part of the interface and without a closing slash. */
  readonly url: string;
  /** The same with all of its path. */
  readonly whole: string;
  /** Part of the path under which OpenAI's interface stands: `v1` where the address names none. */
  readonly api: string;
  /** Null where the host asks for none. */
  readonly credentials: Credentials | null;
}

/** What proves to a host who asks. */
export interface Credentials {
  /** Value of the header `authorization`; null where other headers prove it. */
  readonly header: string | null;
  /** Further headers of each request. */
  readonly headers: Readonly<Record<string, string>>;
  /** Texts that must stand in no message. */
  readonly secrets: readonly string[];
}

/** Shortest text that is looked for in messages: a shorter one stands in every other word. */
const SHORTEST_SECRET = 4;

/** Ends of paths that name an endpoint, which people copy with the address. */
const ENDPOINTS = [
  /\/(chat\/completions|completions|responses|models|embeddings)$/i,
  /\/api(\/(chat|generate|tags|version|show|ps|v\d+))?$/i,
];
/** Ends of paths that name an endpoint of OpenAI's interface under `/api` itself, as Open WebUI has it. */
const UNVERSIONED = /\/api\/(chat\/completions|models)$/i;
/** Ends of paths that name a version of OpenAI's interface: `/v1`, `/v3`, `/v1beta/openai`, `/v1-openai`. */
const VERSION = /\/(v\d[a-z0-9.-]*(?:\/openai)?)$/i;

/**
 * Reads a host's address. `localhost:11434` means `http://localhost:11434`; a closing version of the interface is kept apart and a closing
 * endpoint left out, since the clients add the paths they need. A name and a password before an `@` are sent as Basic authorization.
 *
 * @param text address as a person wrote it
 * @param key what goes with each request
 * @throws {HostFailure} `bad_request` for what is no address or has a password beside a key, `unauthorized` when a named variable is not set
 */
export function hostAddress(text: string, key: HostKey = {}): HostAddress {
  const written = text.trim();
  const withScheme = /^[a-z][a-z0-9+.-]*:\/\//i.test(written) ? written : `http://${written}`;
  let parsed: URL;
  try {
    parsed = new URL(withScheme);
  } catch (cause) {
    throw noAddress(written, cause);
  }
  if (!/^https?:$/.test(parsed.protocol) || parsed.search !== "" || parsed.hash !== "") throw noAddress(written);
  const { path, api } = partsOf(parsed.pathname);
  const url = `${parsed.origin}${path}`;
  const basic = basicOf(parsed, withScheme.slice(withScheme.indexOf("://") + 3, withScheme.lastIndexOf("@")));
  const whole = `${parsed.origin}${parsed.pathname.replace(/(?<!\/)\/+$/, "")}`;
  return { url, whole, api, credentials: credentialsOf(url, basic, key) };
}

/** Parts a path into the server's own and the one of the interface. */
function partsOf(written: string): { readonly path: string; readonly api: string } {
  let path = `/${written.split("/").filter((part) => part !== "").join("/")}`;
  const own = UNVERSIONED.exec(path);
  if (own !== null) return { path: path.slice(0, own.index), api: "api" };
  const [ofOpenai, ofOllama] = ENDPOINTS as [RegExp, RegExp];
  const bare = path.replace(ofOpenai, "");
  // Without a version before it, `/models` may be a folder of the server.
  if (VERSION.test(bare) || /completions$/i.test(path)) path = bare;
  const version = VERSION.exec(path)?.[1];
  if (version === undefined) return { path: path.replace(ofOllama, "").replace(/^\/$/, ""), api: "v1" };
  return { path: path.slice(0, -version.length - 1).replace(/^\/$/, ""), api: version };
}

/** What goes with each request; null where that is nothing. */
function credentialsOf(url: string, basic: Credentials | null, { key, keyVariable, headersFrom }: HostKey) {
  if (basic !== null && (key !== undefined || keyVariable !== undefined)) {
    throw new HostFailure(
      "bad_request",
      `${url}: a name and a password stand in the address, and a key is given beside them. Leave one of the two out.`,
    );
  }
  const given = key ?? (keyVariable === undefined ? undefined : valueOf(keyVariable, `The key for ${url}`, "the key"));
  const proof = basic ?? (given === undefined ? null : bearer(given.trim()));
  const headers = Object.entries(headersFrom ?? {}).map(([name, variable]) =>
    [name.toLowerCase(), valueOf(variable, `The header ${name} for ${url}`, "the header").trim()] as const
  );
  if (headers.length === 0) return proof;
  const secrets = headers.flatMap(([, value]) => [value, value.slice(value.lastIndexOf(" ") + 1)])
    .filter(({ length }) => length >= SHORTEST_SECRET);
  return {
    header: proof?.header ?? null,
    headers: Object.fromEntries(headers),
    secrets: [...proof?.secrets ?? [], ...secrets],
  };
}

function valueOf(variable: string, what: string, word: string): string {
  const value = takeKey(variable);
  if (value !== undefined && value !== "") return value;
  throw new HostFailure(
    "unauthorized",
    `${what} should stand in the environment variable ${variable}, which is not set. Set it, or take ${word} out of the config.`,
  );
}

/**
 * Writes an address so that anyone may read it.
 *
 * @param text address as a person wrote it, or what was meant to be one
 * @returns it, with `…` for what stands before the last `@`
 */
export function shownAddress(text: string): string {
  const at = text.lastIndexOf("@");
  if (at === -1) return text;
  const scheme = /^\s*[a-z][a-z0-9+.-]*:\/\//i.exec(text)?.[0] ?? "";
  return `${scheme}…${text.slice(at)}`;
}

/** Takes what credentials hold out of a message. */
export function withoutSecrets(message: string, credentials: Credentials | null): string {
  return (credentials?.secrets ?? []).reduce((text, secret) => text.replaceAll(secret, "…"), message);
}

function bearer(key: string): Credentials {
  return { header: `Bearer ${key}`, headers: {}, secrets: key === "" ? [] : [key] };
}

/** The credentials of an address, as read and as written; null where it has none. */
function basicOf({ username, password }: URL, written: string): Credentials | null {
  if (username === "" && password === "") return null;
  const pair = `${decoded(username)}:${decoded(password)}`;
  const encoded = new TextEncoder().encode(pair).toBase64();
  const passwords = [decoded(password), password, written.slice(written.indexOf(":") + 1)];
  const secrets = [encoded, pair, written, `${username}:${password}`, ...passwords];
  return {
    header: `Basic ${encoded}`,
    headers: {},
    secrets: secrets.filter(({ length }) => length >= SHORTEST_SECRET),
  };
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part; // a lone % stands for itself
  }
}

/** Keys that were taken out of the environment, by the variable they stood in. */
const taken = new Map<string, string>();

/**
 * Takes a host's key out of the environment, so that no process that we start finds it in its own: no command, check or plugin's program.
 *
 * @param variable name of the variable
 * @returns what stands or stood in it
 */
export function takeKey(variable: string): string | undefined {
  const value = Deno.env.get(variable);
  if (value === undefined) return taken.get(variable);
  taken.set(variable, value);
  Deno.env.delete(variable);
  return value;
}

/** Makes the failure for a text that is no address. */
function noAddress(text: string, cause?: unknown): HostFailure {
  return new HostFailure(
    "bad_request",
    `${
      JSON.stringify(clip(shownAddress(text), 200))
    } is no address of a host. Wanted: http://HOST:PORT or https://HOST, such as http://127.0.0.1:11434.`,
    {},
    // The cause of Deno quotes the address whole.
    shownAddress(text) === text ? { cause } : {},
  );
}

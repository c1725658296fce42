import type { HostKey } from "../ports/host_kind.ts";
import { HostFailure } from "../ports/model_host.ts";

/** A host's address and what goes with each request to it. */
export interface HostAddress {
  /** Root of the server: scheme, host, port and any path, without `/v1` and without a closing slash. */
  readonly url: string;
  /** Sent as a bearer token, null where the host asks for none. */
  readonly key: string | null;
}

/**
 * Reads a host's address. `localhost:11434` means `http://localhost:11434`; a closing `/v1` is left out, since the
 * clients add the paths they need.
 *
 * @param text address as a person wrote it
 * @param key where the key comes from
 * @throws {HostFailure} `bad_request` for what is no address, `unauthorized` when the named variable is not set
 */
export function hostAddress(text: string, { key, keyVariable }: HostKey = {}): HostAddress {
  const written = text.trim();
  const withScheme = /^[a-z][a-z0-9+.-]*:\/\//i.test(written) ? written : `http://${written}`;
  let parsed: URL;
  try {
    parsed = new URL(withScheme);
  } catch (cause) {
    throw noAddress(written, cause);
  }
  if (!/^https?:$/.test(parsed.protocol) || parsed.search !== "" || parsed.hash !== "") throw noAddress(written);
  const url = `${parsed.origin}${parsed.pathname}`.replace(/\/+$/, "").replace(/\/v1$/, "");
  if (key !== undefined) return { url, key };
  if (keyVariable === undefined) return { url, key: null };
  const value = takeKey(keyVariable);
  if (value === undefined || value === "") {
    throw new HostFailure(
      "unauthorized",
      `The key for ${url} should stand in the environment variable ${keyVariable}, which is not set. Set it, or take the key out of the config.`,
    );
  }
  return { url, key: value };
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
      JSON.stringify(text)
    } is no address of a host. Wanted: http://HOST:PORT or https://HOST, such as http://127.0.0.1:11434.`,
    {},
    { cause },
  );
}

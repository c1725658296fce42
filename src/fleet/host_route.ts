import { reasonOf } from "../kernel/reason_of.ts";
import { HostFailure } from "../ports/model_host.ts";
import { shownAddress } from "./host_address.ts";

/** Variables that name proxies, in the order in which they are heeded for a scheme; small letters go first. */
const PROXIES: Readonly<Record<string, readonly string[]>> = {
  "http:": ["http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"],
  "https:": ["https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"],
};
const ALL_PROXIES = [...new Set(Object.values(PROXIES).flat())];

/** Addresses of this machine and of its own network, which no proxy outside reaches. */
const NEAR = [
  /^localhost$|\.localhost$/i,
  /^0\.0\.0\.0$|^127\./,
  /^10\.|^192\.168\.|^172\.(1[6-9]|2\d|3[01])\.|^169\.254\.|^100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])\./,
  /^\[(::1?|f[cd][0-9a-f]{2}:.*|fe[89ab][0-9a-f]:.*)\]$/i,
  // A name without a dot, or with an ending that only a network of its own knows.
  /^[^.[\]]+$/,
  /\.(local|lan|home|internal|intranet|home\.arpa)$/i,
];

/** How a host is reached: directly or through a proxy, and by which certificates it is known. */
export interface HostRoute {
  /** Carries the requests; null where Deno's own client does. */
  readonly client: Deno.HttpClient | null;
  /** For messages: which proxy stands between, such as ` through the proxy http://proxy:3128 (HTTP_PROXY)`; "" for none. */
  readonly through: string;
  /** Ends what it holds open. */
  close(): void;
}

/**
 * Finds the way to a host. This machine and its own network are asked directly, whatever proxy the environment names, as Ollama's own
 * client does.
 *
 * @param url address of the host
 * @param ca path of a file with certificates, beside those that are known
 * @throws {HostFailure} `bad_request` where the file cannot be read or holds no certificate
 */
export function routeTo(url: string, ca?: string): HostRoute {
  const { protocol, hostname } = new URL(url);
  const caCerts = ca === undefined ? undefined : [certificates(url, ca)];
  const proxy = proxyFor(protocol);
  const isNear = NEAR.some((pattern) => pattern.test(hostname));
  const options = { ...(caCerts === undefined ? {} : { caCerts }) };
  const client = proxy !== null && isNear
    ? withoutProxies(() => Deno.createHttpClient(options))
    : caCerts === undefined
    ? null
    : Deno.createHttpClient(options);
  const isPassed = proxy === null || isNear || isExempt(hostname);
  return {
    client,
    through: isPassed ? "" : ` through the proxy ${shownAddress(proxy.url)} (${proxy.variable})`,
    close: () => client?.close(),
  };
}

function proxyFor(scheme: string): { readonly url: string; readonly variable: string } | null {
  for (const variable of PROXIES[scheme] ?? []) {
    const url = Deno.env.get(variable)?.trim() ?? "";
    if (url !== "") return { url, variable };
  }
  return null;
}

/** Whether NO_PROXY names a host, or a domain that it belongs to. */
function isExempt(hostname: string): boolean {
  const listed = Deno.env.get("no_proxy") ?? Deno.env.get("NO_PROXY") ?? "";
  return listed.split(",").map((entry) => entry.trim().toLowerCase().replace(/^\*?\./, "")).some((entry) =>
    entry !== "" && (hostname === entry || hostname.endsWith(`.${entry}`))
  );
}

/** Makes something while no proxy stands in the environment: a client reads it once, when it is made. */
function withoutProxies<T>(make: () => T): T {
  const kept = ALL_PROXIES.map((variable) => [variable, Deno.env.get(variable)] as const);
  try {
    for (const [variable] of kept) Deno.env.delete(variable);
    return make();
  } finally {
    for (const [variable, value] of kept) if (value !== undefined) Deno.env.set(variable, value);
  }
}

/**
 * Reads the certificates that a host's own may be signed by.
 *
 * @param url address of the host, for messages
 * @param path path of the file
 * @throws {HostFailure} `bad_request` where the file cannot be read or holds no certificate
 */
export function certificates(url: string, path: string): string {
  let text: string;
  try {
    text = Deno.readTextFileSync(path);
  } catch (cause) {
    throw noCertificates(url, path, `cannot be read (${reasonOf(cause)})`, cause);
  }
  if (/-----BEGIN CERTIFICATE-----/.test(text)) return text;
  throw noCertificates(url, path, "holds no certificate; wanted: a PEM file, with -----BEGIN CERTIFICATE-----");
}

function noCertificates(url: string, path: string, found: string, cause?: unknown): HostFailure {
  return new HostFailure("bad_request", `The certificates for ${url} should stand in ${path}, which ${found}.`, {}, {
    cause,
  });
}

import * as z from "zod";
import { connectionFault } from "../fleet/connection_fault.ts";
import { oneLine } from "../kernel/say.ts";
import { reasonOf } from "../kernel/reason_of.ts";
import { boundedRequests } from "./bounded_requests.ts";
import { ChildTransport } from "./child_transport.ts";
import { type Listing, listingOf } from "./listing.ts";
import { McpFault } from "./mcp_fault.ts";
import { CallResult } from "./result_text.ts";
import type { Client, StreamableHTTPClientTransport } from "./sdk.ts";
import type { ServerSetting } from "./server_setting.ts";
import { startServer } from "./start_server.ts";

/** Time that a server has to start and to say what it is, and to list its tools, ms. */
export const START_MS = 20_000;
/** Time that the end of a session may take on the wire, ms. */
const GOODBYE_MS = 1_000;
/** Most pages of a list of tools. */
const MOST_PAGES = 20;

const Page = z.object({ tools: z.array(z.unknown()), nextCursor: z.string().optional() });

/** How a connection is made. */
export interface ConnectionParts {
  /** Version of this program, which servers are told. */
  readonly version: string;
  /** Reads a variable of the environment; keys of headers are taken out of it. */
  readonly environment: (name: string) => string | undefined;
  /** Hears that the server has other tools now. */
  readonly changed: (connection: Connection) => void;
  /** Hears that the connection ended of itself. */
  readonly gone: (connection: Connection) => void;
}

/** What bounds one call. */
export interface CallBounds {
  readonly signal: AbortSignal;
  readonly report: (line: string) => void;
}

type ServerTransport = ChildTransport | StreamableHTTPClientTransport;

/** An open connection to an MCP server. */
export class Connection {
  readonly #setting: ServerSetting;
  readonly #client: Client;
  readonly #transport: ServerTransport;
  #closing: Promise<void> | null = null;

  private constructor(setting: ServerSetting, client: Client, transport: ServerTransport) {
    this.#setting = setting;
    this.#client = client;
    this.#transport = transport;
  }

  /**
   * Starts a server, or reaches it, and agrees with it.
   *
   * @param signal gives up
   * @throws {McpFault} where that does not come about
   */
  static async open(setting: ServerSetting, parts: ConnectionParts, signal: AbortSignal): Promise<Connection> {
    // Only now: whoever uses no server waits for no SDK.
    const { Client } = await import("./sdk.ts");
    signal.throwIfAborted();
    const client = new Client({ name: "autonomy", version: parts.version });
    const connection = new Connection(setting, client, await transportOf(setting, parts));
    client.fallbackNotificationHandler = ({ method }) => {
      if (method === "notifications/tools/list_changed") parts.changed(connection);
      return Promise.resolve();
    };
    try {
      await client.connect(connection.#transport, { signal, timeout: START_MS });
    } catch (error) {
      await connection.close();
      signal.throwIfAborted();
      throw connection.#fault("does not start", error);
    }
    client.onclose = () => {
      if (connection.#closing === null) parts.gone(connection);
    };
    return connection;
  }

  /** Asks what the server offers. */
  async list(signal: AbortSignal): Promise<Listing> {
    const told: unknown[] = [];
    const { name = this.#setting.name, version = "" } = this.#client.getServerVersion() ?? {};
    let cursor: string | undefined;
    try {
      for (let page = 0; page < MOST_PAGES; page += 1) {
        const params = cursor === undefined ? {} : { cursor };
        const options = { signal, timeout: START_MS };
        const { tools, nextCursor } = await this.#client.request({ method: "tools/list", params }, Page, options);
        told.push(...tools);
        if (nextCursor === undefined) break;
        cursor = nextCursor;
      }
    } catch (error) {
      signal.throwIfAborted();
      throw this.#fault("does not list its tools", error);
    }
    return listingOf(`${name} ${version}`, told, this.#setting);
  }

  /**
   * Calls a tool.
   *
   * @throws {McpFault} where the server gives no answer, or refuses; the signal's reason when it is aborted
   */
  async call(tool: string, args: Readonly<Record<string, unknown>>, bounds: CallBounds): Promise<CallResult> {
    const { seconds } = this.#setting;
    try {
      return await this.#client.request({ method: "tools/call", params: { name: tool, arguments: args } }, CallResult, {
        signal: bounds.signal,
        timeout: seconds * 1_000,
        onprogress: ({ progress, total, message = "" }) =>
          bounds.report(oneLine(`${progress}${total === undefined ? "" : `/${total}`} ${message}`)),
      });
    } catch (error) {
      bounds.signal.throwIfAborted();
      const isLate = codeOf(error) === REQUEST_TIMEOUT;
      throw isLate
        ? this.#fault(`gave no answer to ${tool} within ${seconds} s`, null)
        : this.#fault(`did not carry ${tool} out`, error);
    }
  }

  /** Whether a fault of it was an answer: then it is as well as before. */
  static answered(error: unknown): boolean {
    const code = error instanceof McpFault ? codeOf(error.cause) : null;
    return code !== null && code !== CONNECTION_CLOSED && code < 0;
  }

  /** Ends it; a process that was started for it is gone then. */
  close(): Promise<void> {
    return this.#closing ??= this.#end();
  }

  async #end(): Promise<void> {
    const transport = this.#transport;
    if ("terminateSession" in transport) {
      const { promise: late, resolve } = Promise.withResolvers<void>();
      const timer = setTimeout(resolve, GOODBYE_MS);
      await Promise.race([transport.terminateSession().catch(() => {}), late]);
      clearTimeout(timer);
    }
    await this.#client.close().catch(() => {}); // It is not used any more, whatever became of it.
    await transport.close().catch(() => {});
  }

  #fault(what: string, cause: unknown): McpFault {
    const { name } = this.#setting;
    const tells = this.#transport instanceof ChildTransport ? this.#transport.tells : "";
    const reason = cause === null ? "" : `: ${reasonText(cause)}`;
    return new McpFault(`The MCP server ${name} ${what}${reason}${reason === "" ? "." : ""} ${tells}`.trim(), {
      cause,
    });
  }
}

/** Codes of the SDK's own faults. */
const CONNECTION_CLOSED = -32000;
const REQUEST_TIMEOUT = -32001;

function codeOf(error: unknown): number | null {
  return error instanceof Error && "code" in error && typeof error.code === "number" ? error.code : null;
}

/** The words of an error of the SDK, or of the network below it, without what the SDK puts before them. */
function reasonText(cause: unknown): string {
  // What Deno says of a connection stands below what it says of the request.
  const below = cause instanceof TypeError && cause.cause instanceof Error
    ? connectionFault(cause.cause.message)
    : null;
  const text = (below?.found ?? reasonOf(cause)).replace(/^(?:MCP error -?\d+: )+/, "").trim();
  const code = codeOf(cause);
  if (code === CONNECTION_CLOSED) return "its process has ended.";
  if (code === 401 || code === 403) {
    return `it wants authorization (HTTP ${code}); name the variable of its key under headers_from`;
  }
  return /[.!?]$/.test(text) ? text : `${text}.`;
}

async function transportOf(setting: ServerSetting, { environment }: ConnectionParts): Promise<ServerTransport> {
  const { name, url, headersFrom } = setting;
  if (url === undefined) return new ChildTransport(await startServer(setting, environment));
  const missing = Object.values(headersFrom).filter((variable) => environment(variable) === undefined);
  if (missing.length > 0) {
    throw new McpFault(
      `The MCP server ${name} is to be sent what the environment variables ${
        missing.join(", ")
      } hold, which are not set. ` +
        `Set them, or take them out of mcp.${name}.headers_from.`,
    );
  }
  const headers = Object.entries(headersFrom).map(([header, variable]) => [header, environment(variable) ?? ""]);
  const { StreamableHTTPClientTransport } = await import("./sdk.ts");
  return new StreamableHTTPClientTransport(new URL(url), { fetch: boundedRequests(Object.fromEntries(headers)) });
}

import type { HostKind } from "../ports/host_kind.ts";
import { ollama } from "./ollama_host.ts";
import { openai } from "./openai_host.ts";

/** Words of the kinds of hosts that come with Autonomy, by the wire they speak. */
export const BUILT_IN_HOSTS = ["ollama", "openai"] as const;

/** The kinds of hosts that come with Autonomy, in the order in which a server is asked whether it is one. */
export const HOST_KINDS = { ollama, openai } satisfies Record<typeof BUILT_IN_HOSTS[number], HostKind>;

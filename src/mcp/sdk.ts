// What of the SDK is used, in a module of its own: it is loaded when the first server is opened, and its types are found beside what runs.
export { Client } from "@modelcontextprotocol/sdk/client";
// @ts-types="@modelcontextprotocol/sdk/client/streamableHttp"
export { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
export type { Transport } from "@modelcontextprotocol/sdk/shared/transport";
export type { JSONRPCMessage } from "@modelcontextprotocol/sdk/types";

import { z } from "zod";

/** Variable by which the started servers are told to the tests. */
export const SERVERS_VARIABLE = "AUTONOMY_TEST_SERVERS";

/** A server that runs. */
const RunningServer = z.object({ url: z.string(), pid: z.int() });

/** A server that runs: its address, and its process for the test that kills it. */
export type RunningServer = z.infer<typeof RunningServer>;

/** Writes the servers for {@link serverOf}, by the names of their models. */
export function writeServers(servers: Readonly<Record<string, RunningServer>>): string {
  return JSON.stringify(servers);
}

/**
 * Finds the server of a model.
 *
 * @param name name of the model
 * @returns its address and process
 * @throws when the tests were not started by `deno task test:servers`
 */
export function serverOf(name: string): RunningServer {
  const written = Deno.env.get(SERVERS_VARIABLE);
  const server = written === undefined
    ? undefined
    : z.record(z.string(), RunningServer).parse(JSON.parse(written))[name];
  if (server === undefined) {
    throw new Error(`No server of ${name} is known; start these tests with \`deno task test:servers\`.`);
  }
  return server;
}

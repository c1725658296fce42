import type { z } from "zod";
import type { HostKey } from "../ports/host_kind.ts";
import { HostFailure } from "../ports/model_host.ts";
import { isRedirect, withinBounds } from "./bounded_fetch.ts";
import { hostAddress } from "./host_address.ts";

/** Most time that one question to a server may take, in milliseconds. */
const DETECT_MS = 5_000;

/**
 * Asks one endpoint of a server whether it answers as its kind does.
 *
 * @param path endpoint, such as `/api/version`
 * @param shape what the JSON that it gives must fit
 * @returns false where the server answers something else there
 * @throws {HostFailure} where there is no connection, no key and no time
 */
export function answersWith(
  url: string,
  path: string,
  shape: z.ZodType,
  signal: AbortSignal,
  named?: HostKey,
): Promise<boolean> {
  const { url: root, credentials } = hostAddress(url, named);
  const ask = { what: whatServes(root), bounds: { totalMs: DETECT_MS }, signals: [signal], credentials };
  return withinBounds(ask, async ({ fetchWhole }) => {
    try {
      return shape.safeParse(await (await fetchWhole(`${root}${path}`)).json()).success;
    } catch (error) {
      if (error instanceof SyntaxError) return false;
      if (error instanceof HostFailure && error.details.status !== undefined && isRedirect(error.details.status)) {
        throw error;
      }
      if (error instanceof HostFailure && (error.failure === "protocol" || error.failure === "bad_request")) {
        return false;
      }
      throw error;
    }
  });
}

/** What is asked, as failures name it. */
export function whatServes(root: string): string {
  return `The question what serves ${root}`;
}

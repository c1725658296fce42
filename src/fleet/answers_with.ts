import type * as z from "zod";
import { parsedJson } from "../kernel/json.ts";
import type { HostKey } from "../ports/host_kind.ts";
import { HostFailure } from "../ports/model_host.ts";
import { isRedirect } from "./bounded_fetch.ts";
import { Connection } from "./connection.ts";

/** Most time that one question to a server may take, in milliseconds. */
const DETECT_MS = 5_000;

/** An endpoint of a server. */
export interface Endpoint {
  /** Whether its path is seen from the root of the server, or from where OpenAI's interface stands. */
  readonly from: "root" | "api";
  /** Such as `/api/version`. */
  readonly path: string;
}

/**
 * Asks one endpoint of a server whether it answers as its kind does.
 *
 * @param shape what the JSON that it gives must fit
 * @returns false where the server answers something else there
 * @throws {HostFailure} where there is no connection, no key and no time
 */
export async function answersWith(
  url: string,
  endpoint: Endpoint,
  shape: z.ZodType,
  signal: AbortSignal,
  named: HostKey = {},
): Promise<boolean> {
  return await askedOf(url, named, endpoint, signal, async (asking) => {
    try {
      return shape.safeParse(await (await asking()).json()).success;
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

/**
 * Asks whether a server gives a page for people, or other text that is no JSON, at an endpoint: then it has none there, whatever it answers
 * beside it.
 *
 * @returns false where it refuses, fails or does not answer, which tells nothing
 */
export async function answersWithPage(
  url: string,
  endpoint: Endpoint,
  signal: AbortSignal,
  named: HostKey = {},
): Promise<boolean> {
  try {
    return await askedOf(url, named, endpoint, signal, async (asking) => {
      return parsedJson(await (await asking()).text()) === undefined;
    });
  } catch (error) {
    if (error instanceof HostFailure) return false;
    throw error;
  }
}

/** Asks an endpoint of a server over a connection of its own. */
async function askedOf(
  url: string,
  named: HostKey,
  { from, path }: Endpoint,
  signal: AbortSignal,
  read: (asking: () => Promise<Response>) => Promise<boolean>,
): Promise<boolean> {
  const connection = new Connection(url, named);
  const address = from === "root" ? connection.url : connection.api;
  try {
    return await connection.within(WHAT_SERVES, { totalMs: DETECT_MS }, signal, ({ fetchWhole }) => {
      return read(() => fetchWhole(`${address}${path}`));
    });
  } finally {
    connection.close();
  }
}

/** What is asked of a server whose kind is not known, as failures name it. */
export const WHAT_SERVES = "The question what is served";

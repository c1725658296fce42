import type { Exchange } from "./exchange.ts";
import { WireError } from "./chat_request.ts";
import { goJson } from "./go_json.ts";
import type { Pace } from "./pace.ts";
import type { RehearsalModel } from "./play.ts";
import { wait } from "./wait.ts";

/** A model that can be pulled. */
export interface Pullable {
  readonly model: RehearsalModel;
  /** Puts the model among those that the server has. */
  install(): void;
}

const STEPS = 10;

/**
 * Answers `POST /api/pull`: progress of one layer in ten steps, then the usual ending (ollama `server/images.go`).
 * @param exchange request and answer
 * @param body the request's JSON object
 * @param pace delays; a download takes five times as long as a load
 * @param find finds what can be pulled
 * @throws {WireError} for a refusal that was not sent yet
 */
export async function pull(
  exchange: Exchange,
  body: Record<string, unknown>,
  pace: Pace,
  find: (name: string) => Pullable | null,
): Promise<void> {
  const name = body.model ?? body.name;
  if (typeof name !== "string" || name === "") throw new WireError(400, "model is required");
  const streamed = body.stream !== false;
  const say = async (line: Record<string, unknown>): Promise<void> => {
    if (streamed) await exchange.line(goJson(line));
  };
  await say({ status: "pulling manifest" });
  const found = find(name);
  if (found === null) {
    const error = "pull model manifest: file does not exist";
    if (!streamed) throw new WireError(500, error);
    await say({ error });
    return exchange.end();
  }
  const { digest, bytes: total } = found.model;
  for (let step = 0; step <= STEPS; step++) {
    const completed = Math.floor(total * step / STEPS);
    await say({
      status: `pulling ${digest.slice(0, 12)}`,
      digest: `sha256:${digest}`,
      total,
      ...(completed === 0 ? {} : { completed }),
    });
    if (step < STEPS) await wait(pace.loadMs(total) * 5 / STEPS, exchange.signal);
  }
  await say({ status: "verifying sha256 digest" });
  await say({ status: "writing manifest" });
  found.install();
  await say({ status: "success" });
  if (streamed) exchange.end();
  else exchange.json(200, { status: "success" });
}

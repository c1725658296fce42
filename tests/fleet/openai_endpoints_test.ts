import assert from "node:assert/strict";
import { Connection } from "../../src/fleet/connection.ts";
import { OpenaiEndpoints } from "../../src/fleet/openai_endpoints.ts";
import type { Timer } from "../../src/ports/timer.ts";
import { withServer } from "./replay.ts";

const never = new AbortController().signal;

Deno.test("an endpoint that answers only between two batches of a prompt keeps no host from being found up: what it told last holds", async () => {
  const held = Promise.withResolvers<void>();
  const asked = Promise.withResolvers<void>();
  let isReading = false;
  const handler = async (request: Request) => {
    switch (new URL(request.url).pathname) {
      case "/v1/models":
        return Response.json({ data: [{ id: "qwen", owned_by: "llamacpp", meta: { n_ctx_train: 32_768 } }] });
      case "/props":
        return Response.json({ total_slots: 2, build_info: isReading ? "later" : "b1" });
      case "/slots":
        if (!isReading) return Response.json([{ is_processing: false }, { is_processing: false }]);
        asked.resolve();
        await held.promise;
        return Response.json([]);
      default:
        return new Response("File Not Found", { status: 404 });
    }
  };
  await withServer(handler, async (url) => {
    const waiting = new Set<() => void>();
    const timer: Timer = (_, act) => {
      waiting.add(act);
      return () => void waiting.delete(act);
    };
    const server = new Connection(url, {});
    const endpoints = new OpenaiEndpoints(server, timer);
    const survey = () =>
      server.within("The survey", { totalMs: 60_000 }, never, (exchange) => endpoints.survey(exchange));
    const before = await survey();
    assert.deepEqual([before.slots?.length, before.props?.build_info, waiting.size], [2, "b1", 0]);
    isReading = true;
    const reading = survey();
    await asked.promise;
    // The others answer, and only what is still open is late.
    while (waiting.size > 1) await new Promise((resolve) => setTimeout(resolve, 0));
    for (const act of waiting) act();
    const { slots, props, listed } = await reading;
    assert.deepEqual([slots, props?.build_info, listed.length], [before.slots, "later", 1]);
    held.resolve();
    isReading = false;
    assert.equal((await survey()).slots?.length, 2, "it is asked again");
    server.close();
  });
});

import assert from "node:assert/strict";
import { ollamaHost } from "../../src/fleet/ollama_host.ts";
import { chatRequest, withServer } from "./replay.ts";

const never = new AbortController().signal;

Deno.test("a model that somebody wants in memory for ever stays so, whatever is asked of it here", async () => {
  const stays: unknown[] = [];
  const resident = [
    { name: "for-ever", expires_at: "2318-03-11T10:12:13.123456789+01:00" },
    { name: "for-now", expires_at: "2020-03-11T10:12:13.123456789Z" },
  ];
  const answers: Readonly<Record<string, unknown>> = {
    "/api/version": { version: "0.33.0" },
    "/api/tags": { models: resident.map(({ name }) => ({ name })) },
    "/api/ps": { models: resident },
  };
  const handler = async (request: Request) => {
    const answer = answers[new URL(request.url).pathname];
    if (answer !== undefined) return Response.json(answer);
    const { model, keep_alive } = await request.json() as Readonly<Record<string, unknown>>;
    stays.push([model, keep_alive]);
    return Response.json({ message: { content: "Done." }, done: true, done_reason: "stop" });
  };
  await withServer(handler, async (url) => {
    const host = ollamaHost(url);
    await host.survey(never);
    for (const { name: model } of resident) {
      await host.chat(chatRequest({ model }), never);
      await host.load?.(model, 4096, never);
    }
    host.close();
  });
  const ours = ["for-now", "30m"];
  assert.deepEqual(stays, [["for-ever", undefined], ["for-ever", undefined], ours, ours]);
});

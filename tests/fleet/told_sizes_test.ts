import assert from "node:assert/strict";
import { billions } from "../../src/fleet/model_name.ts";
import { openaiHost } from "../../src/fleet/openai_host.ts";
import { withServer } from "./replay.ts";

const never = new AbortController().signal;

Deno.test("a model without a size in its name is as large as LM Studio, or Open WebUI of Ollama, says of it", async () => {
  const answers: Readonly<Record<string, unknown>> = {
    "/v1/models": {
      data: [
        { id: "openai/gpt-oss" },
        { id: "moe" },
        { id: "unsaid" },
        { id: "llama", ollama: { size: 1, details: { parameter_size: "8.0B" } } },
      ],
    },
    "/api/v1/models": {
      models: [
        { type: "llm", key: "openai/gpt-oss", params_string: "20B", size_bytes: 1_000_000_000 },
        { type: "llm", key: "moe", params_string: "26B-A4B" },
        { type: "llm", key: "unsaid", params_string: null, size_bytes: 6_000_000_000 },
      ],
    },
  };
  const handler = (request: Request) => {
    const answer = answers[new URL(request.url).pathname];
    return answer === undefined ? new Response("", { status: 404 }) : Response.json(answer);
  };
  await withServer(handler, async (url) => {
    const host = openaiHost(url);
    const { models } = await host.survey(never);
    assert.deepEqual(models.map((model) => [model.name, billions(model)]), [
      ["openai/gpt-oss", 20],
      ["moe", 26],
      ["unsaid", 10],
      ["llama", 8],
    ]);
    host.close();
  });
});

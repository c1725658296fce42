import assert from "node:assert/strict";
import { ollamaBody } from "../../src/fleet/ollama_wire.ts";
import { openaiBody } from "../../src/fleet/openai_body.ts";
import { chatRequest } from "./replay.ts";

/** Model, whether it is to think, and what of that stands on Ollama's wire and on OpenAI's. */
const ROWS: readonly (readonly [model: string, think: boolean | undefined, ollama: unknown, openai: unknown])[] = [
  ["gpt-oss:20b", false, "low", { reasoning_effort: "low" }],
  ["hf.co/unsloth/gpt-oss-120b-GGUF:F16", false, "low", { reasoning_effort: "low" }],
  ["gpt-oss:20b", undefined, undefined, undefined],
  ["qwen3:8b", false, false, { enable_thinking: false }],
  ["qwen3:8b", true, true, { enable_thinking: true }],
];

for (const [model, think, ollama, openai] of ROWS) {
  Deno.test(`${model} that is ${think === undefined ? "let be" : think ? "to think" : "not to think"} is told so as it takes it`, () => {
    const request = chatRequest({ model, think });
    assert.deepEqual(ollamaBody(request).think, ollama);
    assert.deepEqual(openaiBody(request).chat_template_kwargs, openai);
  });
}

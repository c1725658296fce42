import assert from "node:assert/strict";
import { withServer } from "../fleet/replay.ts";
import { withCrew } from "./fixtures/crew_run.ts";

const MODEL = "qwen2.5-coder:1.5b";
const ADD = "export function add(a, b) {\n  return a - b;\n}";
const FILES = {
  "package.json": '{ "type": "module", "scripts": { "test": "node --test" } }\n',
  "src/add.js": `${ADD}\n\nexport function unused(a) {\n  return a;\n}\n`,
  "test/add.test.js":
    'import test from "node:test";\nimport assert from "node:assert/strict";\nimport { add } from "../src/add.js";\ntest("adds", () => assert.equal(add(1, 2), 3));\n',
};

/** A server with one small model that says what a list says, one text after the other, and the last one ever after. */
function scripted(texts: readonly string[], asked: string[]): (request: Request) => Promise<Response> {
  return async (request) => {
    const { pathname } = new URL(request.url);
    const details = { parameter_size: "1.5B" };
    const body = request.method === "POST" ? await request.json() : {};
    switch (pathname) {
      case "/api/version":
        return Response.json({ version: "0.33.0" });
      case "/api/tags":
        return Response.json({ models: [{ name: MODEL, digest: "d", size: 1e9, details }] });
      case "/api/ps":
        return Response.json({ models: [{ name: MODEL, size: 1e9, size_vram: 1e9, context_length: 8192 }] });
      case "/api/show":
        return Response.json({ capabilities: ["completion"], model_info: { "q.context_length": 32_768 } });
      case "/api/chat": {
        const prompt = body.messages.map(({ content }: { content: string }) => content).join("\n");
        const content = texts[Math.min(asked.length, texts.length - 1)]!;
        asked.push(prompt);
        const counts = { prompt_eval_count: Math.ceil(prompt.length / 4), eval_count: 40 };
        return new Response(
          `${
            JSON.stringify({ message: { role: "assistant", content }, done: true, done_reason: "stop", ...counts })
          }\n`,
          { headers: { "content-type": "application/x-ndjson" } },
        );
      }
      default:
        return new Response("404 page not found", { status: 404 });
    }
  };
}

/** Plays a crew whose roles are all that model; gives what it was asked, how the run ended, and its attempts. */
async function played(texts: readonly string[]) {
  const asked: string[] = [];
  const roles = ["arbiter", "coding", "reasoning", "analysis", "interpreter"];
  const models = Object.fromEntries(roles.map((role) => [role, [MODEL]]));
  let kind: string | undefined;
  let attempts = 0;
  await withServer(scripted(texts, asked), (url) =>
    withCrew(async (crew) => {
      kind = (await crew.end())?.kind;
      attempts = crew.facts().filter(({ type }) => type === "attempt_opened").length;
    }, { files: FILES, models, address: () => url, begun: { headless: true } }));
  return { asked, kind, attempts };
}

/** Whether a prompt asks for the whole file. */
const isForFile = (prompt: string) => prompt.includes("with nothing left out");

const fenced = (code: string) => `\`\`\`js\n${code}\n\`\`\``;

Deno.test("a lone small model that writes what stands there already is asked four times for the function that the test leads to, then for the file", async () => {
  const { asked, kind, attempts } = await played([
    fenced(ADD),
    fenced(ADD),
    fenced(ADD),
    fenced(ADD),
    fenced(FILES["src/add.js"]),
  ]);
  assert.deepEqual([asked.length, kind, attempts], [6, "failed", 3]);
  assert.deepEqual(asked.map(isForFile), [
    false,
    false,
    false,
    false,
    true,
    true,
  ]);
  for (const prompt of asked) assert.doesNotMatch(prompt, /create_task_plan|change_phase|consult_|approve_work/);
});

Deno.test("a lone small model whose texts the checks refute is asked five times, and its sixth text would come too late", async () => {
  const wrong = ["*", "/", "%", "**", "<"].map((sign) => fenced(ADD.replace("-", sign)));
  const { asked, kind } = await played([...wrong, fenced(ADD.replace("-", "+"))]);
  assert.deepEqual(kind, "failed");
  assert.deepEqual(asked.map(isForFile), [false, false, false, true, false]);
});

Deno.test("a lone small model that is right at the fifth text is accepted, and asked nothing after that", async () => {
  const wrong = ["*", "/", "%", "**"].map((sign) => fenced(ADD.replace("-", sign)));
  const { asked, kind } = await played([...wrong, fenced(ADD.replace("-", "+"))]);
  assert.deepEqual([asked.length, kind], [5, "accepted"]);
});

import assert from "node:assert/strict";
import { flatDeclaration } from "../../../src/asks/interpret/flat_declaration.ts";

const TOOL = {
  name: "set_level",
  describes: "Sets the level\nof a file.",
  parameters: {
    type: "object",
    properties: {
      path: { type: "string", description: "The file." },
      level: { type: "string", enum: ["low", "high"], description: "How loud." },
      count: { type: "integer", description: "How often." },
      tags: { type: "array", items: { type: "string" } },
      body: { type: "string" },
    },
    required: ["path", "level", "body"],
  },
  asText: "body",
};

Deno.test("the interpreter is told a tool flat: values in the description, one line, no lists, no text argument", () => {
  assert.deepEqual(flatDeclaration(TOOL, {}), {
    name: "set_level",
    describes: "Sets the level of a file.",
    parameters: {
      type: "object",
      properties: {
        path: { type: "string", description: "The file." },
        level: { type: "string", enum: ["low", "high"], description: "How loud. One of: low, high." },
        count: { type: "integer", description: "How often." },
      },
      required: ["path", "level"],
    },
  });
});

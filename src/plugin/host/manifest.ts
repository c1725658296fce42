import * as z from "zod";
import type { ToolAsk } from "../../features/tool_ask.ts";
import { NamedServerShape } from "../named_server.ts";
import { NAME, SpecialistShape, ToolShape } from "../shape.ts";

const name = z.string().regex(NAME);
const schema = z.record(z.string(), z.unknown());
const items = z.array(z.string()).readonly();

const ask: z.ZodType<ToolAsk> = z.object({
  model: z.string().nullable(),
  role: z.string().nullable(),
  prompt: z.string(),
  answers: schema.nullable(),
});

/** What a plugin offers, without its code: what of an offer crosses from its process, and what is kept of it. */
export const Manifest = z.object({
  plugin: name,
  specialists: z.array(SpecialistShape.omit({ answers: true }).extend({ answers: schema.optional() })),
  tools: z.array(z.object({
    declaration: z.object({
      name,
      describes: z.string().trim().min(1),
      parameters: schema,
      asText: z.string().optional(),
    }),
    access: ToolShape.shape.access,
    traits: ToolShape.shape.traits,
    asks: ask.optional(),
  })),
  /** Words of the kinds of hosts. */
  hosts: z.array(name),
  /** How many rules it brings. */
  rules: z.int().min(0),
  panes: z.array(z.object({ id: name, title: z.string() })),
  commands: z.array(z.object({ name, help: z.string() })),
  mcp: z.record(name, NamedServerShape),
  settings: schema.nullable(),
  wants: z.object({ read: items, write: items, net: items, run: items, env: items }),
});

/** What a plugin offers, without its code. */
export type Manifest = z.infer<typeof Manifest>;

import type { JsonSchema, ToolDeclaration } from "../../kernel/call.ts";
import { isRecord } from "../../kernel/json.ts";
import { NOT_CLOSED } from "../json_format.ts";
import { argumentSchema, typedValue } from "../typed_value.ts";
import type { FoundCall, TextFormat } from "../types.ts";

/** A tag of the form; what has no mark before it is text. */
const TAG = /\]<\]minimax\[>\[<(\/?)(?:(invoke)\s+name="([^"\n]{1,120})"|([\w.:-]{1,120}))\s*>/g;
/** Deepest nesting that is read. */
const DEEPEST = 30;

/** An element that is open: what stood in it so far. */
interface Element {
  readonly name: string;
  readonly children: { readonly name: string; readonly value: unknown }[];
  readonly schema: JsonSchema | undefined;
  text: string;
}

/** MiniMax M3: every tag has a mark before it, arguments are elements named after them, `]<]minimax[>[<path>a]<]minimax[>[</path>`. */
export const minimaxM3: TextFormat = {
  name: "minimax_m3",
  marks: ["]<]minimax[>[<invoke"],
  read: (text, tools) => {
    const calls: FoundCall[] = [];
    let open: { readonly name: string; readonly start: number; readonly elements: Element[] } | null = null;
    let end = 0;
    const close = (closed: boolean, to: number) => {
      if (open === null) return;
      const { name, start, elements: [root, ...inner] } = open;
      const value = root === undefined ? {} : objectOf(root);
      const mended = closed ? [] : [NOT_CLOSED];
      calls.push({ name, arguments: value, span: [start, to], mended, ...(inner.length > 0 ? { cut: true } : {}) });
      open = null;
    };
    TAG.lastIndex = 0;
    for (let tag = TAG.exec(text); tag !== null; tag = TAG.exec(text)) {
      const [, closing, , tool, name = ""] = tag;
      const between = text.slice(end, tag.index);
      end = TAG.lastIndex;
      if (tool !== undefined && closing === "") {
        close(false, tag.index);
        open = { name: tool, start: tag.index, elements: [elementOf("", rootSchema(tools, tool))] };
      } else if (open !== null) {
        const within: Element[] = open.elements;
        within.at(-1)!.text += between;
        if (closing !== "" && (name === "invoke" || name === "tool_call")) close(name === "invoke", end);
        else if (closing !== "") closeElement(within, name, tools, open.name);
        else if (within.length < DEEPEST) within.push(elementOf(name, schemaWithin(within, name, tools, open.name)));
      }
    }
    close(false, text.length);
    return calls;
  },
};

function elementOf(name: string, schema: JsonSchema | undefined): Element {
  return { name, schema, children: [], text: "" };
}

function closeElement(within: Element[], name: string, tools: readonly ToolDeclaration[], tool: string): void {
  const last = within.at(-1);
  if (last === undefined || within.length < 2 || last.name !== name) return;
  within.pop();
  const schema = within.length === 1 ? argumentSchema(tools, tool, name) : last.schema;
  within.at(-1)?.children.push({ name, value: valueOf({ ...last, schema }) });
}

function valueOf(element: Element): unknown {
  const { schema, children, text } = element;
  if (schema?.type === "array" || (children.length > 0 && children.every(({ name }) => name === "item"))) {
    return children.length > 0 || text.trim() === "" ? children.map(({ value }) => value) : typedValue(text, schema);
  }
  return children.length > 0 ? objectOf(element) : typedValue(text, schema);
}

function objectOf({ children }: Element): Record<string, unknown> {
  return Object.fromEntries(children.map(({ name, value }) => [name, value]));
}

function rootSchema(tools: readonly ToolDeclaration[], tool: string): JsonSchema | undefined {
  return tools.find(({ name }) => name === tool)?.parameters;
}

function schemaWithin(
  within: readonly Element[],
  name: string,
  tools: readonly ToolDeclaration[],
  tool: string,
): JsonSchema | undefined {
  if (within.length === 1) return argumentSchema(tools, tool, name);
  const outer = within.at(-1)?.schema;
  const inner = isRecord(outer?.items) ? outer.items : isRecord(outer?.properties) ? outer.properties[name] : undefined;
  return isRecord(inner) ? inner : undefined;
}

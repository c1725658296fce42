import { isRecord } from "../kernel/json.ts";
import { readLine } from "../prompt/marks.ts";
import type { WantedCall } from "./understudy_call.ts";
import type { OfferedTool, Scene } from "./understudy_scene.ts";

/**
 * Tells whether a request wants another model's reply read.
 * @param scene the request
 * @returns the reply, null where something else is wanted
 */
export function messageToRead(scene: Scene): string | null {
  const read = readLine(scene.marks.interpret.message, scene.heard[0] ?? "");
  return scene.role === "interpreter" ? read?.message ?? null : null;
}

/**
 * Reads the call that a message asks for: the offered tool that it names first, with the values that stand in it.
 * @param scene the request
 * @param message the reply of another model
 * @returns the call, null where a value is missing: an understudy makes nothing up
 */
export function readCall(scene: Scene, message: string): WantedCall | null {
  const places = scene.offered.map((tool) => ({ tool, place: message.search(nameOf(tool.name)) }))
    .sort((a, b) => (a.place < 0 ? Infinity : a.place) - (b.place < 0 ? Infinity : b.place));
  const tool = places[0]?.tool;
  if (tool === undefined) return null;
  const args: Record<string, unknown> = {};
  for (const name of requiredOf(tool)) {
    const value = valueOf(message, name, propertyOf(tool, name));
    if (value === null) return null;
    args[name] = value;
  }
  return { name: tool.name, arguments: args, reason: "The message asks for it." };
}

function nameOf(name: string): RegExp {
  return new RegExp(name.split("_").join("[_\\s-]?"), "i");
}

function requiredOf({ parameters }: OfferedTool): string[] {
  return Array.isArray(parameters.required) ? parameters.required.map(String) : [];
}

function propertyOf({ parameters }: OfferedTool, name: string): Record<string, unknown> {
  const property = isRecord(parameters.properties) ? parameters.properties[name] : undefined;
  return isRecord(property) ? property : {};
}

function valueOf(message: string, name: string, property: Record<string, unknown>): unknown {
  const written = new RegExp(
    `["'\`]?\\b${name}\\b["'\`]?\\s*(?:[:=]|is|to)?\\s*(?:"([^"]*)"|'([^']*)'|\`([^\`]*)\`|([\\w./-]+))`,
    "i",
  ).exec(message);
  const found = written?.slice(1).find((group) => group !== undefined) ?? null;
  if (/^(?:integer|number)$/i.test(String(property.type))) {
    const digits = /-?\d+(?:\.\d+)?/.exec(found ?? "")?.[0];
    return digits === undefined ? null : Number(digits);
  }
  if (found !== null && found !== "") return found.replace(/[.,;]$/, "") || found;
  return name === "path" ? /[\w./-]+\.\w+/.exec(message)?.[0] ?? null : null;
}

import { asWritten } from "./as_written.ts";
import type { JsonSchema } from "../kernel/call.ts";
import { isOfType, isRecord, parsedJson } from "../kernel/json.ts";
import { clip } from "../kernel/text.ts";
import { say, type SentenceKey, type Wording } from "../sentences/say.ts";
import type { Validation } from "./types.ts";

interface Findings {
  readonly from: Wording;
  readonly faults: string[];
  readonly conversions: string[];
}

/** Depth at which a schema or a value counts as endless. */
const DEEPEST = 40;

/** Numbers as they may stand in a string: no leading zeros, no blanks, so that `"007"` and `"1e999"` stay texts. */
const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/**
 * Compares a value with the subset of JSON Schema that tools use (type, properties, required, enum, const, items,
 * anyOf, oneOf, minimum, maximum, exclusive bounds, minLength, maxLength, minItems, maxItems, additionalProperties).
 * Types are converted where nothing is lost: `"3"` and 3, `"true"` and true, JSON in a string, the case of an enum's value;
 * null for an optional property counts as absent.
 * @param schema JSON Schema; other keywords are not looked at
 * @returns the value as the schema wants it with the conversions that were needed, or all faults as sentences
 */
export function validate(schema: JsonSchema, value: unknown, from: Wording = {}): Validation {
  const findings: Findings = { from, faults: [], conversions: [] };
  const fitted = fit(schema, value, "", findings, 0);
  return findings.faults.length > 0
    ? { faults: findings.faults }
    : { value: fitted, conversions: findings.conversions };
}

function fit(schema: JsonSchema, value: unknown, place: string, findings: Findings, depth: number): unknown {
  if (depth > DEEPEST) {
    findings.faults.push(say(findings.from, "reply.nested", { place: named(place, findings.from) }));
    return value;
  }
  const branches = schema.anyOf ?? schema.oneOf;
  if (Array.isArray(branches)) return fitBranches(branches.filter(isRecord), value, place, findings, depth);
  const typed = toType(schema, value);
  if (typed === undefined) {
    findings.faults.push(mustBe(place, wanted(schema, findings.from), value, findings.from));
    return value;
  }
  if (typed.conversion !== null) findings.conversions.push(`${named(place, findings.from)}: ${typed.conversion}`);
  const converted = typed.value;
  if (Array.isArray(converted)) return fitItems(schema, converted, place, findings, depth);
  if (isRecord(converted)) return fitProperties(schema, converted, place, findings, depth);
  checkBounds(schema, converted, place, findings);
  return converted;
}

function fitBranches(branches: JsonSchema[], value: unknown, place: string, findings: Findings, depth: number) {
  let converted: { value: unknown; conversions: string[] } | null = null;
  const faults: string[][] = [];
  for (const branch of branches) {
    const trial: Findings = { from: findings.from, faults: [], conversions: [] };
    const result = fit(branch, value, place, trial, depth + 1);
    if (trial.faults.length > 0) faults.push(trial.faults);
    else if (trial.conversions.length === 0) return result;
    else converted ??= { value: result, conversions: trial.conversions };
  }
  if (converted !== null) {
    findings.conversions.push(...converted.conversions);
    return converted.value;
  }
  const only = faults.length === 1 ? faults[0] : undefined;
  const { from } = findings;
  const all = eitherOf(branches.map((branch) => wanted(branch, from)), from);
  findings.faults.push(...(only ?? [mustBe(place, all, value, from)]));
  return value;
}

function fitItems(schema: JsonSchema, values: unknown[], place: string, findings: Findings, depth: number): unknown[] {
  const { minItems, maxItems, items } = schema;
  const { from, faults } = findings;
  const said = { place: named(place, from), count: values.length };
  if (typeof minItems === "number" && values.length < minItems) {
    faults.push(say(from, "reply.least_items", { ...said, limit: minItems }));
  }
  if (typeof maxItems === "number" && values.length > maxItems) {
    faults.push(say(from, "reply.most_items", { ...said, limit: maxItems }));
  }
  if (!isRecord(items)) return values;
  return values.map((value, index) => fit(items, value, `${place}[${index}]`, findings, depth + 1));
}

function fitProperties(
  schema: JsonSchema,
  value: Record<string, unknown>,
  place: string,
  findings: Findings,
  depth: number,
): Record<string, unknown> {
  const properties = isRecord(schema.properties) ? schema.properties : {};
  const required = Array.isArray(schema.required) ? schema.required : [];
  const { from, faults, conversions } = findings;
  const result: Record<string, unknown> = {};
  for (const [key, item] of Object.entries(value)) {
    const inner = place === "" ? key : `${place}.${key}`;
    const declared = Object.hasOwn(properties, key) ? properties[key] : undefined;
    if (isRecord(declared)) {
      const absent = item === null && !required.includes(key) && toType(declared, null) === undefined;
      if (absent) conversions.push(`${named(inner, from)}: null left out`);
      else setOwn(result, key, fit(declared, item, inner, findings, depth + 1));
    } else if (schema.additionalProperties === false && declared === undefined) {
      const names = Object.keys(properties).map((name) => `"${name}"`).join(", ");
      const key = names === "" ? "reply.not_known" : "reply.not_known_but";
      faults.push(say(from, key, { place: named(inner, from), names }));
    } else if (isRecord(schema.additionalProperties)) {
      setOwn(result, key, fit(schema.additionalProperties, item, inner, findings, depth + 1));
    } else setOwn(result, key, item);
  }
  for (const key of required) {
    if (typeof key !== "string" || Object.hasOwn(value, key)) continue;
    const declared = isRecord(properties[key]) ? properties[key] : {};
    const missing = named(place === "" ? key : `${place}.${key}`, from);
    faults.push(say(from, "reply.missing", { place: missing, wanted: describe(declared, from) }));
  }
  return result;
}

/** Sets a property of the object itself, also one called `__proto__`. */
function setOwn(target: Record<string, unknown>, key: string, value: unknown): void {
  Object.defineProperty(target, key, { value, enumerable: true, writable: true, configurable: true });
}

/** Keywords that bound a number, with what breaks each. */
const BOUNDS: readonly (readonly [string, SentenceKey, (value: number, limit: number) => boolean])[] = [
  ["minimum", "reply.at_least", (value, limit) => value < limit],
  ["maximum", "reply.at_most", (value, limit) => value > limit],
  ["exclusiveMinimum", "reply.more_than", (value, limit) => value <= limit],
  ["exclusiveMaximum", "reply.less_than", (value, limit) => value >= limit],
];

function checkBounds(schema: JsonSchema, value: unknown, at: string, { faults, from }: Findings): void {
  const place = named(at, from);
  if (typeof value === "number") {
    for (const [keyword, key, breaks] of BOUNDS) {
      const limit = schema[keyword];
      if (typeof limit === "number" && breaks(value, limit)) faults.push(say(from, key, { place, limit }));
    }
  }
  if (typeof value === "string") {
    const count = [...value].length;
    const { minLength, maxLength } = schema;
    if (typeof minLength === "number" && count < minLength) {
      faults.push(say(from, "reply.least_characters", { place, limit: minLength, count }));
    }
    if (typeof maxLength === "number" && count > maxLength) {
      faults.push(say(from, "reply.most_characters", { place, limit: maxLength, count }));
    }
  }
}

interface Typed {
  readonly value: unknown;
  readonly conversion: string | null;
}

/**
 * The value in the schema's type, enum and const, or undefined where that is not possible without loss. What JSON takes for a backspace or
 * a page's end within a line was meant as the beginning of `\b` in an expression or of `\frac`.
 */
function toType(schema: JsonSchema, value: unknown): Typed | undefined {
  const allowed = "const" in schema ? [schema.const] : Array.isArray(schema.enum) ? schema.enum : null;
  if (allowed !== null) return toAllowed(allowed, value);
  const types = typesOf(schema);
  const text = typeof value === "string" ? asWritten(value) : null;
  if (text !== null && text !== value) {
    const typed = toType(schema, text);
    return typed === undefined ? undefined : { ...typed, conversion: "\\b and \\f read as they are written" };
  }
  if (types.length === 0 || types.some((type) => isOfType(type, value))) return { value, conversion: null };
  for (const type of types) {
    const converted = convert(type, value);
    if (converted !== undefined) return { value: converted, conversion: `${shown(value)} read as ${type}` };
  }
  return undefined;
}

function toAllowed(allowed: readonly unknown[], value: unknown): Typed | undefined {
  const text = JSON.stringify(value);
  if (allowed.some((item) => item === value || JSON.stringify(item) === text)) return { value, conversion: null };
  if (value === null || typeof value === "object" || value === undefined) return undefined;
  const plain = (item: unknown) => String(item).trim().toLowerCase();
  const matches = allowed.filter((item) => item !== null && typeof item !== "object" && plain(item) === plain(value));
  return matches.length === 1
    ? { value: matches[0], conversion: `${shown(value)} read as ${shown(matches[0])}` }
    : undefined;
}

function typesOf(schema: JsonSchema): string[] {
  if (typeof schema.type === "string") return [schema.type];
  if (Array.isArray(schema.type)) return schema.type.filter((type) => typeof type === "string");
  if (isRecord(schema.properties)) return ["object"];
  return isRecord(schema.items) ? ["array"] : [];
}

function convert(type: string, value: unknown): unknown {
  if (type === "string") {
    return typeof value === "number" || typeof value === "boolean" ? String(value) : undefined;
  }
  if (typeof value !== "string") return undefined;
  const text = value.trim();
  if (type === "integer" || type === "number") {
    const number = NUMBER.test(text) ? Number(text) : Number.NaN;
    const whole = type === "number" || Number.isSafeInteger(number);
    return Number.isFinite(number) && whole ? number : undefined;
  }
  if (type === "boolean") return /^true$/i.test(text) ? true : /^false$/i.test(text) ? false : undefined;
  if (type === "null") return /^(?:null|none)$/i.test(text) ? null : undefined;
  if ((type === "object" && text.startsWith("{")) || (type === "array" && text.startsWith("["))) {
    const parsed = parsedJson(text);
    return isOfType(type, parsed) ? parsed : undefined;
  }
  return undefined;
}

/**
 * Says what a schema wants, as the end of the sentence `must be …`.
 * @param schema JSON Schema of one value
 * @returns words such as `a whole number` or `one of "low", "high"`
 */
export function wanted(schema: JsonSchema, from: Wording): string {
  if ("const" in schema) return JSON.stringify(schema.const);
  if (Array.isArray(schema.enum)) {
    return say(from, "reply.one_of", { values: schema.enum.map((item) => JSON.stringify(item)).join(", ") });
  }
  const types = typesOf(schema).map((type) => {
    const key = TYPES[type];
    return key === undefined ? type : say(from, key);
  });
  return types.length === 0 ? say(from, "reply.another") : eitherOf(types, from);
}

const TYPES: Readonly<Record<string, SentenceKey>> = {
  string: "reply.string",
  integer: "reply.integer",
  number: "reply.number",
  boolean: "reply.boolean",
  array: "reply.array",
  object: "reply.object",
  null: "reply.null",
};

function eitherOf(all: readonly string[], from: Wording): string {
  return all.reduce((one, other) => say(from, "reply.or", { one, other }));
}

/**
 * Says a property's type and description.
 * @param schema JSON Schema of one property
 * @returns such as `string: File, relative to the project.`
 */
export function describe(schema: JsonSchema, from: Wording): string {
  const types = typesOf(schema);
  const type = Array.isArray(schema.enum)
    ? wanted(schema, from)
    : types.length === 0
    ? say(from, "reply.any")
    : eitherOf(types, from);
  const text = typeof schema.description === "string" ? schema.description.replace(/\.$/, "") : "";
  return text === "" ? type : say(from, "reply.described", { type, description: text });
}

/**
 * Says what is wrong with a value in words that come from elsewhere, such as a condition that no JSON Schema holds.
 * @param place where it stands, such as `tasks[1].after`; empty for the whole
 * @param value what stands there
 * @param words what is wrong, such as `must name a program`
 * @returns a sentence that a model can act on
 */
export function faultAt(place: string, value: unknown, words: string, from: Wording): string {
  const fault = words.replace(/\.$/, "");
  return say(from, "reply.wrong_value", { place: named(place, from), fault, found: shown(value) });
}

function mustBe(place: string, wanted: string, value: unknown, from: Wording): string {
  return say(from, "reply.must_be", { place: named(place, from), wanted, found: shown(value) });
}

function shown(value: unknown): string {
  const text = typeof value === "bigint" || value === undefined ? String(value) : JSON.stringify(value) ?? typeof value;
  return clip(text, 60);
}

function named(place: string, from: Wording): string {
  return place === "" ? say(from, "reply.value") : say(from, "reply.place", { place });
}

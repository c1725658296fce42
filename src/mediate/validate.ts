import type { JsonSchema } from "../kernel/call.ts";
import { isOfType, isRecord, parsedJson } from "../kernel/json.ts";
import { clip } from "../kernel/text.ts";
import type { Validation } from "./types.ts";

interface Findings {
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
export function validate(schema: JsonSchema, value: unknown): Validation {
  const findings: Findings = { faults: [], conversions: [] };
  const fitted = fit(schema, value, "", findings, 0);
  return findings.faults.length > 0
    ? { faults: findings.faults }
    : { value: fitted, conversions: findings.conversions };
}

function fit(schema: JsonSchema, value: unknown, place: string, findings: Findings, depth: number): unknown {
  if (depth > DEEPEST) {
    findings.faults.push(`${named(place)} is nested too deeply.`);
    return value;
  }
  const branches = schema.anyOf ?? schema.oneOf;
  if (Array.isArray(branches)) return fitBranches(branches.filter(isRecord), value, place, findings, depth);
  const typed = toType(schema, value);
  if (typed === undefined) {
    findings.faults.push(`${named(place)} must be ${wanted(schema)}, but is ${shown(value)}.`);
    return value;
  }
  if (typed.conversion !== null) findings.conversions.push(`${named(place)}: ${typed.conversion}`);
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
    const trial: Findings = { faults: [], conversions: [] };
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
  findings.faults.push(
    ...(only ?? [`${named(place)} must be ${branches.map(wanted).join(" or ")}, but is ${shown(value)}.`]),
  );
  return value;
}

function fitItems(schema: JsonSchema, values: unknown[], place: string, findings: Findings, depth: number): unknown[] {
  const { minItems, maxItems, items } = schema;
  if (typeof minItems === "number" && values.length < minItems) {
    findings.faults.push(`${named(place)} must have at least ${minItems} items, but has ${values.length}.`);
  }
  if (typeof maxItems === "number" && values.length > maxItems) {
    findings.faults.push(`${named(place)} must have at most ${maxItems} items, but has ${values.length}.`);
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
  const result: Record<string, unknown> = {};
  for (const [key, item] of Object.entries(value)) {
    const inner = place === "" ? key : `${place}.${key}`;
    const declared = Object.hasOwn(properties, key) ? properties[key] : undefined;
    if (isRecord(declared)) {
      const absent = item === null && !required.includes(key) && toType(declared, null) === undefined;
      if (absent) findings.conversions.push(`${named(inner)}: null left out`);
      else setOwn(result, key, fit(declared, item, inner, findings, depth + 1));
    } else if (schema.additionalProperties === false && declared === undefined) {
      const known = Object.keys(properties).map((name) => `"${name}"`).join(", ");
      findings.faults.push(`${named(inner)} is not known${known === "" ? "." : `; known are ${known}.`}`);
    } else if (isRecord(schema.additionalProperties)) {
      setOwn(result, key, fit(schema.additionalProperties, item, inner, findings, depth + 1));
    } else setOwn(result, key, item);
  }
  for (const key of required) {
    if (typeof key !== "string" || Object.hasOwn(value, key)) continue;
    const declared = isRecord(properties[key]) ? properties[key] : {};
    findings.faults.push(`${named(place === "" ? key : `${place}.${key}`)} is missing (${describe(declared)}).`);
  }
  return result;
}

/** Sets a property of the object itself, also one called `__proto__`. */
function setOwn(target: Record<string, unknown>, key: string, value: unknown): void {
  Object.defineProperty(target, key, { value, enumerable: true, writable: true, configurable: true });
}

function checkBounds(schema: JsonSchema, value: unknown, place: string, { faults }: Findings): void {
  const bound = (keyword: string, broken: (limit: number) => boolean, words: string) => {
    const limit = schema[keyword];
    if (typeof limit === "number" && broken(limit)) faults.push(`${named(place)} must be ${words} ${limit}.`);
  };
  if (typeof value === "number") {
    bound("minimum", (limit) => value < limit, "at least");
    bound("maximum", (limit) => value > limit, "at most");
    bound("exclusiveMinimum", (limit) => value <= limit, "more than");
    bound("exclusiveMaximum", (limit) => value >= limit, "less than");
  }
  if (typeof value === "string") {
    const length = [...value].length;
    const { minLength, maxLength } = schema;
    if (typeof minLength === "number" && length < minLength) {
      faults.push(`${named(place)} must have at least ${minLength} characters, but has ${length}.`);
    }
    if (typeof maxLength === "number" && length > maxLength) {
      faults.push(`${named(place)} must have at most ${maxLength} characters, but has ${length}.`);
    }
  }
}

interface Typed {
  readonly value: unknown;
  readonly conversion: string | null;
}

/** The value in the schema's type, enum and const, or undefined where that is not possible without loss. */
function toType(schema: JsonSchema, value: unknown): Typed | undefined {
  const allowed = "const" in schema ? [schema.const] : Array.isArray(schema.enum) ? schema.enum : null;
  if (allowed !== null) return toAllowed(allowed, value);
  const types = typesOf(schema);
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
export function wanted(schema: JsonSchema): string {
  if ("const" in schema) return JSON.stringify(schema.const);
  if (Array.isArray(schema.enum)) return `one of ${schema.enum.map((item) => JSON.stringify(item)).join(", ")}`;
  const words: Record<string, string> = {
    string: "a string",
    integer: "a whole number",
    number: "a number",
    boolean: "true or false",
    array: "an array",
    object: "an object",
    null: "null",
  };
  const types = typesOf(schema).map((type) => words[type] ?? type);
  return types.length === 0 ? "another value" : types.join(" or ");
}

/**
 * Says a property's type and description.
 * @param schema JSON Schema of one property
 * @returns such as `string: File, relative to the project.`
 */
export function describe(schema: JsonSchema): string {
  const type = Array.isArray(schema.enum) ? wanted(schema) : typesOf(schema).join(" or ") || "any value";
  const text = typeof schema.description === "string" ? schema.description.replace(/\.$/, "") : "";
  return text === "" ? type : `${type}: ${text}`;
}

/**
 * Says what is wrong with a value in words that come from elsewhere, such as a condition that no JSON Schema holds.
 * @param place where it stands, such as `tasks[1].after`; empty for the whole
 * @param value what stands there
 * @param words what is wrong, such as `must name a program`
 * @returns a sentence that a model can act on
 */
export function faultAt(place: string, value: unknown, words: string): string {
  return `${named(place)} is wrong: ${words.replace(/\.$/, "")}; it is ${shown(value)}.`;
}

function shown(value: unknown): string {
  const text = typeof value === "bigint" || value === undefined ? String(value) : JSON.stringify(value) ?? typeof value;
  return clip(text, 60);
}

function named(place: string): string {
  return place === "" ? "The value" : `"${place}"`;
}

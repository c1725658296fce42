import { isRecord } from "../kernel/json.ts";

/** A call as a parsed object says it. */
export interface CallObject {
  readonly name: string;
  readonly arguments: unknown;
  readonly reason?: string;
}

/** Keys that hold a tool's name, in the order in which they are tried. */
const NAME_KEYS = ["name", "function", "tool_name", "tool", "function_name", "action", "recipient_name"];
/** Keys that hold the arguments, in the order in which they are tried. */
const ARGUMENT_KEYS = [
  "arguments",
  "parameters",
  "args",
  "input",
  "params",
  "tool_input",
  "action_input",
  "argument",
  "kwargs",
  "tool_args",
  "function_args",
];
/** Keys that hold a list of calls. */
const LIST_KEYS = ["tool_calls", "function_calls", "tool_uses", "calls", "tool_call", "function_call"];
/** Keys under which APIs and agents put the one call of a message. */
const WRAPPER_KEYS = ["functionCall", "toolUse", "toolCall", "command"];
/** Keys beside the name that are no arguments. */
const BESIDE_KEYS = new Set(["type", "id", "tool_call_id", "call_id", "index", "reason", "thought", "thoughts"]);

/** What counts as a call in an object. */
export interface CallRules {
  /** Whether a name is a tool's: forms without a key for the arguments count only then. */
  readonly isTool: (name: string) => boolean;
  /** Whether the only key of an object may be the name of any tool. */
  readonly keyed?: boolean;
  /** Whether a mark says that the object is a call: then a name may stand alone. */
  readonly marked?: boolean;
}

/**
 * Reads the calls that an object or a list of objects says: `{name, arguments}` under any of the keys that models use, in a
 * wrapper (`function`, `tool_calls`), with the arguments beside the name, or with the tool's name as the only key.
 * @param rules what counts as a call
 * @param depth wrappers around the value so far
 * @returns the calls in order; empty where the value says none
 */
export function callsOf(value: unknown, rules: CallRules, depth = 0): readonly CallObject[] {
  if (depth > 4) return [];
  if (Array.isArray(value)) return callsInList(value, rules, depth);
  if (!isRecord(value)) return [];
  for (const key of LIST_KEYS) {
    if (isRecord(value[key]) || Array.isArray(value[key])) {
      const inner = callsOf(value[key], rules, depth + 1);
      if (inner.length > 0) return inner;
    }
  }
  for (const key of WRAPPER_KEYS) {
    const inner = isRecord(value[key]) && !NAME_KEYS.some((name) => Object.hasOwn(value, name))
      ? callsOf(value[key], { ...rules, marked: false }, depth + 1)
      : [];
    if (inner.length > 0) return inner;
  }
  if (isRecord(value.function)) return callsOf(withOuter(value, value.function), rules, depth + 1);
  return callOf(value, rules);
}

/** Calls of a list: objects, or pairs of a tool's name and its arguments, `["f", {…}]` or `[("f", {…})]`. */
function callsInList(items: readonly unknown[], rules: CallRules, depth: number): readonly CallObject[] {
  return items.flatMap((item, index) => {
    const before = items[index - 1];
    if (isRecord(item)) {
      const paired = typeof before === "string" && rules.isTool(before);
      return paired ? [{ name: before, arguments: item }] : callsOf(item, rules, depth + 1);
    }
    const pair = Array.isArray(item) && item.length === 2 && typeof item[0] === "string" && isRecord(item[1]);
    return pair ? callsOf(item, rules, depth + 1) : [];
  });
}

/** Some models put the arguments beside the wrapper instead of into it. */
function withOuter(outer: Record<string, unknown>, inner: Record<string, unknown>): Record<string, unknown> {
  const key = ARGUMENT_KEYS.find((candidate) => Object.hasOwn(outer, candidate));
  return key === undefined || ARGUMENT_KEYS.some((candidate) => Object.hasOwn(inner, candidate))
    ? inner
    : { ...inner, [key]: outer[key] };
}

function callOf(value: Record<string, unknown>, { isTool, keyed, marked }: CallRules): readonly CallObject[] {
  const keys = Object.keys(value);
  const argumentKey = ARGUMENT_KEYS.find((key) => Object.hasOwn(value, key) && isArguments(value[key]));
  const nameKey = NAME_KEYS.find((key) => typeof value[key] === "string" && value[key] !== "") ??
    (argumentKey === undefined ? undefined : NAME_KEYS.find((key) => value[key] === ""));
  const said = ["reason", "thought", "thoughts"].map((key) => value[key]).find((text) => typeof text === "string");
  const reason = typeof said === "string" ? { reason: said } : {};
  if (nameKey !== undefined) {
    const name = String(value[nameKey]);
    if (argumentKey !== undefined && argumentKey !== nameKey) {
      return isDeclaration(value, argumentKey) ? [] : [{ name, arguments: value[argumentKey], ...reason }];
    }
    if (marked === true && keys.length === 1 && nameKey === "name") return [{ name, arguments: {} }];
    if (!isTool(name) || (nameKey === "action" || nameKey === "recipient_name")) return [];
    if (typeof value.description === "string" && keys.length === 2) return [];
    const rest = Object.fromEntries(
      keys.filter((key) => key !== nameKey && !BESIDE_KEYS.has(key)).map((key) => [key, value[key]]),
    );
    return [{ name, arguments: withoutEmpty(rest), ...reason }];
  }
  const [only] = keys;
  if (keys.length === 1 && only !== undefined && (keyed === true || isTool(only))) {
    const inner = value[only];
    return isRecord(inner) || typeof inner === "string" ? [{ name: only, arguments: inner }] : [];
  }
  if (argumentKey !== undefined && keys.every((key) => key === argumentKey || BESIDE_KEYS.has(key))) {
    return [{ name: "", arguments: value[argumentKey], ...reason }];
  }
  return [];
}

/** Arguments are an object, one alone in a list, JSON in a string, or nothing. */
function isArguments(value: unknown): boolean {
  if (value === null || isRecord(value)) return true;
  if (Array.isArray(value)) return value.length === 0 || (value.length === 1 && isRecord(value[0]));
  return typeof value === "string";
}

/** A key such as `arguments: null` beside flat arguments says nothing. */
function withoutEmpty(rest: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(rest).filter(([key, value]) => !(ARGUMENT_KEYS.includes(key) && value === null)),
  );
}

/** A model that repeats a tool's declaration does not call it. */
function isDeclaration(value: Record<string, unknown>, argumentKey: string): boolean {
  const inner = value[argumentKey];
  if (!isRecord(inner)) return false;
  return isRecord(inner.properties) && (typeof inner.type === "string" || typeof value.description === "string");
}

import type { JsonSchema } from "../kernel/call.ts";
import { isRecord } from "../kernel/json.ts";
import { nearName } from "../mediate/near_name.ts";
import { validate } from "../mediate/validate.ts";
import type { Offer } from "./offer.ts";
import type { PluginView, RunView } from "./view.ts";

/** A plugin's part of the configuration, with defaults filled in. */
export type Settings = Readonly<Record<string, unknown>>;

/** A setting that does not fit. */
export interface SettingFault {
  /** Its name; one that is missing, too. */
  readonly key: string;
  /** What is wrong, as a sentence. */
  readonly text: string;
}

/**
 * Compares what is configured for a plugin with the schema that it declares.
 *
 * @param schema JSON Schema of an object
 * @param given what is configured, by name
 * @returns the settings with their defaults, or everything that does not fit
 */
export function checkSettings(
  schema: JsonSchema,
  given: Settings,
): { readonly settings: Settings } | { readonly faults: readonly SettingFault[] } {
  const properties = isRecord(schema.properties) ? schema.properties : {};
  const required = Array.isArray(schema.required) ? schema.required : [];
  const faults: SettingFault[] = [];
  const settings: Record<string, unknown> = {};
  for (const key of new Set([...Object.keys(properties), ...Object.keys(given)])) {
    const declared = Object.hasOwn(properties, key) ? properties[key] : undefined;
    if (!isRecord(declared)) {
      faults.push({ key, text: unknownText(key, Object.keys(properties)) });
      continue;
    }
    const own = Object.hasOwn(given, key) ? { [key]: given[key] } : {};
    const wanted = { type: "object", properties: { [key]: declared }, required: required.filter((one) => one === key) };
    const checked = validate(wanted, own);
    if ("faults" in checked) faults.push(...checked.faults.map((text) => ({ key, text })));
    else if (isRecord(checked.value)) Object.assign(settings, filled(wanted, checked.value));
  }
  return faults.length > 0 ? { faults } : { settings };
}

function unknownText(key: string, known: readonly string[]): string {
  const near = nearName(key, known);
  const meant = near === null ? "" : ` Did you mean "${near}"?`;
  return `There is no setting "${key}".${meant} Wanted: ${known.join(", ") || "none"}.`;
}

/** Fills in the defaults of a schema, also within objects that are there. */
function filled(schema: JsonSchema, value: unknown): unknown {
  if (!isRecord(value) || !isRecord(schema.properties)) return value;
  const all = { ...value };
  for (const [key, declared] of Object.entries(schema.properties)) {
    if (!isRecord(declared)) continue;
    if (!Object.hasOwn(all, key) && Object.hasOwn(declared, "default")) all[key] = declared.default;
    if (Object.hasOwn(all, key)) all[key] = filled(declared, all[key]);
  }
  return all;
}

/**
 * Hands a plugin its part of the configuration: with each call of a tool, and in what its panes and commands see of the run.
 *
 * @param offer what the plugin offers
 * @param settings its settings, checked
 */
export function withSettings(offer: Offer, settings: Settings): Offer {
  const seen = (view: RunView): PluginView => ({ ...view, settings });
  return {
    ...offer,
    configured: settings,
    tools: offer.tools.map((tool) => ({ ...tool, settings })),
    hosts: offer.hosts.map((host) => ({
      ...host,
      ask: (question, signal, tell) =>
        host.ask({ ...question, server: { ...question.server, settings } }, signal, tell),
    })),
    panes: offer.panes.map((pane) => ({
      ...pane,
      lines: (view, size, signal) => pane.lines(seen(view), size, signal),
    })),
    commands: offer.commands.map((command) => ({
      ...command,
      run: (args, view, signal) => command.run(args, seen(view), signal),
    })),
  };
}

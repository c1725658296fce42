import type { RegisteredTool } from "../features/registered_tool.ts";
import type { RunnableTool } from "../ports/tool.ts";
import type { Offer } from "./offer.ts";

/**
 * Gives tools as the run knows them, each with the version of the plugin that offers it.
 *
 * @param tools tools by name
 * @param offers what plugins offer
 */
export function registeredTools(
  tools: ReadonlyMap<string, RunnableTool>,
  offers: readonly Offer[],
): Readonly<Record<string, RegisteredTool>> {
  const versions = versionsOf(offers);
  return Object.fromEntries([...tools].map(([name, tool]) => [name, registered(tool, versions[name])]));
}

/** Versions of the plugins that offer tools, by the tool. */
function versionsOf(offers: readonly Offer[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    offers.flatMap(({ tools, version }) => tools.map(({ declaration }) => [declaration.name, version])),
  );
}

/** A tool as the run knows it. */
function registered({ declaration, access, traits, asks }: RunnableTool, version = ""): RegisteredTool {
  return {
    declaration,
    access,
    ...(traits === undefined ? {} : { traits }),
    ...(version === "" ? {} : { version }),
    ...(asks === undefined ? {} : { asks }),
  };
}

import type { Offer } from "../offer.ts";
import type { Manifest } from "./manifest.ts";
import { unionOf } from "./permissions.ts";

/** Takes from an offer what is no code. */
export function manifestOf(offer: Offer): Manifest {
  const { plugin, specialists, tools, hosts, rules, panes, commands, mcp, settings } = offer;
  const wants = unionOf([offer.wants]);
  return {
    plugin,
    specialists: specialists.map((specialist) => ({
      ...specialist,
      models: [...specialist.models],
      tools: [...specialist.tools],
      phases: [...specialist.phases],
      mayAsk: specialist.mayAsk === undefined ? undefined : [...specialist.mayAsk],
    })),
    tools: tools.map(({ declaration, access, traits, asks }) => ({
      declaration,
      access,
      traits: traits as Manifest["tools"][number]["traits"],
      ...(asks === undefined ? {} : { asks }),
    })),
    hosts: hosts.map(({ kind }) => kind),
    rules: rules.length,
    panes: panes.map(({ id, title }) => ({ id, title })),
    commands: commands.map(({ name, help }) => ({ name, help })),
    mcp: mcp as Manifest["mcp"],
    settings,
    wants,
  };
}

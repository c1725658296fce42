import { z } from "zod";
import { definePlugin, defineTool, ToolError } from "autonomy";

/** Hosts that pages are fetched from: it is granted these and no other. */
const HOSTS = ["docs.python.org", "developer.mozilla.org"];
/** Most characters of a page. */
const MOST_CHARACTERS = 100_000;

/** Makes a tool that fetches pages from some hosts, each `name` or `name:port`. */
export const fetchPage = (hosts: readonly string[], scheme = "https") =>
  defineTool({
    name: "fetch_page",
    describes: `Fetches a page of documentation as plain text, from ${hosts.join(" or ")} alone.`,
    input: z.object({ url: z.url().describe(`Address of the page, such as ${scheme}://${hosts[0]}/.`) }),
    access: "reads",
    permissions: { net: hosts },
    async run({ url }, { signal, report }) {
      const { protocol, host } = new URL(url);
      if (protocol !== `${scheme}:` || !hosts.includes(host)) {
        throw new ToolError(`Pages are fetched by ${scheme} from ${hosts.join(", ")}, not from ${protocol}//${host}.`);
      }
      report(`fetching ${url}`);
      // A redirect may lead to any host.
      const response = await fetch(url, { signal, redirect: "manual" });
      if (!response.ok) {
        await response.body?.cancel();
        const to = response.headers.get("location");
        throw new ToolError(`${url} answers ${response.status}${to === null ? "" : `: it is at ${new URL(to, url)}`}.`);
      }
      return plainText(await bounded(response));
    },
  });

async function bounded(response: Response): Promise<string> {
  let text = "";
  for await (const part of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    text += part;
    if (text.length >= MOST_CHARACTERS) break;
  }
  return text.slice(0, MOST_CHARACTERS);
}

function plainText(html: string): string {
  let hidden = false;
  const parts = html.split("<").map((part, index) => {
    if (index === 0) return part;
    if (/^\/?(?:script|style)\b/i.test(part)) hidden = !part.startsWith("/");
    return hidden ? "" : ` ${part.slice(part.indexOf(">") + 1)}`;
  });
  const named = { lt: "<", gt: ">", quot: '"', nbsp: " ", amp: "&" } as Readonly<Record<string, string>>;
  const text = parts.join("").replaceAll(/&(\w{1,8});/g, (entity, name) => named[name] ?? entity);
  return text.split("\n").map((line) => line.replaceAll(/[ \t]+/g, " ").trim()).filter(Boolean).join("\n");
}

/** A tool that reads documentation, from two hosts that it says. */
export default definePlugin({ name: "fetch_page", tools: [fetchPage(HOSTS)] });

import { z } from "zod";
import { definePlugin, defineTool, ToolError } from "autonomy";

/** Hosts that pages are fetched from: it is granted these and no other. */
const HOSTS = ["docs.python.org", "developer.mozilla.org"];
/** Most characters of a page; the application shortens what a model is shown. */
const MOST_CHARACTERS = 100_000;

/**
 * Makes a tool that fetches pages.
 *
 * @param hosts where from, `name` or `name:port`
 * @param scheme of their addresses
 */
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
  const words = html.replaceAll(/<(script|style)\b[^>]*>[^]*?<\/\1>/gi, "").replaceAll(/<[^>]*>/g, " ");
  const named = { lt: "<", gt: ">", quot: '"', nbsp: " ", amp: "&" } as Readonly<Record<string, string>>;
  return words.replaceAll(/&(\w+);/g, (entity, name) => named[name] ?? entity).replaceAll(/[ \t]+/g, " ")
    .replaceAll(/\s*\n\s*/g, "\n").trim();
}

/** A tool that reads documentation, from two hosts that it says. */
export default definePlugin({ name: "fetch_page", tools: [fetchPage(HOSTS)] });

import * as z from "zod";

/** Result of a call as it arrives; parts that cannot be read are told as such. */
export const CallResult = z.object({
  content: z.array(z.unknown()).optional(),
  structuredContent: z.unknown().optional(),
  isError: z.boolean().optional().catch(undefined),
});

/** Result of a call as it arrives. */
export type CallResult = z.infer<typeof CallResult>;

const data = z.string();
const mimeType = z.string().optional();
const Resource = z.object({ uri: z.string(), mimeType, text: z.string().optional(), blob: data.optional() });

const Part = z.discriminatedUnion("type", [
  z.object({ type: z.literal("text"), text: z.string() }),
  z.object({ type: z.literal("image"), data, mimeType }),
  z.object({ type: z.literal("audio"), data, mimeType }),
  z.object({ type: z.literal("resource"), resource: Resource }),
  z.object({ type: z.literal("resource_link"), uri: z.string(), name: z.string().optional(), mimeType }),
]);

/** Bytes of four characters of base64. */
const BYTES_OF_FOUR = 3;

/**
 * Writes a result as text: of what is no text, such as an image, a line says that it came.
 *
 * @param result what a server gave
 */
export function resultText({ content = [], structuredContent }: CallResult): string {
  const texts = content.map((value) => {
    const part = Part.safeParse(value);
    return part.success ? partText(part.data) : "[a part that cannot be read]";
  });
  if (texts.length > 0) return texts.join("\n");
  return structuredContent === undefined ? "(no text)" : JSON.stringify(structuredContent, null, 2);
}

function partText(part: z.infer<typeof Part>): string {
  switch (part.type) {
    case "text":
      return part.text;
    case "image":
    case "audio":
      return notShown(part.type, part.mimeType, part.data);
    case "resource_link":
      return `[resource ${part.name ?? ""} ${part.uri}${part.mimeType === undefined ? "" : `, ${part.mimeType}`}]`;
    case "resource": {
      const { uri, mimeType, text, blob = "" } = part.resource;
      return text === undefined ? notShown(`resource ${uri}`, mimeType, blob) : `[resource ${uri}]\n${text}`;
    }
  }
}

function notShown(what: string, mimeType = "of an unknown kind", data: string): string {
  return `[${what}, ${mimeType}, ${Math.floor(data.length / 4) * BYTES_OF_FOUR} bytes: not shown]`;
}

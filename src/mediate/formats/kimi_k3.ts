import { taggedArgumentsFormat } from "../tagged_arguments.ts";
import type { TextFormat } from "../types.ts";

/**
 * Kimi K3, each argument in a tag or all as one object in the tag `json`:
 * `<|open|>call tool="n" index="1"<|sep|><|open|>argument key="k" type="string"<|sep|>v<|close|>argument<|sep|><|close|>call<|sep|>`.
 */
export const kimiK3: TextFormat = taggedArgumentsFormat({
  name: "kimi_k3",
  marks: ["<|open|>call"],
  call:
    /(?:<\|open\|>tools<\|sep\|>\s*)?<\|open\|>call\s+tool=["'](?<name>[^"'\n]{1,120})["'][^<\n]{0,80}<\|sep\|>(?:\s*<\|open\|>json\b[^<\n]{0,40}<\|sep\|>(?=\s*\{))?/,
  argument:
    /<\|open\|>argument\s+key=["'](?<key>[^"'\n]{1,120})["'](?:\s+type=["'](?:(?<text>string)|\w{1,20})["'])?\s*<\|sep\|>/,
  argumentEnd: /<\|close\|>argument<\|sep\|>/,
  callEnd:
    /(?:<\|close\|>json<\|sep\|>\s*)?<\|close\|>call<\|sep\|>(?:\s*<\|close\|>tools<\|sep\|>)?|<\|close\|>tools<\|sep\|>/,
  exact: true,
});

import { apertus } from "./formats/apertus.ts";
import { argumentsInMarks } from "./formats/arguments_in_marks.ts";
import { callingTool } from "./formats/calling_tool.ts";
import { chatglm } from "./formats/chatglm.ts";
import { cohere } from "./formats/cohere.ts";
import { deepseek } from "./formats/deepseek.ts";
import { functionCallsJson } from "./formats/function_calls_json.ts";
import { functionary } from "./formats/functionary.ts";
import { gemmaCall } from "./formats/gemma_call.ts";
import { gigachat } from "./formats/gigachat.ts";
import { glmXml } from "./formats/glm_xml.ts";
import { granite } from "./formats/granite.ts";
import { harmony } from "./formats/harmony.ts";
import { hermesJson } from "./formats/hermes_json.ts";
import { inkling } from "./formats/inkling.ts";
import { internlm2 } from "./formats/internlm2.ts";
import { invokeXml } from "./formats/invoke_xml.ts";
import { jamba } from "./formats/jamba.ts";
import { kimi } from "./formats/kimi.ts";
import { kimiK3 } from "./formats/kimi_k3.ts";
import { lfm2Json } from "./formats/lfm2_json.ts";
import { llamaJson } from "./formats/llama_json.ts";
import { minicpmXml } from "./formats/minicpm_xml.ts";
import { minimaxM3 } from "./formats/minimax_m3.ts";
import { mistralArgs } from "./formats/mistral_args.ts";
import { mistralList } from "./formats/mistral_list.ts";
import { nameAbove } from "./formats/name_above.ts";
import { nameInMarks } from "./formats/name_in_marks.ts";
import { namedTags } from "./formats/named_tags.ts";
import { nemotron } from "./formats/nemotron.ts";
import { phi4Functools } from "./formats/phi4_functools.ts";
import { plainJson } from "./formats/plain_json.ts";
import { pythonBare } from "./formats/python_bare.ts";
import { pythonTagged } from "./formats/python_tagged.ts";
import { qwen3CoderXml } from "./formats/qwen3_coder_xml.ts";
import { qwenAgent } from "./formats/qwen_agent.ts";
import { react } from "./formats/react.ts";
import { toolBlock } from "./formats/tool_block.ts";
import { toolInput } from "./formats/tool_input.ts";
import { toolsTag } from "./formats/tools_tag.ts";
import { toolUseXml } from "./formats/tool_use_xml.ts";
import type { TextFormat } from "./types.ts";

/**
 * Every format that is read, the ones with marks of their own first: a reply is tried against them in this order. A new
 * family is a file in `formats/` and its place here.
 */
export const FORMATS: readonly TextFormat[] = [
  deepseek,
  kimi,
  kimiK3,
  harmony,
  functionary,
  mistralArgs,
  mistralList,
  minimaxM3,
  invokeXml,
  minicpmXml,
  qwen3CoderXml,
  glmXml,
  gemmaCall,
  callingTool,
  react,
  qwenAgent,
  toolUseXml,
  toolBlock,
  toolInput,
  chatglm,
  hermesJson,
  toolsTag,
  jamba,
  nemotron,
  granite,
  phi4Functools,
  internlm2,
  inkling,
  cohere,
  apertus,
  llamaJson,
  gigachat,
  lfm2Json,
  functionCallsJson,
  pythonTagged,
  namedTags,
  argumentsInMarks,
  nameInMarks,
  plainJson,
  pythonBare,
  nameAbove,
];

/**
 * Finds a format.
 * @returns the format, or undefined for a name that none has
 */
export function formatNamed(name: string): TextFormat | undefined {
  return FORMATS.find((format) => format.name === name);
}

/**
 * Chooses the formats that may stand in a text.
 * @param family name of the format that the model is known to write: tried first
 * @returns formats in the order in which they are to be tried
 */
export function formatsFor(text: string, family?: string): readonly TextFormat[] {
  const known = family === undefined ? undefined : formatNamed(family);
  const others = FORMATS.filter((format) =>
    format !== known && (format.marks.length === 0 || format.marks.some((mark) => text.includes(mark)))
  );
  return known === undefined ? others : [known, ...others];
}

/** Formats of the registry that the corpus's families are written in; a family without one has no known format. */
const FORMAT_OF_FAMILY: Readonly<Record<string, string>> = {
  apertus: "apertus",
  apriel: "jamba",
  arguments_json: "plain_json",
  bare_json: "plain_json",
  bare_json_text: "plain_json",
  cohere_action: "cohere",
  deepseek_dsml: "invoke_xml",
  deepseek_v31: "deepseek",
  deepseek_v3_fenced: "deepseek",
  fenced_json: "plain_json",
  functiongemma: "gemma_call",
  gemma4: "gemma_call",
  glm4_xml: "glm_xml",
  gigachat3: "gigachat",
  granite_or_hermes: "hermes_json",
  muse: "invoke_xml",
  named_tags: "named_tags",
  granite20b: "hermes_json",
  granite_list: "granite",
  harmony: "harmony",
  hermes_json: "hermes_json",
  hermes_json_broken_open: "hermes_json",
  hunyuan: "glm_xml",
  inkling: "inkling",
  internlm2: "internlm2",
  jamba: "jamba",
  json_list: "plain_json",
  kimi_k2: "kimi",
  kimi_k3: "kimi_k3",
  longcat: "hermes_json",
  lfm2: "python_tagged",
  minicpm5_xml: "minicpm_xml",
  minimax_m3: "minimax_m3",
  minimax_xml: "invoke_xml",
  mistral_args: "mistral_args",
  mistral_json: "mistral_list",
  nemotron_toolcall: "nemotron",
  olmo3_pythonic: "python_tagged",
  phi4_functools: "phi4_functools",
  poolside_laguna: "glm_xml",
  pythonic: "python_bare",
  qwen_agent: "qwen_agent",
  react: "react",
  qwen25coder_tools_tag: "tools_tag",
  qwen3_coder_xml: "qwen3_coder_xml",
  seed_oss_xml: "qwen3_coder_xml",
  step3: "invoke_xml",
  tool_use_xml: "tool_use_xml",
};

/**
 * Names the format that a family's models write.
 * @param family a row's `format_family`
 * @returns name of a format of the registry, or undefined where none is known
 */
export function formatOfFamily(family: string): string | undefined {
  return Object.hasOwn(FORMAT_OF_FAMILY, family) ? FORMAT_OF_FAMILY[family] : undefined;
}

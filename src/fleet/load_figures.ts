import type { HostLoad } from "../ports/model_host.ts";

/** Names under which servers count, in Prometheus' form: vLLM, llama.cpp, SGLang, text-generation-inference. */
const FIGURES: Readonly<Record<keyof HostLoad, RegExp>> = {
  running:
    /^(?:vllm:num_requests_running|llamacpp:requests_processing|sglang:num_running_reqs|tgi_batch_current_size)(?:\{| )/,
  waiting: /^(?:vllm:num_requests_waiting|llamacpp:requests_deferred|sglang:num_queue_reqs|tgi_queue_size)(?:\{| )/,
  cache:
    /^(?:vllm:kv_cache_usage_perc|vllm:gpu_cache_usage_perc|llamacpp:kv_cache_usage_ratio|sglang:token_usage)(?:\{| )/,
};

/** vLLM's own count of what its cache holds. */
const CACHE = /^vllm:cache_config_info\{([^}]{0,4000})\}/;
const BLOCKS = /(?:^|,)num_gpu_blocks="(\d{1,12})"/;
const BLOCK_SIZE = /(?:^|,)block_size="(\d{1,12})"/;
/** Most requests at once that are read out of the size of a cache. */
const MOST_SLOTS = 16;

/**
 * Reads how busy a server is.
 *
 * @param text what it exports in Prometheus' form
 * @returns null where nothing of it is known; of several models or engines the sum, and the fullest cache
 */
export function loadIn(text: string): HostLoad | null {
  const lines = text.split("\n");
  const values = (pattern: RegExp) =>
    lines.filter((line) => pattern.test(line)).map((line) => Number(line.slice(line.lastIndexOf(" ") + 1)))
      .filter((value) => value >= 0);
  const sum = (pattern: RegExp) => {
    const all = values(pattern);
    return all.length === 0 ? null : all.reduce((one, other) => one + other, 0);
  };
  const caches = values(FIGURES.cache);
  const load = {
    running: sum(FIGURES.running),
    waiting: sum(FIGURES.waiting),
    cache: caches.length === 0 ? null : Math.min(1, Math.max(...caches)),
  };
  return Object.values(load).every((figure) => figure === null) ? null : load;
}

/**
 * Reads how many requests of the whole window fit into vLLM's cache at once, as vLLM itself logs it when it starts.
 *
 * @param text what it exports in Prometheus' form
 * @param window its window in tokens
 * @returns 1 to 16; null where it does not say
 */
export function slotsIn(text: string, window: number): number | null {
  const labels = text.split("\n").map((line) => CACHE.exec(line)?.[1]).find((found) => found !== undefined);
  const count = (pattern: RegExp) => Number(pattern.exec(labels ?? "")?.[1] ?? NaN);
  const tokens = count(BLOCKS) * count(BLOCK_SIZE);
  if (!(tokens > 0) || !(window > 0)) return null;
  return Math.min(MOST_SLOTS, Math.max(1, Math.floor(tokens / window)));
}

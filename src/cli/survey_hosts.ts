import { type HostSurvey, type ModelHost } from "../ports/model_host.ts";
import { openHost } from "../fleet/detect_host.ts";
import { reasonOf } from "./command_error.ts";
import type { Config, HostSetting } from "./config.ts";

/** A configured host with what it said of itself. */
export interface SurveyedHost {
  readonly name: string;
  readonly setting: HostSetting;
  readonly origin: string;
  /** null where it did not answer. */
  readonly answer: { readonly host: ModelHost; readonly survey: HostSurvey } | null;
  /** Why it did not answer; empty where it did. */
  readonly reason: string;
}

/**
 * Asks every configured host what it has and holds, all at the same time.
 *
 * @param config the hosts
 * @param signal ends the questions
 * @returns the hosts in their order; the caller closes those that answered
 * @throws the signal's reason when it is aborted
 */
export function surveyHosts(config: Config, signal: AbortSignal): Promise<readonly SurveyedHost[]> {
  const asked = Object.entries(config.hosts).map(async ([name, { value: setting, origin }]): Promise<SurveyedHost> => {
    let host: ModelHost | null = null;
    try {
      host = await openHost(setting, signal);
      return { name, setting, origin, answer: { host, survey: await host.survey(signal) }, reason: "" };
    } catch (error) {
      host?.close();
      signal.throwIfAborted();
      return { name, setting, origin, answer: null, reason: reasonOf(error) };
    }
  });
  return Promise.all(asked);
}

/** Closes what a survey opened. */
export function closeHosts(hosts: readonly SurveyedHost[]): void {
  for (const { answer } of hosts) answer?.host.close();
}

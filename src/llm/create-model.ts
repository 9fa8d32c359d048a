import type { Clock } from '../lib/clock.ts';
import { createDemoModel } from './demo-model.ts';
import { type ModelLog, withFallback } from './fallback-model.ts';
import type { LanguageModel } from './language-model.ts';
import { createOpenAiModel } from './openai-model.ts';
import { defaultStreamLimits, type StreamLimits, withStreamLimits } from './stream-limits.ts';

export type EndpointSettings = { baseUrl: string; apiKey?: string | undefined; model: string };

export type ModelSettings = {
  /** None means the demo model, whatever `fallback` says. */
  endpoint?: EndpointSettings | undefined;
  fallback?: EndpointSettings | undefined;
  /** The demo model's pace; 0 is as fast as possible. */
  demoTokensPerSecond: number;
  limits?: StreamLimits | undefined;
};

export type ModelDeps = {
  clock: Clock;
  log: ModelLog;
  fetch?: typeof globalThis.fetch;
  /** Wraps each endpoint's model, for whoever keeps account of calls. */
  meter?: (model: LanguageModel, tier: 'primary' | 'fallback') => LanguageModel;
};

/** The model that the configuration asks for, with its limits and its fallback. */
export function createModel(settings: ModelSettings, deps: ModelDeps): LanguageModel {
  const { endpoint, fallback, demoTokensPerSecond, limits = defaultStreamLimits } = settings;
  const { meter = (model) => model } = deps;
  if (!endpoint)
    return meter(createDemoModel({ clock: deps.clock, tokensPerSecond: demoTokensPerSecond }), 'primary');
  const limited = ({ baseUrl, ...rest }: EndpointSettings) =>
    withStreamLimits(createOpenAiModel({ baseURL: baseUrl, ...rest, ...deps }), limits, deps.clock);
  const primary = meter(limited(endpoint), 'primary');
  if (!fallback) return primary;
  return withFallback(primary, meter(limited(fallback), 'fallback'), deps.log, deps.clock);
}

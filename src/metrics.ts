import { Counter, collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import { isKnown } from './domain/event.ts';
import type { EventLog } from './eventlog/event-log.ts';
import { countable, type UsageCall } from './usage/usage-call.ts';

/** What Prometheus may ask, of this process. */
export function createMetrics(connections: () => number, redis: { isUp: boolean } | undefined) {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const events = new Counter({
    name: 'kibitz_events_total',
    help: 'Events of the log that this process has seen committed',
    labelNames: ['kind'],
    registers: [registry],
  });
  const turns = new Counter({
    name: 'kibitz_turns_ended_total',
    help: 'Ended turns by outcome',
    labelNames: ['outcome'],
    registers: [registry],
  });
  const frames = new Counter({
    name: 'kibitz_token_frames_total',
    help: 'Frames of live text sent to rooms',
    registers: [registry],
  });
  const calls = new Counter({
    name: 'kibitz_model_calls_total',
    help: 'Calls of models by purpose and outcome',
    labelNames: ['purpose', 'outcome'],
    registers: [registry],
  });
  const tokens = new Counter({
    name: 'kibitz_model_tokens_total',
    help: 'Tokens that calls of models took, reported or estimated, by purpose and outcome',
    labelNames: ['purpose', 'outcome', 'direction'],
    registers: [registry],
  });
  const lost = new Counter({
    name: 'kibitz_redis_messages_lost_total',
    help: 'Messages to other processes that Redis did not take',
    registers: [registry],
  });
  if (redis !== undefined)
    new Gauge({
      name: 'kibitz_redis_up',
      help: 'Whether Redis answers',
      registers: [registry],
      collect() {
        this.set(Number(redis.isUp));
      },
    });
  new Gauge({
    name: 'kibitz_connections',
    help: 'Connected sockets',
    registers: [registry],
    collect() {
      this.set(connections());
    },
  });

  return {
    countToken: () => frames.inc(),
    countLost: () => lost.inc(),
    countCall({ purpose, outcome, promptTokens, completionTokens }: UsageCall): void {
      calls.inc({ purpose, outcome });
      tokens.inc({ purpose, outcome, direction: 'in' }, countable(promptTokens));
      tokens.inc({ purpose, outcome, direction: 'out' }, countable(completionTokens));
    },
    watch(eventLog: EventLog): void {
      eventLog.subscribe((_roomId, committed) => {
        for (const event of committed) {
          events.inc({ kind: isKnown(event) ? event.kind : 'unknown' });
          if (isKnown(event) && event.kind === 'turn.ended') turns.inc({ outcome: event.data.outcome });
        }
      });
    },
    render: async () => ({ contentType: registry.contentType, text: await registry.metrics() }),
  };
}

export type Metrics = ReturnType<typeof createMetrics>;

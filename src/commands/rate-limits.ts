import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { KibitzError } from '../lib/errors.ts';

/** How often something may be done: `points` in `seconds`. */
type Rate = { points: number; seconds: number };

export type Rates = { command: Rate; create: Rate; enter: Rate; upload: Rate };

/** Far above what people do, below what hurts: commands, things made, and files brought in or rooms forked a user, sign-ins and joins an address. */
export const defaultRates: Rates = {
  command: { points: 1_000, seconds: 10 },
  create: { points: 300, seconds: 60 },
  enter: { points: 1_200, seconds: 60 },
  upload: { points: 30, seconds: 60 },
};

/** Each throws `rate_limited` with the seconds after which it is worth trying again. */
export function createRateLimits(rates: Rates) {
  const limit = ({ points, seconds }: Rate) => {
    const limiter = new RateLimiterMemory({ points, duration: seconds });
    return async (who: string): Promise<void> => {
      try {
        await limiter.consume(who);
      } catch (reason) {
        if (!(reason instanceof RateLimiterRes)) throw reason;
        const retryAfter = Math.max(1, Math.ceil(reason.msBeforeNext / 1_000));
        throw new KibitzError('rate_limited', `That was a lot at once. Try again in ${retryAfter} s.`, {
          retryAfter,
        });
      }
    };
  };
  return {
    command: limit(rates.command),
    create: limit(rates.create),
    enter: limit(rates.enter),
    upload: limit(rates.upload),
  };
}

export type RateLimits = ReturnType<typeof createRateLimits>;

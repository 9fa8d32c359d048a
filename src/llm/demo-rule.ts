import type { DemoPrompt } from './demo-prompt.ts';
import type { Hint } from './fill-schema.ts';

/** How the demo model fills in the answer to one task, property by property. `background`: the system messages. */
export type DemoRule = (prompt: DemoPrompt, background: string) => Hint;

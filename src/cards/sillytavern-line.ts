import { z } from 'zod';
import { isJsonObject, type JsonObject } from '../domain/json.ts';

/** What is understood of a line; the rest is kept beside it. */
export const lineSchema = z.object({
  name: z.string().optional().catch(undefined),
  is_user: z.boolean().catch(false),
  is_system: z.boolean().catch(false),
  mes: z.string(),
  send_date: z.unknown().optional(),
  extra: z
    .object({ model: z.string().optional().catch(undefined), type: z.unknown().optional() })
    .catch({ type: undefined }),
});
export type Line = z.infer<typeof lineSchema>;

/** What a message keeps of the line it came from: `line` with its first version, `swipe` with each. */
export type LineOrigin = { line?: JsonObject; swipe?: JsonObject };

export function lineOriginOf(origin: JsonObject | undefined): LineOrigin {
  return {
    ...(isJsonObject(origin?.line) ? { line: origin.line } : {}),
    ...(isJsonObject(origin?.swipe) ? { swipe: origin.swipe } : {}),
  };
}

export type Swipes = { texts: string[]; selected: number; infos: JsonObject[] | undefined };

/** The versions of a line, the selected one as the line says it; undefined when it has none or they make no sense. */
export function swipesIn(line: JsonObject, mes: string): Swipes | undefined {
  const { swipes, swipe_id: id, swipe_info: infos } = line;
  if (!Array.isArray(swipes) || !swipes.every((text) => typeof text === 'string')) return undefined;
  if (!Number.isInteger(id) || !((id as number) >= 0 && (id as number) < swipes.length)) return undefined;
  const areUsable = Array.isArray(infos) && infos.length === swipes.length && infos.every(isJsonObject);
  const selected = id as number;
  return { texts: swipes.with(selected, mes), selected, infos: areUsable ? infos : undefined };
}

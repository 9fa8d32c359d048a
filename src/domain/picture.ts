import { z } from 'zod';
import { limits } from './limits.ts';

/** How the base64 of each kind of picture begins, by what its first bytes are. SVG is not among them: it can hold script. */
const beginnings = { png: 'iVBORw0KGgo', jpeg: '/9j/', webp: 'UklGR' } as const;

const dataUrl = /^data:image\/(png|jpeg|webp);base64,([A-Za-z0-9+/]+={0,2})$/;

/** A small picture that is all in its `data:` URL, so that showing it fetches nothing. */
export const pictureSchema = z
  .string()
  .max(limits.avatar)
  .refine((url) => {
    const [, kind, bytes] = dataUrl.exec(url) ?? [];
    return kind !== undefined && bytes?.startsWith(beginnings[kind as keyof typeof beginnings]);
  }, 'must be a data: URL of a PNG, JPEG or WebP picture');

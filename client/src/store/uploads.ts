import { limits } from '../../../src/domain/limits.ts';
import { sourceFormats } from '../../../src/domain/source.ts';

/** A file on its way into the library; `error` where it did not get there. */
export type Upload = {
  id: string;
  name: string;
  /** 0 to 1: how much of it has been sent. */
  sent: number;
  error?: string;
};

/** What a choice of files offers. */
export const acceptedFiles = sourceFormats.map((format) => `.${format}`).join(',');

const formats: readonly string[] = sourceFormats;
const megabyte = 1024 * 1024;

/** Why a file need not be sent at all, in words; nothing where it may be. */
export function refusalOf({ name, size }: Pick<File, 'name' | 'size'>): string | undefined {
  const ending = name.includes('.') ? name.slice(name.lastIndexOf('.') + 1).toLowerCase() : '';
  if (!formats.includes(ending)) {
    return `The library reads ${sourceFormats.map((format) => `.${format}`).join(', ')}.`;
  }
  if (size === 0) return 'The file is empty.';
  if (size > limits.sourceBytes) {
    return `The file has ${Math.ceil(size / megabyte)} MB; the library takes up to ${limits.sourceBytes / megabyte} MB.`;
  }
  return undefined;
}

/** The uploads with one of them changed, or gone. */
export function withUpload(
  uploads: readonly Upload[],
  id: string,
  change: Partial<Upload> | undefined,
): readonly Upload[] {
  if (change === undefined) return uploads.filter((upload) => upload.id !== id);
  return uploads.map((upload) => (upload.id === id ? { ...upload, ...change } : upload));
}

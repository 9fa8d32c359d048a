import { KibitzError } from '../lib/errors.ts';
import { type Card, invalidCard, upgraded } from './card.ts';
import { avatarOf } from './picture.ts';
import { isPng, type PngChunk, readChunks, textOf } from './png-chunks.ts';

/** Bytes that a card may have. */
export const cardLimits = { json: 1024 * 1024, png: 8 * 1024 * 1024 } as const;

/** A card as it was uploaded, with the picture it came in. */
export type UploadedCard = { card: Card; avatar: string | undefined };

/** Reads a character card, V1 to V3, from JSON or from a PNG that carries one; throws what is wrong with it. */
export function readCard(bytes: Buffer): UploadedCard {
  if (!isPng(bytes)) return { card: cardFrom(bytes, 'the file'), avatar: undefined };
  if (bytes.length > cardLimits.png) throw tooLarge('A PNG card', cardLimits.png);
  const chunks = readChunks(bytes);
  return { card: cardIn(chunks), avatar: avatarOf(chunks) };
}

/** Where both are, the older `chara` is a copy for those who cannot read `ccv3`. */
function cardIn(chunks: readonly PngChunk[]): Card {
  for (const keyword of ['ccv3', 'chara']) {
    const text = textOf(chunks, keyword);
    if (text !== undefined) return cardFrom(fromBase64(text.trim(), keyword), keyword);
  }
  throw invalidCard('the PNG', 'has no character in it, neither as “ccv3” nor as “chara”');
}

function fromBase64(text: string, keyword: string): Buffer {
  if (text.length > (cardLimits.json * 4) / 3 + 4) throw tooLarge('A card', cardLimits.json);
  if (!/^[A-Za-z0-9+/\s]*={0,2}$/.test(text)) throw invalidCard(keyword, 'is not base64');
  return Buffer.from(text, 'base64');
}

function cardFrom(bytes: Buffer, where: string): Card {
  if (bytes.length > cardLimits.json) throw tooLarge('A card', cardLimits.json);
  return upgraded(parsed(bytes, where));
}

function parsed(bytes: Buffer, where: string): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (reason) {
    if (reason instanceof SyntaxError) throw invalidCard(where, 'is not JSON');
    throw invalidCard(where, 'is not UTF-8');
  }
}

function tooLarge(what: string, bytes: number): KibitzError {
  return new KibitzError('too_large', `${what} may have ${bytes / 1024 / 1024} MB.`, { field: 'file' });
}

import OpenAI from 'openai';

/** The yardstick: the endpoint asked directly, with the openai client and its own iterator. */
export function createBareClient(baseURL: string) {
  const client = new OpenAI({ baseURL, apiKey: 'none', maxRetries: 0 });
  return {
    /** Milliseconds from the call to the first text. Resolves when the stream is over. */
    async measure(text: string): Promise<number> {
      const askedAt = performance.now();
      let first = Number.NaN;
      const messages = [{ role: 'user' as const, content: text }];
      for await (const chunk of await client.chat.completions.create({
        model: 'bench',
        messages,
        stream: true,
      })) {
        if (Number.isNaN(first) && chunk.choices[0]?.delta.content) first = performance.now();
      }
      return first - askedAt;
    },
  };
}

import { createParser } from 'eventsource-parser';
import { modelError } from './model-error.ts';
import { type Completion, readCompletion } from './read-completion.ts';
import { notTheProtocol } from './status-error.ts';

/** No event and no whole answer is larger; what is has nothing to do with a chat. */
const mostCharacters = 4_000_000;

/**
 * The completions in a streamed response, in order, until `[DONE]` or its end. An endpoint that ignored
 * `stream: true` and sent one JSON answer is read too. Leaving early closes the connection.
 */
export async function* readCompletionStream(response: Response): AsyncGenerator<Completion, void, undefined> {
  if (contentType(response).includes('json')) {
    yield await readCompletionBody(response);
    return;
  }
  const events: string[] = [];
  const parser = createParser({
    onEvent: (event) => events.push(event.data),
    onError: (error) => {
      if (error.type === 'max-buffer-size-exceeded') throw modelError('garbage', notTheProtocol, error);
    },
    maxBufferSize: mostCharacters,
  });
  for await (const text of readText(response)) {
    parser.feed(text);
    for (const data of events.splice(0)) {
      if (data.trim() === '[DONE]') return;
      yield readCompletion(data);
    }
  }
}

/** The one completion in a response that is not streamed. */
export async function readCompletionBody(response: Response): Promise<Completion> {
  let json = '';
  for await (const text of readText(response)) {
    json += text;
    if (json.length > mostCharacters) throw modelError('garbage', notTheProtocol);
  }
  return readCompletion(json);
}

async function* readText(response: Response): AsyncGenerator<string, void, undefined> {
  // A web page is never read further: it may be large, and it only means that the address is wrong.
  if (response.body === null || contentType(response).includes('html')) {
    await response.body?.cancel();
    throw modelError('garbage', notTheProtocol, new Error(`content type ${contentType(response)}`));
  }
  const decoder = new TextDecoder();
  for await (const bytes of response.body) yield decoder.decode(bytes, { stream: true });
}

function contentType(response: Response): string {
  return response.headers.get('content-type')?.toLowerCase() ?? '';
}

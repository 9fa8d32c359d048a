import { useState } from 'react';

const fewCharacters = 420;
const fewLines = 7;

/** A text as it was written; a long one is cut until it is asked for. */
export function LongText({ text, className = '' }: { text: string; className?: string }) {
  const [isWhole, setIsWhole] = useState(false);
  const isLong = text.length > fewCharacters || text.split('\n', fewLines + 1).length > fewLines;
  return (
    <>
      <p className={`known-text ${className} ${isLong && !isWhole ? 'known-text-cut' : ''}`}>{text}</p>
      {isLong ? (
        <button
          type="button"
          className="text-button known-more"
          aria-expanded={isWhole}
          onClick={() => setIsWhole(!isWhole)}
        >
          {isWhole ? 'Show less' : 'Show all'}
        </button>
      ) : null}
    </>
  );
}

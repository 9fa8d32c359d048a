import { significanceWord } from '../store/memories.ts';

const steps = [2, 4, 6, 8, 10];

/** How much a memory means to its bot, 1–10: as a mark and in words. */
export function Significance({ value }: { value: number }) {
  return (
    <span className="significance">
      <span className="significance-mark" aria-hidden="true">
        {steps.map((step) => (
          <i key={step} data-filled={value >= step ? 'whole' : value === step - 1 ? 'half' : 'none'} />
        ))}
      </span>
      {significanceWord(value)} <span className="significance-value">({value} of 10)</span>
    </span>
  );
}

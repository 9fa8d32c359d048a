import { figure, percent } from './figures.ts';

type Props = { whose: string; spent: { tokens: number; budget?: number | undefined } };

/** Tokens that were taken, of a budget where there is one. */
export function BudgetBar({ whose, spent: { tokens, budget } }: Props) {
  if (budget === undefined)
    return (
      <li>
        <span>{whose}</span>
        <span>
          <b>{figure(tokens)}</b> tokens · no limit
        </span>
      </li>
    );
  const isSpent = tokens >= budget;
  return (
    <li data-spent={isSpent}>
      <span>{whose}</span>
      <span>
        <b>{figure(tokens)}</b> of {figure(budget)} tokens · {isSpent ? 'used up' : percent(tokens, budget)}
      </span>
      <span className="usage-budget" aria-hidden="true">
        <i style={{ width: `${Math.min(100, (100 * tokens) / budget)}%` }} />
      </span>
    </li>
  );
}

import { ArrowRight } from 'lucide-react';
import type { Figure } from '../store/cast.ts';
import { Someone } from './someone.tsx';

/** Who, about whom. */
export function PairName({ from, to }: { from: Figure; to: Figure }) {
  return (
    <span className="pair-name">
      <Someone figure={from} />
      <ArrowRight aria-hidden="true" />
      <span className="visually-hidden"> about </span>
      <Someone figure={to} />
    </span>
  );
}

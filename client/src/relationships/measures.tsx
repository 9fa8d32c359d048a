import type { Edge } from '../../../src/domain/relationships.ts';
import { affinityWord, toneOf, trustWord } from '../store/edge-words.ts';
import { Gauge } from './gauge.tsx';

/** How much somebody likes and trusts another: figure, word and gauge. */
export function Measures({ edge: { affinity, trust } }: { edge: Edge }) {
  return (
    <dl className="measures">
      <div>
        <dt>Affinity</dt>
        <dd>
          {affinity} <span>{affinityWord(affinity)}</span>
          <Gauge value={affinity} tone={toneOf(affinity)} from="middle" />
        </dd>
      </div>
      <div>
        <dt>Trust</dt>
        <dd>
          {trust} <span>{trustWord(trust)}</span>
          <Gauge value={trust} />
        </dd>
      </div>
    </dl>
  );
}

import { useMemo } from 'react';
import { atLeast } from '../../../src/domain/roles.ts';
import { Part } from '../known/part.tsx';
import { useDesk, useLiveRoom } from '../room/room-context.ts';
import { depthsOf, lostEdits } from '../store/brief.ts';
import { roleOf } from '../store/room-view.ts';
import { AddSection } from './add-section.tsx';
import { BriefSection } from './brief-section.tsx';
import { LastRefresh } from './last-refresh.tsx';
import { LostBlock } from './lost-block.tsx';
import { PasteMarkdown } from './paste-markdown.tsx';
import { Refresh } from './refresh.tsx';

/** A short text on where things stand, and what it rests on. */
export function BriefPart() {
  const document = useLiveRoom((room) => room.state.brief.document);
  const takesPart = useLiveRoom((room) => atLeast(roleOf(room), 'participant'));
  const edits = useDesk((desk) => desk.blocks);
  const { sections } = document;
  const depths = useMemo(() => depthsOf(sections), [sections]);
  const isEmpty = sections.every(({ heading, blocks }) => heading === '' && blocks.length === 0);
  return (
    <Part id="known-brief" title="Brief">
      {isEmpty ? (
        <p className="part-none">
          A brief tells in a page what is known, what was tried and what is open, for whoever comes in later.
          It is drawn from the facts and the conversation, and everybody can reword it.
        </p>
      ) : null}
      <Refresh isFirst={isEmpty} takesPart={takesPart} />
      <LastRefresh />
      {sections.map((section, index) => (
        <BriefSection key={section.id} section={section} depth={depths[index] ?? 1} takesPart={takesPart} />
      ))}
      <ul className="known-list">
        {lostEdits(document, edits).map((place) => (
          <LostBlock key={place} place={place} />
        ))}
      </ul>
      {takesPart ? <AddSection /> : null}
      {takesPart && isEmpty ? <PasteMarkdown /> : null}
    </Part>
  );
}

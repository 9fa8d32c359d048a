import { Ellipsis, Pencil, Plus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { Section } from '../../../src/domain/document/document.ts';
import { limits } from '../../../src/domain/limits.ts';
import { EditForm } from '../known/edit-form.tsx';
import { useDesk, useLiveRoom, useRoomTools } from '../room/room-context.ts';
import { placeBefore, placeIn } from '../store/brief.ts';
import { withEdit } from '../store/desk.ts';
import { Menu, MenuItem } from '../ui/menu.tsx';
import { tellError, tellUndo } from '../ui/toasts.tsx';
import { useAction } from '../ui/use-action.ts';
import { BriefBlock } from './brief-block.tsx';
import { NewBlock } from './new-block.tsx';
import { useBrief } from './use-brief.ts';

type Props = { section: Section; depth: number; takesPart: boolean };

/** A section of the brief; the first may have no heading. */
export function BriefSection({ section, depth, takesPart }: Props) {
  const { id, heading, blocks } = section;
  const { desk } = useRoomTools();
  const isAdding = useDesk((state) => placeIn(id) in state.blocks);
  const [newName, setNewName] = useState<string>();
  const remove = useRemoveSection(section);
  const add = () =>
    desk.setState((state) => ({ blocks: withEdit(state.blocks, placeIn(id), { text: '', sectionId: id }) }));
  const Heading = `h${Math.min(6, 3 + depth)}` as 'h4';
  return (
    <div className="brief-section">
      {heading === '' || newName !== undefined ? null : (
        <div className="brief-head">
          <Heading>{heading}</Heading>
          {takesPart ? (
            <Menu label={`Change the section ${heading}`} trigger={<Ellipsis />}>
              <MenuItem icon={<Plus />} onChoose={add}>
                Add a paragraph
              </MenuItem>
              <MenuItem icon={<Pencil />} onChoose={() => setNewName(heading)}>
                Rename
              </MenuItem>
              <MenuItem icon={<Trash2 />} look="danger" onChoose={() => void remove()}>
                Remove section
              </MenuItem>
            </Menu>
          ) : null}
        </div>
      )}
      {newName === undefined ? null : <Rename section={section} name={newName} onChange={setNewName} />}
      {blocks.map((block) => (
        <BriefBlock key={block.id} block={block} section={section} takesPart={takesPart} />
      ))}
      {blocks.length === 0 && heading !== '' && !isAdding ? (
        <p className="part-none">Nothing is written here yet.</p>
      ) : null}
      {isAdding ? <NewBlock place={placeIn(id)} after={undefined} /> : null}
    </div>
  );
}

type RenameProps = { section: Section; name: string; onChange: (name: string | undefined) => void };

function Rename({ section: { id, heading }, name, onChange }: RenameProps) {
  const { apply } = useBrief();
  const { busy, error, run } = useAction();
  const save = () =>
    run(async () => {
      const new_heading = name.trim();
      if (new_heading !== heading) await apply({ op: 'rename_section', section_id: id, new_heading });
      onChange(undefined);
    });
  return (
    <EditForm
      label="Heading"
      value={name}
      onChange={onChange}
      maxLength={limits.title}
      save="Rename"
      busy={busy}
      error={error}
      onSave={() => void save()}
      onCancel={() => onChange(undefined)}
    />
  );
}

function useRemoveSection({ id, heading, level, blocks }: Section): () => Promise<void> {
  const { apply } = useBrief();
  const after = useLiveRoom(({ state }) =>
    placeBefore(
      state.brief.document.sections.map((section) => section.id),
      id,
    ),
  );
  return async () => {
    try {
      await apply({ op: 'remove_section', section_id: id });
      tellUndo('Section removed', 'Undo adds its text again, without what it rested on.', () =>
        apply({
          op: 'add_section',
          heading,
          level,
          blocks: blocks.map(({ text }) => text),
          ...(after === null ? {} : { after_section_id: after }),
        }),
      );
    } catch (error) {
      tellError('The section stays', error);
    }
  };
}

import { Ellipsis, Pencil, Plus, Trash2 } from 'lucide-react';
import { memo } from 'react';
import type { Block, Section } from '../../../src/domain/document/document.ts';
import { Markdown } from '../markdown/markdown.tsx';
import { useDesk, useRoomTools } from '../room/room-context.ts';
import { type BlockEdit, placeAfter, placeBefore } from '../store/brief.ts';
import { withEdit } from '../store/desk.ts';
import { Menu, MenuItem } from '../ui/menu.tsx';
import { tellError, tellUndo } from '../ui/toasts.tsx';
import { BlockEditor } from './block-editor.tsx';
import { NewBlock } from './new-block.tsx';
import { RestsOn } from './rests-on.tsx';
import { useBrief } from './use-brief.ts';

type Props = { block: Block; section: Section; takesPart: boolean };

/** A paragraph of the brief, with what it rests on. */
export const BriefBlock = memo(function BriefBlock({ block, section, takesPart }: Props) {
  const { id, text } = block;
  const { desk } = useRoomTools();
  const edit = useDesk((state) => state.blocks[id]);
  const isAdding = useDesk((state) => placeAfter(id) in state.blocks);
  const remove = useRemoveBlock(block, section);
  const begin = (place: string, begun: Omit<BlockEdit, 'sectionId'>) =>
    desk.setState(({ blocks }) => ({
      blocks: withEdit(blocks, place, { ...begun, sectionId: section.id }),
    }));
  return (
    <>
      {edit === undefined ? (
        <div id={`b-${id}`} className="brief-block" tabIndex={-1}>
          <div className="markdown">
            <Markdown text={text} />
          </div>
          {takesPart ? (
            <Menu label="Change this paragraph" trigger={<Ellipsis />}>
              <MenuItem icon={<Pencil />} onChoose={() => begin(id, { text, base: text })}>
                Edit
              </MenuItem>
              <MenuItem icon={<Plus />} onChoose={() => begin(placeAfter(id), { text: '' })}>
                Add a paragraph below
              </MenuItem>
              <MenuItem icon={<Trash2 />} look="danger" onChoose={() => void remove()}>
                Remove paragraph
              </MenuItem>
            </Menu>
          ) : null}
          <RestsOn block={block} />
        </div>
      ) : (
        <BlockEditor block={block} edit={edit} />
      )}
      {isAdding ? <NewBlock place={placeAfter(id)} after={id} /> : null}
    </>
  );
});

function useRemoveBlock({ id, text }: Block, section: Section): () => Promise<void> {
  const { apply } = useBrief();
  const section_id = section.id;
  return async () => {
    const after_block_id = placeBefore(
      section.blocks.map((block) => block.id),
      id,
    );
    try {
      await apply({ op: 'remove_block', section_id, block_id: id });
      tellUndo('Paragraph removed', 'Undo adds its text again, without what it rested on.', () =>
        apply({ op: 'insert_block', section_id, after_block_id, text }),
      );
    } catch (error) {
      tellError('The paragraph stays', error);
    }
  };
}

import { asKibitzError } from '../../../src/lib/errors.ts';
import { randomId } from '../../../src/lib/ids.ts';
import { api } from '../api/api.ts';
import { useDesk, useRoomTools } from '../room/room-context.ts';
import { refusalOf, type Upload, withUpload } from '../store/uploads.ts';
import { tell } from '../ui/toasts.tsx';

/** More at once make none of them faster. */
const atOnce = 3;

/** Sends files to the room's library. They go on while the panel is closed. */
export function useUploads() {
  const { roomId, desk } = useRoomTools();
  const uploads = useDesk((state) => state.uploads);
  const change = (id: string, changed: Partial<Upload> | undefined) =>
    desk.setState((state) => ({ uploads: withUpload(state.uploads, id, changed) }));
  const send = async ({ upload, file }: { upload: Upload; file: File }) => {
    try {
      await api.addSource(roomId, file, (sent) => change(upload.id, { sent }));
      change(upload.id, undefined);
      tell(`${file.name} is in the library`);
    } catch (thrown) {
      change(upload.id, { error: asKibitzError(thrown).message });
    }
  };
  const add = (files: readonly File[]) => {
    const all = files.map((file) => {
      const error = refusalOf(file);
      const upload: Upload = { id: randomId(), name: file.name, sent: 0, ...(error && { error }) };
      return { upload, file };
    });
    desk.setState((state) => ({ uploads: [...state.uploads, ...all.map(({ upload }) => upload)] }));
    const waiting = all.filter(({ upload }) => upload.error === undefined);
    const sendNext = async (): Promise<void> => {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) await send(next);
    };
    for (let sender = 0; sender < atOnce; sender += 1) void sendNext();
  };
  return { uploads, add, dismiss: (id: string) => change(id, undefined) };
}

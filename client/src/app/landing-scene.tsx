import { Eye } from 'lucide-react';
import { MessageFrame } from '../timeline/message-frame.tsx';

const person = (id: string, name: string) => ({ type: 'user' as const, id, name });

/** A glimpse of a room, for those who see it; the words beside it say the same. */
export function LandingScene() {
  return (
    <div className="scene" aria-hidden="true" inert>
      <MessageFrame author={person('mira', 'Mira')}>
        <p className="message-text">It only fails on Tuesdays. Always at ten past two.</p>
      </MessageFrame>
      <MessageFrame author={person('jonas', 'Jonas')}>
        <p className="message-text">@Kibitz what else runs then?</p>
      </MessageFrame>
      <MessageFrame author={{ type: 'bot', id: 'kibitz', name: 'Kibitz' }}>
        <div className="message-text markdown growing">
          <p>
            The full backup starts at <strong>two</strong>, on Tuesdays only. It fills the disk that the build
            writes to, and
          </p>
        </div>
      </MessageFrame>
      <p className="scene-foot">
        <Eye /> 2 here · 14 watching
      </p>
    </div>
  );
}

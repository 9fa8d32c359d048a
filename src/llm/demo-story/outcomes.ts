import type { DeedKind } from './deed.ts';

/** What comes of a deed, by its kind. */
export const outcomes: Readonly<Record<DeedKind, readonly string[]>> = {
  open: [
    'It gives with a sound like a held breath let go. On the other side it is darker than it ought to be, and something pale draws back from the edge of the light.',
    'It sticks, and then it does not. First comes the cold, then a smell of rain and old iron, and only then the figure that has been standing there all along, one hand still raised.',
    'It moves by a hand’s breadth, stops against something soft, and the something steps aside.',
    'Nobody is behind it. But the floor there is wet, in the shape of two bare feet, and they point this way.',
  ],
  look: [
    'There is what one would expect, and then, for whoever goes on looking, the thing beside it that nobody would.',
    'At first there is only a reflection. Then it blinks, and nobody on this side did.',
    'There is a light out there, low and patient, and no one is carrying it.',
    'There are marks, small ones, scratched in a hurry. The last of them has not been finished.',
    'It is not much: a thread, a smear of ash, half a footprint. An hour ago none of it was there.',
  ],
  move: [
    'Every step tells somebody where you are. When you stand still, one more step can be heard, and then that one stops, too.',
    'It is further than it looked, and colder at the end of it. Somebody has left a light burning there, and a chair that is turned to face you.',
    'The way is there, and so is whoever knows it better; you can hear them keep ahead of you, never quite out of reach.',
    'From there one can see both ways, and in both of them something has just stopped moving.',
  ],
  touch: [
    'It is warm, as if somebody had held it until a moment ago.',
    'It weighs more than it should. On the underside a name is scratched, and not a stranger’s.',
    'A small thing changes hands, and with it, somehow, the turn to speak.',
    'It fits the hand as though it had been made for it. Nobody remarks on that.',
  ],
  rest: [
    'Time passes. The quiet gets used to you, and underneath it there is breathing, slow, from where nobody is.',
    'Nothing happens, very thoroughly. Then, just as one begins to believe it, something is set down outside with great care.',
    'It is a good minute. It is also a minute that somebody else is given to come closer.',
    'Whatever was waiting, waits along with you.',
  ],
  voice: [
    'For a while the words are all there is. Then they come back, quietly, in the same voice, from further in.',
    'It is heard. One can tell, since everything else has stopped to listen.',
    'Somebody laughs, low and at some distance, and not unkindly. Then comes one word, and it is a name.',
    'There is no answer, but when it is over the silence has come closer.',
  ],
  fight: [
    'It meets nothing but air, and the air gives a little, like cloth.',
    'That was plain enough for anybody. Something draws back, and for the first time tonight it is the one being hurried.',
    'It costs you your balance, and somebody else their patience. Neither is gone for good.',
  ],
  other: [
    'It changes something; it will take a moment to see what.',
    'It works, more or less, and somebody out of sight takes note of the less.',
    'A small sound answers it, from where there should be none.',
    'For the first time since you came the odds shift a little, and they shift your way.',
    'It leaves a mark, on things or on somebody’s opinion of you.',
  ],
};

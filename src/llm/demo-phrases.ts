/** What the demo model has to say. `{who}`, `{topic}`, `{quote}`, `{me}` and `{other}` are filled in. */
export const openers = [
  'Good point, {who}.',
  'Happy to think along, {who}.',
  'Let me pick that up, {who}.',
  'That is worth a moment, {who}.',
  'Thanks for putting it so plainly, {who}.',
  'Right, {who}, here is how I see it.',
] as const;

export const greetings = [
  'Hello {who}! Good to have you here.',
  'Hi {who}, welcome in.',
  'Hey {who}! Glad you dropped by.',
] as const;

export const introductions = [
  'I am {me}, and everybody in this room reads along as I write. Ask me something, tell me what you are working on, or let me sum up what was said so far; I can make a list or sketch a bit of code, too.',
  '{me} here. We all share this one conversation, so bring a question, a half-finished thought or a disagreement, and I will do my best with it. A list, a summary or a longer answer is fine as well.',
] as const;

export const reflections = [
  'You wrote “{quote}”, and what stands out to me in it is {topic}.',
  'When you say “{quote}”, I hear a question about {topic} above all.',
  'I read “{quote}” as being mainly about {topic}.',
  'The heart of “{quote}” seems to be {topic}.',
] as const;

export const thoughts = [
  'I would begin with the smallest part of {topic} that can be checked, because one clear result usually settles more than a long discussion.',
  'There are two sides to {topic}: what we already know, and what we only assume. Writing both down next to each other tends to show where the gap is.',
  'With {topic} it often helps to ask what would have to be true for the opposite to hold; if nothing comes to mind, we are probably on firm ground.',
  'My first instinct about {topic} is to keep it simple, try it once, and let what happens decide the next step instead of planning all of it ahead.',
  'If I had to explain {topic} to somebody in the next room, I would begin with an example, and only then say what it is an example of.',
  'Suppose {topic} were settled already: what would we do on the day after? Starting from there often shows what is really missing.',
  'It may help to look at {topic} from the end: what would have to be different for nobody to ask about it any more?',
  'What matters most about {topic} is who it is for; once that is said aloud, half of the options fall away by themselves.',
] as const;

export const asides = [
  'It also connects to what {other} said before: “{quote}”.',
  'I have not forgotten what {other} wrote earlier, “{quote}”; the two may well belong together.',
  'And {other} made a remark that fits here: “{quote}”.',
] as const;

export const closings = [
  'What have you tried so far?',
  'Does that match what you had in mind?',
  'Shall I go into one of these more closely?',
  'What does everyone else here think?',
  'If I got you wrong, say so and I will start over.',
  'What would you leave out, if you had to leave something out?',
  'Who would notice first if we were wrong about this?',
  'Is there anything here that surprises you?',
  'Where would you like to begin?',
  'What would make this easy?',
] as const;

export const thanks = ['You are welcome, {who}.', 'Gladly, {who}.', 'Any time, {who}.'] as const;

export const listItems = [
  '**Say what is known** about {topic}, in one sentence that nobody disputes.',
  '**Pick one thing to try** with {topic} that takes less than an hour.',
  '**Ask somebody** who has done {topic} before what they would never do again.',
  '**Write down the result**, also when {topic} turns out differently than hoped.',
  '**Leave out** whatever about {topic} can wait until next week.',
  '**Decide together** how you will notice that {topic} is good enough.',
] as const;

/** Sentences for long answers, put together in changing order. */
export const longSentences = [
  ...thoughts,
  'It is tempting to treat {topic} as one thing, but looked at closely it falls into several that barely touch each other.',
  'People who deal with {topic} every day rarely talk about it in general; they talk about the one case that went wrong.',
  'A good test is whether {topic} can be explained to somebody who has just walked into the room.',
  'Most of the effort around {topic} goes into the last tenth, and most of the joy comes from the first.',
  'None of this makes {topic} easy, yet it makes it a good deal less mysterious.',
  'Seen from further away, {topic} is a matter of habits more than of insight.',
  'There is a patience to {topic} that only shows after a while, when the quick answers have been used up.',
  'And sometimes the best thing to do about {topic} is to sleep on it and read the notes again in the morning.',
] as const;

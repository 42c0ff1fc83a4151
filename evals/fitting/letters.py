"""Writes a question as people write to a clinic: with a greeting, their story, and slips of the keyboard."""

import random

BEFORE = (
    "Hello, I hope you can help me.",
    "Hi there, I have been looking everywhere and cannot find a clear answer.",
    "My mother is 62 and was told about this last week.",
    "I am writing on behalf of my sister who lives far away.",
    "Good morning doctor.",
    "I am 34 years old and have been worried for months.",
    "My son is in the third grade and his teacher asked me too.",
    "Sorry for the long message, English is not my first language.",
    "I read something on the internet but it was confusing.",
    "We moved here two years ago and do not have a regular doctor yet.",
    "For the past few weeks I have been thinking about this a lot.",
)
AFTER = (
    "Any information would be appreciated, thank you so much.",
    "Please reply to me as soon as possible.",
    "Thanks in advance and God bless.",
    "I do not know who else to ask.",
    "My husband says I should not worry but I do.",
    "Can you send me a link or a phone number where I can learn more?",
    "We are very scared and would like to hear from you.",
    "I have an appointment next Tuesday and want to be prepared.",
    "Please explain it in simple words.",
    "Is there a place near me that can help with this?",
)
SLIPS = 0.08  # share of longer words that are mistyped
LONGER = 5  # letters


def as_letter(question: str, seed: int) -> str:
    """The question within such a message; the same seed gives the same message."""
    chance = random.Random(seed)
    mistyped = " ".join(_mistyped(word, chance) for word in question.split())
    before = chance.sample(BEFORE, chance.choice((1, 1, 2, 2)))
    return " ".join([*before, mistyped, *chance.sample(AFTER, chance.choice((0, 1, 1, 2)))])


def _mistyped(word: str, chance: random.Random) -> str:
    """Two letters exchanged, one lost, or one doubled."""
    if len(word) < LONGER or chance.random() > SLIPS:
        return word
    place = chance.randrange(1, len(word) - 2)
    exchanged = word[:place] + word[place + 1] + word[place] + word[place + 2 :]
    lost, doubled = word[:place] + word[place + 1 :], word[: place + 1] + word[place:]
    return (exchanged, lost, doubled)[chance.randrange(3)]

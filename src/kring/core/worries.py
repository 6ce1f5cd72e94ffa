"""“Ik maak me zorgen over een vriend(in)”: told with a name or without; then three words are the way back to the answer."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from kring.core.errors import BrokenRule

PARTS: Final = 3
MOST_TRIES: Final = 10
"""Wrong words in an hour, of one pupil."""
LONGEST: Final = 3000

_WORDS = """
    aap aardbei abrikoos adelaar ananas anker appel auto avond banaan bank beer berg beurs bever bezem bij bijl bikkel blad bloem boek bol
    boom boon boot bord bos bot boter brief bril broek brood brug buik bus cactus cake cello cirkel citroen clown dadel dak das deken deur
    dolfijn dorp doos draad draak druif druppel duif duin eekhoorn eend egel eik eiland emmer engel erwt ezel fakkel fee fiets film fles
    fluit fontein fornuis framboos gans garage geit gitaar glas gondel gordijn goud gras grot haai haan haas hagel hamer hamster hand harp
    hars hark haven hek helm hert heuvel hoed hond honing hooi hoorn huis hut iglo ijs inkt insect jas jacht jam juweel kaars kaart kaas
    kameel kam kano kar kast kat kers ketel kever kiwi klaver klok knikker knoop koala koe koek koffer kogel kok komeet kom konijn koning
    kraan kraal krab krant kroon kruik kurk kwal kwast ladder lamp lepel leeuw libel lijm lint maan magneet mand mango mantel masker mast
    meeuw melk merel meer mier molen mol motor mug muis munt muts muur naald nacht neus noot oase oever olifant olijf oven paard pad
    paddenstoel palm panda papier parel park parkiet pauw peer pen peper perzik piano pinda pinguin piraat plant plank plein poes pompoen
    pony poort pop potlood pruim pyjama raaf raam radijs radio raket regen reiger ring rivier robot roos rots rugzak sjaal schaap schaar
    schelp schip schoen school schuur slak slang sleutel sneeuw snoep sok spiegel spin spons stad stal steen ster stoel storm strand strik
    suiker taart tafel tak tas tent thee tijger toren touw trein trommel tuin tulp uil vaas varken veer vijver vis vlag vlinder vogel vos
    vuur wafel walvis wandel water weide wiel wolf wolk wortel zaag zak zalm zand zebra zeehond zeil zilver zon zwaan
    """
WORDS: Final = tuple(_WORDS.split())


@dataclass(eq=False, kw_only=True)
class WorrySaysNothing(BrokenRule):
    """What one worries about stands in a sentence."""


@dataclass(eq=False, kw_only=True)
class WorryTooLong(BrokenRule):
    """The rest one tells in a talk."""

    most: int = LONGEST


@dataclass(eq=False, kw_only=True)
class WordsOpenNothing(BrokenRule):
    """Three words that belong to no worry of this school."""


@dataclass(eq=False, kw_only=True)
class TooManyWrongWords(BrokenRule):
    """Who guesses waits an hour."""


@dataclass(eq=False, kw_only=True)
class WorryEnded(BrokenRule):
    """A talk that was rounded off is not gone on with: one tells anew."""


def new_words(choose: Callable[[Sequence[str]], str]) -> str:
    """Three words, each chosen by the caller's own source of chance: one in about twenty-six million.

    >>> new_words(lambda words: words[0])
    'aap aap aap'
    """
    return " ".join(choose(WORDS) for _ in range(PARTS))


def tidied(typed: str) -> str | None:
    """The words as they were made, from how somebody typed them; None when it cannot be these.

    >>> tidied(" Aap,  BOOM-vis "), tidied("aap boom")
    ('aap boom vis', None)
    """
    words = "".join(sign if sign.isalpha() else " " for sign in typed[:80].casefold()).split()
    return " ".join(words) if len(words) == PARTS else None


def refuse_ended(ended_at: object) -> None:
    """Raises WorryEnded."""
    if ended_at is not None:
        raise WorryEnded


def said(text: str) -> str:
    """What somebody wrote, without the white around it. Raises WorrySaysNothing and WorryTooLong."""
    found = text.strip()
    if len(found) < 2:
        raise WorrySaysNothing
    if len(found) > LONGEST:
        raise WorryTooLong
    return found


def refuse_guessing(tries: int) -> None:
    """Raises TooManyWrongWords."""
    if tries >= MOST_TRIES:
        raise TooManyWrongWords

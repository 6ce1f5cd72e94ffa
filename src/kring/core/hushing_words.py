"""Dutch words that people are called as well, and what stands before a word and before no name. Folded, as core/anonymity_words."""

from typing import Final

_ORDINARY: Final = """
    aarde amber appel arend arts baken bakker bal balk band bank beek beer berg berk beuk bever blad blauw bloei bloem blok
    boer bom boom boon boot bos bosje braam brand brink broek bron brouwer brug bruin buis bunder dam dans dageraad dekker
    dijk dolfijn donker doorn dorp draad draak drager dromer druif duif duin eend eik eiland elf engel ezel fabel fakkel
    fee feest fluit gans geel gelder genade gerst glans graaf gras grijs groen haag haan haas hagel half halm hamer haver
    havik hazel heer heide heilig held hemel herder herfst hert heuvel hof hond hoop hoorn hout huis hulst jager jasmijn
    juweel kamer kamp kapper kat keizer kerk kers keuken kever kiem klaver klei klok koe kok koning kool koper koren
    korst kracht kraai kraan krans kroon kruid kruis kuiper kunst kwast laan lans leeuw lelie lente lentes leraar
    liefde linde lint long maan madelief madeliefje marmer mees meester melk merel merk mier mist moed mol molen
    molenaar moor mos muis munt muur nacht naald nest noord olijf oost paard palm parel pauw peer perk pijl plas ploeg poort prins
    prinses raaf raam rank regen reiger ridder riet ring robijn roest rood room roos rosmarijn rots rust rups schaap schaper
    schilder schipper schout schut sering slager slak slot smid sneeuw snel snoek spaan specht
    spies sprong staal stad steen ster stern storm straal strand struik tak tarwe tas tijger timmer timmerman toren tuin
    tulp uil valk vallei veen veer veld vink violet vis visser vlam vlieg vlinder vogel vos vrede vreugde vrolijk
    vuur wachter wagenaar wal water weg weide wens wever wiel wijn wijze wild wilg wind winter wit wolf wolk woud zand zang
    zee zeil zilver zoet zomer zon zwaan zwart
    """
ORDINARY: Final = frozenset(_ORDINARY.split())
"""Written small these are words, for as far as nobody nearby is called so. What is missing is taken for a name: that only costs a word."""

_BEFORE_A_NOUN: Final = """
    de een deze geen elke elk iedere ieder alle welke zulke twee drie vier vijf zes zeven acht negen tien eerste tweede volgende vorige
    """
BEFORE_A_NOUN: Final = frozenset(_BEFORE_A_NOUN.split())
"""Not “dat”, “zijn” or “het”: behind these a name may stand, as in “dat roos” or “omdat het roos helpt”."""

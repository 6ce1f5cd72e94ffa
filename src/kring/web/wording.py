"""One Dutch sentence for every rule of the core that can be broken. The page comes back with it, status 409 and the form."""

from collections.abc import Mapping
from datetime import date

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kring.core.errors import BrokenRule
from kring.file_problems import Said
from kring.library.wording import sentence as content_sentence
from kring.web.attention_wording import OF_ATTENTION
from kring.web.behaviour_wording import OF_BEHAVIOUR
from kring.web.care_wording import OF_CARE
from kring.web.class_wording import OF_CLASSMATES
from kring.web.days import spoken_full_day
from kring.web.gathering_wording import OF_GATHERINGS
from kring.web.outside_wording import OF_OUTSIDE
from kring.web.plan_wording import OF_PLANS
from kring.web.signal_wording import OF_SIGNALS
from kring.web.training_wording import OF_TRAININGS
from kring.web.trial_wording import OF_TRIALS
from kring.web.understanding_wording import OF_UNDERSTANDING

SENTENCES: Mapping[str, object] = {
    **OF_CLASSMATES,
    **OF_ATTENTION,
    **OF_BEHAVIOUR,
    **OF_TRIALS,
    **OF_TRAININGS,
    **OF_CARE,
    **OF_GATHERINGS,
    **OF_OUTSIDE,
    **OF_PLANS,
    **OF_SIGNALS,
    **OF_UNDERSTANDING,
    "CallerMistake": _("Hier ging in Kring iets mis. Er is niets veranderd. Vertel het de beheerder."),
    "AnswerOutsideScale": _(
        "Bij “%(item)s” staat het antwoord %(value)s; dat moet tussen %(low)s en %(high)s liggen. Er is niets bewaard."
    ),
    "UnknownItem": _("De vragenlijst heeft geen vraag “%(item)s”. Er is niets bewaard."),
    "NoSuchInstrument": _("De vragenlijst “%(key)s” is er niet (meer)."),
    "JobNotToBeStopped": _("Dit werk is al klaar, of het kan niet halverwege stoppen."),
    "ShareNotAnAmbition": _("Kies een percentage van 1 tot en met 99. Er is niets bewaard."),
    "WindowTooLong": _("Een klas kan hooguit anderhalf uur achter elkaar open. Kies een kortere tijd."),
    "WindowOver": _("De klas is al dicht. Open hem opnieuw; er komt dan een nieuwe code."),
    "NobodyInGroup": _("Kies minstens één leerling. In een groep zonder leerlingen is er niemand om binnen te laten."),
    "RoundAlreadyClosed": _("Deze afname is al afgesloten. Er komt niets meer bij."),
    "RoundNotOpenYet": _("U kunt deze lijst invullen vanaf %(opens_on)s."),
    "GuardianListOver": _("U kon deze lijst invullen tot en met %(closes_on)s. Wilt u toch nog iets vertellen? Bel of mail de school."),
    "HandedInAlready": _("Deze lijst is al ingeleverd. U hoeft niets meer te doen."),
    "ListWithdrawn": _("Deze lijst hoeft niet meer. U hoeft niets te doen."),
    "ThrowingReasonMissing": _("Schrijf op waarom u deze antwoorden weggooit, in minstens %(least)s letters."),
    "ListInAlready": _("Deze lijst is al binnen. Er is niets veranderd."),
    "TakesNoPart": _("Deze leerling doet niet mee aan deze lijst. Er is niets veranderd."),
    "LaterDayNotLater": _("Kies een dag na %(closes_on)s. Tot en met die dag kan iedereen de lijst nog invullen."),
    "LaterDayOutsideYear": _("Het schooljaar eindigt op %(ends_on)s. Kies een eerdere dag."),
    "LaterDayFree": _("%(day)s is geen schooldag. Kies bijvoorbeeld %(instead)s."),
    "RoundNotClosed": _("Deze afname is niet afgesloten. U hoeft haar niet weer te openen."),
    "ReopeningReasonMissing": _(
        "Schrijf op waarom de afname weer opengaat, in minstens %(least)s letters. Iedereen die haar ziet, leest dat."
    ),
    "ReopeningTooLong": _("Kies een dag vanaf vandaag, en uiterlijk de laatste dag van het schooljaar: %(ends_on)s."),
    "RoundNotEmpty": _("Er kwam al iets binnen (%(came_in)s). Deze afname kunt u niet terugtrekken. Sluit haar af."),
    "UploadAlreadyApplied": _("Deze bestanden zijn al overgenomen. Er is niets dubbel toegevoegd."),
    "FilesBroughtBefore": _("Precies deze bestanden zijn al eerder voor deze groep overgenomen. Er is niets dubbel toegevoegd."),
    "FilesGone": _("Deze bestanden zijn er niet meer: na veertien dagen gooit Kring ze weg. Lees ze opnieuw in."),
    "DayOutsideYear": _("Die dag valt buiten het schooljaar %(year)s van deze groep. Kies een andere dag."),
    "FilesRefused": _("Deze bestanden kunnen zo niet worden overgenomen. Er is niets bewaard."),
    "AttachmentEmpty": _("Dit bestand is leeg. Kijk of u het goede koos. Er is niets bewaard."),
    "AttachmentTooLarge": _("Dit bestand is groter dan %(most)s MB. Maak het kleiner, of scan het met minder detail. Er is niets bewaard."),
    "KindNotAccepted": _("Dit soort bestand kan niet, of de naam past niet bij de inhoud. Kies een PDF, PNG, JPG of Word-bestand (.docx)."),
    "PictureTooLarge": _("Deze afbeelding heeft meer dan %(most)s miljoen beeldpunten. Maak haar kleiner. Er is niets bewaard."),
    "AttachmentDamaged": _("Dit bestand is beschadigd of anders gemaakt dan het hoort. Bewaar of scan het opnieuw. Er is niets bewaard."),
    "AttachmentLocked": _("Dit bestand is versleuteld of zo verpakt dat Kring het niet kan nakijken. Bewaar het zonder wachtwoord."),
    "AttachmentRuns": _(
        "In dit bestand zit iets dat uit zichzelf iets doet, iets ophaalt of een ander bestand meebrengt. Print het naar een nieuwe PDF."
    ),
    "StorageFull": _("De bestanden van de school zijn samen groter dan %(most)s GB. Vraag de beheerder om ruimte te maken."),
    "LastSecondFactor": _("Dit is uw enige tweede stap. Voeg eerst een andere toe; daarna kunt u deze weghalen."),
    "SignOnRefused": _("Inloggen is zo niet gelukt. Er is niets veranderd. Begin opnieuw, en gebruik daarbij één venster."),
    "NotOfThisSchool": _(
        "U bent wel ingelogd bij de aanbieder, maar dit account is niet van een medewerker van deze school of dit bestuur."
    ),
    "NotLinkedYet": _(
        "Dit account is nog aan niemand in Kring gekoppeld. Log in zoals u dat altijd doet, en koppel het bij “Mijn account”."
    ),
    "IdentityOfAnother": _("Dit account logt al iemand anders in. Vraag de beheerder om dat na te kijken. Er is niets veranderd."),
    "LastWayIn": _("Dit is uw enige manier om in te loggen. Maak eerst een wachtwoord of een passkey; daarna kunt u deze ontkoppelen."),
    "ChangedMeanwhile": _("Iemand anders heeft deze tekst veranderd terwijl u typte. Er is niets overschreven en niets van u verloren."),
    "ReasonTooThin": _("Schrijf in minstens %(least)s tekens en een paar woorden wat er aan de hand is. Er is nog niet gezocht."),
    "SearchTooWide": _("Vul de hele voornaam en de hele achternaam in, of de voornaam en de groep, of het leerlingnummer."),
    "NobodyFound": _("Er is geen leerling, of meer dan één, die precies zo heet. Kijk de naam na, of gebruik het leerlingnummer."),
    "GlassAlreadyBroken": _("U hebt al noodtoegang bij een leerling. Sluit die eerst: het kan maar bij één tegelijk."),
    "GlassOver": _("Deze noodtoegang was al voorbij."),
    "GlassStillLive": _("Deze noodtoegang loopt nog. Oordeel als die voorbij is."),
    "GlassAlreadyReviewed": _("Over deze noodtoegang is al geoordeeld. Dat verandert niet meer."),
    "OwnGlass": _("Dit was uw eigen noodtoegang. Iemand anders moet erover oordelen."),
    "RemarkDoesNotFit": _("Dit oordeel past niet bij de reden. Kies opnieuw."),
    "CasePurposeTooShort": _("Schrijf in minstens %(least)s tekens waarvoor u samenwerkt, zodat ouders het begrijpen."),
    "CaseEndsTooSoon": _("Deze dag is vandaag of al voorbij. Kies een dag die nog komt."),
    "CaseRunsTooLong": _("Een casus loopt hooguit een jaar. Kies een eerdere dag."),
    "SeatOutlastsCase": _("De casus zelf loopt niet zo lang. Kies een eerdere dag."),
    "CaseAlreadyClosed": _("Deze casus is al gesloten. Er komt niets en niemand meer bij."),
    "AlreadyOnCase": _("Deze persoon doet al mee met deze casus, of kan er niet voor worden gevraagd."),
    "ConsentMissing": _(
        "Er is geen geldige toestemming om met %(organisation)s over deze leerling te praten. Vraag die eerst. Er is niemand toegevoegd."
    ),
    "NoScoresYet": _("Van deze leerling zijn er nog geen scores. Er is niets gedeeld."),
    "ShareWithdrawn": _("Dit was al ingetrokken."),
    "NotYoursToObject": _(
        "Hierover beslist iemand anders: tot 16 jaar de ouders met gezag, daarna de leerling zelf. Er is niets veranderd."
    ),
    "NotTakingPartAlready": _("Dat was al gezegd: deze leerling doet niet mee aan deze lijst. Er is niets veranderd."),
    "NotYoursToTakeBack": _("Dit zei iemand anders. Alleen diegene kan het terugnemen. Er is niets veranderd."),
    "ObjectionOver": _("Dit was al teruggenomen. Er is niets veranderd."),
    "NotTakingPart": _(
        "Er zijn leerlingen die niet meedoen aan deze lijst (%(count)s). Over hen wordt niets gevraagd of bewaard. Er is niets veranderd."
    ),
    "ReasonForGuardiansTooShort": _("Schrijf in een hele zin waarom u dit vraagt: minstens %(least)s letters. Er is niemand gevraagd."),
    "NoGuardianToAsk": _("Kies minstens één ouder of verzorger met gezag. Er is niemand gevraagd."),
    "HasNoSayAnyMore": _("Deze ouder of verzorger beslist niet meer mee over deze leerling. Er is niets gestuurd. Trek de lijst in."),
    "GuardianAskedAlready": _("Een van deze ouders heeft deze lijst al openstaan. Er is niemand gevraagd."),
    "ReminderTooSoon": _("Deze ouder is korter dan een week geleden gevraagd of herinnerd. Wacht nog even."),
    "NothingToRemindOf": _("Deze lijst staat niet meer open. Er is niets veranderd."),
    "BaselineLocked": _("Dit is de nulmeting. Die blijft zoals ze is, zodat u er altijd mee kunt vergelijken. Er is niets veranderd."),
    "CountsShown": _("De tellingen van deze lijst zijn al te zien. Kwam er één bij, dan was te zien wat die antwoordde. Open een nieuwe."),
    "AnsweredTwice": _("Over een van de leerlingen is in deze afname al een lijst ingeleverd. Er is niets veranderd."),
    "OrganisationListedTwice": _("“%(name)s” staat al in de lijst. Er is niets bewaard."),
    "PurposeTooShort": _("Schrijf in een hele zin waarvoor u iets wilt delen: minstens %(least)s letters. Er is niets gevraagd."),
    "BlanketConsent": _("“%(words)s” is te ruim: dan weet een ouder niet waar die ja op zegt. Noem één doel. Er is niets gevraagd."),
    "NothingToShare": _("Kies minstens één soort gegevens. Er is niets gevraagd."),
    "ConsentTooLong": _("Toestemming geldt hooguit een jaar. Kies een eerdere dag; daarna kunt u het opnieuw vragen."),
    "LegalGroundTooLong": _("Zonder toestemming delen kan hooguit drie maanden. Kies een eerdere dag."),
    "OverBeforeItBegins": _("Die dag is al voorbij. Kies een dag die nog moet komen."),
    "ConsentRequestOver": _("Deze vraag is afgelopen. Er is niets veranderd."),
    "NotYoursToAnswer": _(
        "Over deze vraag beslist iemand anders: tot 16 jaar de ouders met gezag, daarna de leerling zelf. Er is niets veranderd."
    ),
    "SaidBefore": _("Dit antwoord staat er al. Er is niets veranderd."),
    "NothingToWithdraw": _("Er is geen ja dat kan worden teruggenomen. Er is niets veranderd."),
    "PupilNotHeardYet": _("Die dag moet nog komen. Vul de dag in waarop u de leerling gesproken heeft."),
    "ExplanationTooShort": _(
        "Leg in hele zinnen uit waarom delen moet zonder toestemming: minstens %(least)s letters. Er is niets vastgelegd."
    ),
    "SecondPersonMissing": _("Een tweede persoon moet dit bevestigen. U legde het zelf vast, ook als dat met een andere rol was."),
    "LegalGroundConfirmed": _("Dit is al bevestigd. Er is niets veranderd."),
    "LegalGroundOver": _("Deze grond is afgelopen. Er is niets veranderd."),
    "StillNamed": _(
        "In de tekst staat nog wie het is. Haal weg wat hieronder staat, of zeg erbij dat het een gewoon woord is. Er is niets bewaard."
    ),
    "ConsultationClosed": _("Dit consult is afgesloten. Er komt niets meer bij."),
    "WeekNotOver": _("Deze week is nog niet om. U kunt tekenen vanaf maandag, als alles erin staat."),
    "WeekAlreadySigned": _("Voor deze week is al getekend. Er is niets veranderd."),
    "GlassNotReviewed": _("In deze week is noodtoegang gebruikt die nog niet beoordeeld is (%(glasses)s). Beoordeel die eerst."),
    "ChainBroken": _(
        "Het logboek klopt niet meer vanaf regel %(sequence)s: er is iets aan veranderd. Teken niet, en meld het bij beheerder en bestuur."
    ),
    "RoleNotGivenHere": _("Deze rol wordt hier niet gegeven: leerlingen, ouders en partners komen op een andere manier binnen."),
    "AlreadyBegun": _("Er is al een school in deze installatie. Nieuwe collega's krijgen een rol op de bladzijde “Mensen”."),
    "TwoPeopleNeeded": _("Schoolleider en beheerder zijn twee verschillende mensen: de een keurt goed wat de ander voorstelt."),
    "RoleForOneself": _("Dat kunt u niet voor uzelf doen. Vraag het een collega."),
    "OwnProposal": _("U deed dit voorstel zelf. Een ander moet het goedkeuren of afwijzen."),
    "ProposalDecided": _("Over dit voorstel is al besloten."),
    "RoleHeldAlready": _("Deze persoon heeft die rol in die tijd al, of is er al voor voorgesteld."),
    "RolesDoNotGoTogether": _(
        "Deze rol past niet bij een rol die deze persoon al heeft: de een moet onafhankelijk zijn van de ander. Er is niets veranderd."
    ),
    "EndsBeforeItBegins": _("Het einde moet na het begin liggen, en niet in het verleden."),
    "LastHolder": _("Dit is de laatste schoolleider of beheerder. Geef eerst een ander deze rol; daarna kan deze eindigen."),
    "NotLonger": _("Deze rol eindigt al eerder. Stel de rol opnieuw voor als die langer moet gelden."),
    "TeachesNoGroup": _("Alleen een leerkracht of mentor kan een groep hebben. Geef eerst die rol."),
    "TeachesAlready": _("Deze collega heeft deze groep in die tijd al."),
    "LongerThanRole": _("De groep past niet binnen de tijd van de rol. Kies dagen waarop deze collega de rol heeft."),
    "SubstituteWithoutEnd": _("Wie vervangt, doet dat tot en met een dag. Vul die dag in."),
    "NobodyToReplace": _("De collega die vervangen wordt, heeft deze groep in die tijd niet."),
    "NotSixteenYet": _("Dat kan vanaf je zestiende verjaardag. Klopt je geboortedatum niet? Vraag het op school."),
    "TieEnded": _("Dit is al beëindigd. Er is niets veranderd."),
    "BirthDateUnlikely": _("Kijk de geboortedatum na: een leerling is tussen de 3 en 25 jaar."),
    "GuardianKnown": _("De school kent al iemand met deze naam. Zeg of het dezelfde persoon is."),
    "HasWayIn": _("Deze collega kan al inloggen. Is de toegang kwijt, laat dan twee collega's het account herstellen."),
    "LetterByAnother": _("U stelde deze collega zelf voor. Laat een ander de brief maken, dan heeft niemand beide in handen."),
    "NoRoleHere": _("Deze persoon heeft hier geen rol meer. Geef eerst een rol; daarna kunt u een brief maken."),
    "LetterForOneself": _("U kunt geen brief voor uzelf maken."),
    "RecoveryByOthers": _("Twee verschillende collega's herstellen samen een account, en nooit dat van henzelf."),
    "RecoveryTooLate": _("Dit verzoek is al bevestigd of ouder dan een dag. Begin opnieuw."),
    "YearNotNext": _("Schooljaar %(year)s begint voor het oude schooljaar voorbij is. Verander eerst de dagen van een van beide jaren."),
    "ChangeUnderWay": _("Er is al een voorstel voor het nieuwe schooljaar. Ga daarin verder."),
    "NewGroupTwice": _("Er zijn twee nieuwe groepen die “%(name)s” heten. Geef een van beide een andere naam."),
    "NewGroupWithoutLevel": _("Groep “%(name)s” heeft nog geen leerjaar. Vul in welke leerjaren erin zitten, bijvoorbeeld 4 of 4/5."),
    "NewGroupUnknown": _("Deze nieuwe groep is er niet (meer). Kies een andere groep."),
    "LevelDoesNotFit": _("In “%(name)s” zit geen leerjaar %(level)s. Kies een andere groep, of geef die groep er dat leerjaar bij."),
    "GroupStillUsed": _("Naar “%(name)s” gaan nog leerlingen. Geef hun eerst een andere groep; daarna kan deze weg."),
    "PupilsWithoutDestination": _(
        "Leerlingen van wie nog niet is gekozen waar zij naartoe gaan: %(count)s. Kies dat eerst. Er is niets veranderd."
    ),
    "PupilInTwoGroups": _(
        "Leerlingen die nu in twee groepen tegelijk zitten: %(count)s. Lees eerst een lijst met leerlingen in: "
        "daar staat iedere leerling in één groep. Er is niets veranderd."
    ),
    "PupilOfOtherGroup": _("Een van deze leerlingen zit niet (meer) in deze groep. Kijk de groep opnieuw na."),
    "PupilNumberUnknown": _("Deze nummers horen bij niemand in deze groep: %(numbers)s. Verbeter ze; er is niets bewaard."),
    "NotATeacherHere": _("Een van de gekozen collega's is dan geen leerkracht of mentor op deze school. Kies een ander."),
    "RoundsStillOpen": _(
        "Afnames die nog lopen en waarin lijsten ontbreken: %(count)s. Sluit die eerst af: wie invult, heeft de groep straks niet meer."
    ),
    "RoundsNotClosed": _("Afnames die nog niet zijn afgesloten: %(count)s. Sluit ze af, of vink aan dat u toch doorgaat."),
    "MinuteHasPassed": _("Dit moment is al voorbij. Kies een moment dat nog komt, of “nu meteen”."),
    "MinuteOutsideYears": _(
        "Dit moment past niet bij schooljaar %(year)s. Kies een dag in de laatste drie maanden van het oude of in het nieuwe schooljaar."
    ),
    "LeavesOutsideYear": _(
        "De laatste schooldag van een leerling valt buiten schooljaar %(year)s of na de overgang. Verbeter die dag eerst."
    ),
    "ChangeSet": _("Het nieuwe schooljaar staat al klaar. Er is niets opnieuw gedaan."),
    "ChangeNotSet": _("Er is niets om terug te draaien: het nieuwe schooljaar staat nog niet klaar."),
    "ChangeHappened": _(
        "Het nieuwe schooljaar is al begonnen en kan niet meer terug. Verplaats een leerling met een lijst met leerlingen, of koppel"
        " een collega bij “Mensen”."
    ),
    "HandoverEmpty": _("Schrijf in minstens één van de drie vakken iets. Er is niets bewaard."),
    "HandoverNotShown": _("Laat de tekst eerst thuis lezen. Er is niets vastgelegd."),
    "HandoverPassedOn": _("De nieuwe leerkracht heeft dit al. De tekst blijft zoals thuis hem las."),
    "HandoverNotPassedOn": _("Dit is nog niet aan u overgedragen. Er is niets veranderd."),
    "ChangeWithoutWords": _("Schrijf erbij wat er anders moet. Dan kan de leerkracht het aanpassen."),
    "DoubtsLeft": _("Regels waarover u nog moet beslissen: %(doubts)s. Er is niets overgenomen."),
    "RosterChangedMeanwhile": _("Intussen is er iets veranderd. Kijk opnieuw of het klopt. Er is niets overgenomen."),
    "GroupNameTaken": _("“%(name)s” is er in dit schooljaar al. Kies een andere naam. Er is niets toegevoegd."),
    "GroupWithoutLevel": _("Bij “%(name)s” is niet te zien welk leerjaar het is. Schrijf het erachter, bijvoorbeeld: %(name)s: 3."),
    "GroupHasPupils": _(
        "Leerlingen die nog in deze groep zitten: %(pupils)s. Zet hen eerst in een andere groep; daarna kan de groep eindigen."
    ),
    "LevelStillUsed": _("In deze groep zitten nog leerlingen van leerjaar %(level)s. Er is niets veranderd."),
    "BundleOfOne": _("Kies minstens twee groepen: één groep staat nergens naast."),
    "BundleOfDifferentLevels": _("Alleen groepen met precies hetzelfde leerjaar, uit één schooljaar, kunnen naast elkaar staan."),
    "BundledAlready": _("Groep %(group)s staat al naast andere groepen. Haal die eerst uit elkaar."),
    "WorksElsewhereToo": _(
        "Dit account hoort ook bij een andere school. Eén school kan er daarom niet alleen een nieuwe toegang voor geven."
    ),
    "TaskSaysNothing": _("Schrijf in een paar woorden wat u wilt doen. Er is nog niets bewaard."),
    "TaskTooLong": _("Een taak is één regel van hooguit %(most)s tekens. Maak die korter. Er is nog niets bewaard."),
    "DueDayPast": _("De dag %(day)s is al voorbij. Kies vandaag of een dag die nog komt."),
    "DueDayFree": _("Op %(day)s is er geen school (%(name)s). Kies een schooldag, bijvoorbeeld %(instead)s."),
    "DueDayTooFar": _("Zo ver vooruit kan niet: kies een dag tot en met %(last)s."),
    "PutOffNotLater": _("Deze taak staat al op %(due_on)s. Kies een latere dag."),
    "JobUnderWay": _("Dit werk is al bezig. Er is niets dubbel gevraagd. Kijk bij Rapporten hoe ver het is."),
    "JobNotFailed": _("Dit werk is klaar of nog bezig. Alleen wat niet is gelukt, kunt u opnieuw vragen."),
    "TaskOver": _("Deze taak was al afgevinkt of vervallen. Er is niets veranderd."),
    "TaskNotUndone": _("Dit kan niet meer worden teruggedraaid: Kring zag zelf dat het gedaan is, of het is langer dan een dag geleden."),
    "DropReasonMissing": _("Schrijf in een paar woorden waarom deze taak niet nodig is: minstens %(least)s tekens."),
    "NoAddress": _("Dit is geen e-mailadres. Het heeft een @ en daarna de naam van een domein, zoals naam@school.nl."),
    "MoreThanOneAddress": _("Vul één e-mailadres in, zonder spaties, komma's of haakjes."),
    "AddressWithAccents": _("Dit adres heeft letters die niet elke mailserver aanneemt. Gebruik een adres met gewone letters en cijfers."),
    "NoAddressForPupils": _("Leerlingen krijgen geen e-mail van Kring."),
    "TooManyMailCodes": _("U vroeg vandaag al %(most)s keer om een code. Probeer het morgen opnieuw."),
    "MailCodeWrong": _("Deze code klopt niet. Kijk of u de nieuwste hebt en typ hem nog eens; u kunt het nog %(left)s keer proberen."),
    "MailCodeOver": _("Deze code werkt niet meer. Vraag hieronder een nieuwe."),
    "NoMailHere": _("Deze Kring verstuurt geen e-mail. Alles wat voor u klaarstaat, ziet u op uw eerste bladzijde."),
    "YearEndsBeforeItBegins": _("Het schooljaar eindigt voordat het begint. Kijk beide dagen na."),
    "YearUnlikely": _("Dit schooljaar duurt %(days)s dagen. Dat hoort tussen %(fewest)s en %(most)s te zijn. Kijk beide dagen na."),
    "YearsOverlap": _(
        "Dit schooljaar overlapt met schooljaar %(other)s, van %(other_starts_on)s tot en met %(other_ends_on)s. "
        "Laat het later beginnen, of verander eerst %(other)s."
    ),
    "YearInUse": _(
        "Schooljaar %(label)s wordt al gebruikt: voor groepen, een afname, een ingelezen lijst of het nieuwe schooljaar. "
        "Het kan daarom niet weg; de dagen kunt u wel veranderen."
    ),
    "DaysOffEndBeforeTheyBegin": _("“%(name)s” eindigt voordat het begint. Kijk beide dagen na."),
    "HolidayOutsideYear": _(
        "“%(name)s” valt buiten schooljaar %(label)s. Kies dagen binnen dat jaar; loopt een vakantie door, zet die dan in beide jaren."
    ),
    "DaysOffOverlap": _("“%(name)s” valt samen met “%(other)s”. Kies een andere dag, of verander eerst “%(other)s”."),
    "HolidaysMissing": _("Van schooljaar %(label)s zijn nog geen vakanties bekend. Vul die eerst in bij “Schooljaar en vakanties”."),
    "HolidaysNotPublished": _("Kring kent de vakanties van %(label)s nog niet. Neem ze over uit uw schoolgids."),
    "RegionMissing": _("Kies eerst bij “Onze school” in welke regio de school ligt: Noord, Midden of Zuid."),
    "RoundOutsideYear": _("Een afname begint en eindigt binnen één schooljaar. Kies andere dagen, of maak eerst het schooljaar."),
    "LevelNotOfSchool": _("Leerjaar %(level)s bestaat niet op dit soort school. Kies een leerjaar van %(first)s tot en met %(last)s."),
    "TypeStillUsed": _(
        "Het soort onderwijs kan niet veranderen zolang deze groepen er zijn: %(groups)s. "
        "Haal die eerst weg, of laat het soort onderwijs zoals het is."
    ),
    "SchoolNameTaken": _("Dit bestuur heeft al een school die “%(name)s” heet. Zet er bijvoorbeeld de plaats of de locatie bij."),
    "BoardNameTaken": _("Er is al een bestuur dat “%(name)s” heet. Kies een andere naam."),
    "EditionBeforeLast": _("Deze woorden kunnen niet ingaan vóór de vorige. Wat al gold, blijft zoals het was. Kies een latere dag."),
    "EditionSaysNothingNew": _("Er is niets veranderd: dit zegt hetzelfde als wat nu geldt."),
    "QuestionTooLong": _("Zoek met hooguit %(most)s tekens: een naam, een groep of een paar woorden. Er is niet gezocht."),
    "RoundClosesBeforeItOpens": _("De afname sluit op %(closes_on)s, voordat die opent. Kijk de dagen na. Er is niets geopend."),
    "RoundOverAlready": _("De laatste dag, %(closes_on)s, is al voorbij. Kies een dag die nog komt. Er is niets geopend."),
    "RoundInHoliday": _("In deze dagen is er geen school: %(holiday)s. Kies dagen waarop er wel school is. Er is niets geopend."),
    "RoundInWeekend": _("Deze dagen zijn een weekend. Kies dagen waarop er school is. Er is niets geopend."),
    "GroupOutsideYear": _(
        "Groep %(group)s hoort niet bij het schooljaar %(year)s. Kies andere dagen of andere groepen. Er is niets geopend."
    ),
    "NobodyToAsk": _("In deze groepen zit geen leerling voor wie “%(instrument)s” gemaakt is. Kies andere groepen. Er is niets geopend."),
    "RoundsOverlap": _(
        "In groep %(group)s loopt dan al “%(title)s” met dezelfde lijst, van %(opens_on)s tot en met %(closes_on)s. "
        "Kies andere dagen, of sluit die eerst. Er is niets geopend."
    ),
    "GuardiansOneByOne": _(
        "“%(title)s” vraagt u aan de ouders van één leerling tegelijk, op de bladzijde van die leerling. Er is niets geopend."
    ),
    "NoColleagueToAsk": _("Niemand van de collega's heeft deze rollen. Kies andere rollen voor “%(instrument)s”. Er is niets geopend."),
    "ColleaguesAskedAlready": _(
        "Bij collega's loopt dan al “%(title)s” met dezelfde lijst, van %(opens_on)s tot en met %(closes_on)s. "
        "Kies andere dagen, of sluit die eerst. Er is niets geopend."
    ),
    "NotTheWholeSchool": _(
        "“%(title)s” vraagt u aan alle leerlingen voor wie de lijst gemaakt is. Nu mist u er %(left_out)s. "
        "Neem alle groepen mee, of schrijf op waarom u dat niet doet. Er is niets geopend."
    ),
    "BeyondRhythm": _(
        "“%(title)s” is voor hooguit %(times)s keer per schooljaar, en groep %(group)s is dit jaar al zo vaak gevraagd. "
        "Schrijf op waarom u het nog een keer vraagt. Er is niets geopend."
    ),
    "WhoIsAskedChanged": _("Er is iets veranderd sinds u keek: wie er gevraagd wordt, of wanneer. Kijk nog een keer. Er is niets geopend."),
    "WhyMissing": _("Schrijf in minstens %(least)s tekens waarom. Er is niets veranderd."),
    "MovesNowhere": _("Dit is dezelfde leerling. Kies een andere leerling. Er is niets veranderd."),
    "ListGone": _("Bij deze leerling staat geen lijst (meer). Misschien heeft een collega die al verplaatst. Er is niets veranderd."),
    "OtherClassOrRound": _(
        "Een lijst blijft bij dezelfde afname en groep. Kies een leerling die in dezelfde groep gevraagd is. Er is niets veranderd."
    ),
    "ChangedSinceLooked": _("Er is iets veranderd sinds u keek. Kijk opnieuw naar beide leerlingen. Er is niets veranderd."),
    "UndoneAlready": _("Dit is al ongedaan gemaakt. Er is niets veranderd."),
    "TooLateToUndo": _("Dit kan niet meer ongedaan worden gemaakt: er is daarna op verder gewerkt."),
    "MergeWithOneself": _("Dit is twee keer dezelfde leerling. Kies een andere. Er is niets veranderd."),
    "MergedAlready": _("Een van beide is al samengevoegd. Er is niets veranderd."),
    "TwoAccounts": _("Beide leerlingen loggen zelf in, elk met een eigen account. Het kunnen twee kinderen zijn. Er is niets veranderd."),
    "BirthDatesDiffer": _("De geboortedatums verschillen. Klopt er een niet? Verbeter die eerst bij de leerling. Er is niets veranderd."),
    "CourtNoteBetween": _(
        "Bij het gezag staat een uitspraak van de rechter, en de ouders zijn niet dezelfde. Kijk eerst het gezag bij beide na."
    ),
    "TwoSafetyCards": _("Beide hebben een veiligheidskaart. Zet eerst alles op één kaart en maak de andere leeg. Er is niets veranderd."),
    "SightNotAgreed": _("Kijk na wie er meer te zien krijgt, en zet daarna het vinkje. Er is niets veranderd."),
    "ChoiceMissing": _("Kies nog in welke groep deze leerling zit. Er is niets veranderd."),
    "NotReady": _("Deze lijst is nog niet klaar. Hieronder staat wat er ontbreekt. Er is niets vrijgegeven."),
    "NoSuchPart": _("Deze vraag of schaal is er niet meer: een collega haalde die weg. Er is niets veranderd."),
    "TooManyItems": _("Een lijst heeft hooguit %(most)s vragen. Er is niets bij gekomen."),
    "AlreadyReleased": _("“%(title)s” is vrijgegeven en verandert niet meer. Verbeter de lijst in een volgende versie."),
    "NotReleasedYet": _("“%(title)s” is nog een concept. U kunt het zelf veranderen of weggooien."),
    "AlreadyRetired": _("“%(title)s” was al uit gebruik genomen."),
    "NextVersionThere": _("Van “%(title)s” is er al een versie %(version)s. Ga daarin verder."),
    "NothingToUndo": _("Er is niets om ongedaan te maken."),
    "MeaningChanged": _(
        "Er is meer veranderd dan woorden: vragen, antwoorden of schalen zijn anders. De uitkomsten kunnen niet doorlopen in één lijn."
    ),
    "HealthOfOnePupil": _(
        "“%(name)s” gaat over de gezondheid van één kind. Dat hoort bij de jeugdgezondheidszorg en niet in Kring. "
        "Wat zij over een groep als geheel schrijft, kan wel. Er is niets bewaard."
    ),
    "AnswersNotScores": _("“%(name)s” lijkt een losse vraag of een tekst. Kring leest alleen uitslagen per schaal. Er is niets bewaard."),
    "RangeTurnedRound": _("De laagste uitslag moet lager zijn dan de hoogste. Kijk beide getallen na."),
    "ScaleNamedBefore": _("De schaal “%(name)s” van %(title)s is al bekend. Er is niets veranderd."),
    "ScaleInUse": _(
        "Bij leerlingen staan uitslagen op “%(name)s”. Daarom kan deze schaal niet weg. Draai eerst de bestanden terug waarin ze stonden."
    ),
    "MeasuredInFuture": _("De dag waarop er gemeten is, moet nog komen. Kies de goede dag."),
    "NothingNew": _("Al deze uitslagen staan al in Kring. Er is niets veranderd."),
    "OtherThanShown": _("Er is iets veranderd sinds u keek. Kijk nog een keer en neem het dan over. Er is niets veranderd."),
    "NotTakenOver": _("Dit bestand is niet overgenomen; er valt niets terug te draaien."),
    "TakenBackAlready": _("Dit bestand was al teruggedraaid. Er is niets veranderd."),
    "ListUnreadable": _("“%(title)s” is niet te lezen. Haal de laatste verandering terug met “Ongedaan maken”, of gooi het concept weg."),
    "LicenceEndsFirst": _(
        "De licentie van “%(title)s” loopt tot en met %(until)s."
        " Kies een laatste dag die daar niet na ligt, of leg een nieuwe licentie vast."
    ),
    "NotToChoose": _("Deze persoon kun je nu niet kiezen. Kies iemand die hier staat."),
    "TalkedAlready": _("Hier staat al bij dat jullie gepraat hebben. Er is niets veranderd."),
    "NobodyChosen": _("Kies van wie u de lijst inlevert. Er is niets veranderd."),
    "NothingAnswered": _("Een lijst zonder één antwoord kan niet ingeleverd worden. Vul iets in, of laat die leerling weg."),
    "NotHandedIn": _("Deze lijst is niet ingeleverd. U kunt gewoon verder invullen."),
    "SheetUnknown": _("Er is in deze groep geen blad met nummer %(number)s. Kijk het nummer op het blad na."),
    "SheetTypedAlready": _("De lijst van blad %(number)s is al binnen. Er is niets veranderd."),
    "SheetEmpty": _("Op dit blad staat nog geen antwoord. Er is niets bewaard."),
    "MoreThanAsked": _(
        "Er zijn al zoveel lijsten binnen als er leerlingen zijn aangevinkt (%(n)s). Vink eerst aan wie er nog meer meedeed."
    ),
    "TickedAlready": _("De lijst kan al binnen zijn. Daarom blijft het vinkje staan."),
    "LicenceOver": _("Deze licentie liep tot en met %(until)s. Zet er een dag die nog komt, of leg een nieuwe licentie vast."),
    "QuestionSkipped": _("Van de vier vragen zijn er nog %(missing)s zonder antwoord. Beantwoord ze alle vier, ook als het kort is."),
    "ReadAlready": _("Deze uitslag is al kritisch gelezen. Wat er toen stond, blijft staan."),
    "NotReadWithCare": _("Beantwoord eerst de vier vragen bij deze uitslag. Daarna kunt u een richting kiezen."),
    "DeclinedWithoutReason": _("Schrijf op waarom u dit niet doet, in minstens %(least)s letters."),
    "DirectionDoesNotFit": _("Deze richting past niet bij deze uitslag. Kies er een van deze bladzijde."),
    "RoundStillOpen": _("Deze afname loopt nog. De uitslag komt na het sluiten."),
    "ShownToNobody": _("Kies met wie u dit besproken hebt. Wie het al mocht lezen, hoeft u niet nog eens te kiezen."),
    "NothingToShow": _("Hier is te weinig ingevuld om iets te zeggen."),
    "NothingSaid": _("Schrijf eerst iets op."),
    "ResponseTooLong": _("Dit is te lang. Gebruik hooguit %(most)s tekens; u mag vaker iets opschrijven."),
}


def sentence(broken: BrokenRule) -> str:
    """The sentence of this refusal with its facts filled in: its own, that of the kind of rule it is, or that of a content file."""
    for kind in type(broken).__mro__:
        if kind.__name__ in SENTENCES:
            facts = {name: spoken_full_day(fact) if isinstance(fact, date) else fact for name, fact in broken.facts().items()}
            return str(SENTENCES[kind.__name__]) % facts
    return content_sentence(broken)[0]


def spoken(text: str) -> str:
    """What was Said about a file, in the language of the reader; any other text as it is."""
    return text.put(gettext) if isinstance(text, Said) else text


__all__ = ["SENTENCES", "_", "sentence", "spoken"]

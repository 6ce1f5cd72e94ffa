"""Invented names, as varied as in a Dutch class of today. Nobody is meant; the names of the cast occur only in the cast."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Origin:
    """Given and family names that go together, and their share of the pupils. A prefix stands before a comma: "van de, Laar"."""

    share: float
    girls: tuple[str, ...]
    boys: tuple[str, ...]
    families: tuple[str, ...]


def _origin(share: float, girls: str, boys: str, families: str) -> Origin:
    return Origin(share, tuple(girls.split()), tuple(boys.split()), tuple(name.strip() for name in families.split("·")))


ORIGINS = (
    _origin(
        0.58,
        "Aafke Amber Anouk Benthe Bibi Britt Doris Eefje Elin Emma Esmee Eva Evi Feline Femke Fenna Fleur Floor Guusje Hanna Hedwig Hilde"
        " Imme Isa Iris Jasmijn Jet Jildou Jinte Juul Kaatje Lara Lieke Linde Lisa Liv Lois Loes Maartje Madelief Maud Merel Mette Mila"
        " Myrthe Nienke Nina Nynke Pien Puck Renske Roos Rosa Saar Sofie Suze Tess Tirza Tjitske Veerle Vera Wende Yara Yfke Zoë",
        "Abel Aart Bart Bauke Bent Boaz Bjorn Cas Casper Daan Dirk Douwe Eelco Fedde Finn Floris Gerben Giel Guus Hidde Huub Ids Jaap"
        " Jelle Jens Jesse Job Joep Joris Jort Jurre Kees Klaas Koen Lars Levi Loek Lucas Luuk Mats Mees Melle Mick Niek Olaf Oscar Otis"
        " Pepijn Quinten Rein Ruben Sebas Sepp Siebe Sjoerd Stijn Storm Teun Thijs Tijn Tobias Twan Vince Wessel Wietse Wout Ype Zeger",
        "Aalders · Akkerman · van den, Berg · Bijlsma · van der, Bilt · Blaauw · de, Boer · Bolhuis · van den, Brink · Broersma · Claassen"
        " · van, Dam · Dekkers · Dijkema · van, Doorn · Drost · van, Eck · Elsinga · Feenstra · Geerts · van der, Giessen · Goossens"
        " · Greven · de, Haan · Hagenaar · Heemstra · van der, Heide · Hendriks · Hoekstra · van der, Horst · Huizing · Jaspers"
        " · de, Jong · Kamps · van, Kessel · Klaver · Koster · Kramer"
        " · van de, Laar · Lammers · van, Leeuwen · Lubbers · van der, Meer · Meinders · Mulder"
        " · Nijhof · Noordam · van, Oosten · Oldenburger · Peters · van der, Plas · Postma · Prins · Reinders · van, Rijn · Roelfsema"
        " · Schaap · Scholten · Sikkema · Slot · Smit · Sprenger · van der, Steen · Teunissen · Timmer · van, Tol · Veenstra · van de, Ven"
        " · Verhoeven · Visser · de, Vries · Wagenaar · van de, Water · Westra · Wiersma · de, Wit · Wolters · Zijlstra · Zwart",
    ),
    _origin(
        0.10,
        "Asya Azra Beyza Ceren Defne Ecrin Elif Esma Hira Melike Nehir Nisa Selin Sude Tuana Zehra Zeynep",
        "Ali Alperen Ayaz Berat Can Deniz Efe Emir Eren Kaan Kerem Mert Miraç Ömer Talha Umut Yiğit",
        "Acar · Aksoy · Arslan · Aydın · Çelik · Demir · Doğan · Erdem · Kaplan · Kılıç · Korkmaz · Öztürk · Polat · Şahin · Yavuz"
        " · Yılmaz",
    ),
    _origin(
        0.11,
        "Aya Chaimae Dina Douae Fatima Hafsa Hiba Ikram Inaya Jannah Kaoutar Malak Maryam Nour-Lina Rania Salma Yasmine",
        "Adam Amin Anas Ayoub Bilal Hamza Ilias Imran Ismaïl Jad Mohamed Nassim Rayan Soufiane Yahya Younes Zakaria",
        "Achahbar · Aït Lahcen · Amrani · Belkacem · Benali · Bouzid · Chaoui · Daoudi · El Bakkali · El Idrissi · El Khatib · Haddad"
        " · Lamrabet · Mansouri · Ouali · Tahiri · Zeroual",
    ),
    _origin(
        0.08,
        "Alisha Chantal Daisy Gwenette Jaydah Kiara Naomi Priya Shanaya Shreya Xenia",
        "Clyde Dion Gianni Jairo Jayden Keanu Rishi Ruggero Shivan Tyrell Winston",
        "Balgobind · Bottse · Chin A Foeng · Croes · Djojo · Hasselbaink · Jankie · Kartosen · Maduro · Martis · Pinas · Ramdin · Sewnath"
        " · Tjon · Wijngaarde",
    ),
    _origin(
        0.07,
        "Alicja Hanka Kornelia Lena Maja Oliwia Pola Wiktoria Zofia",
        "Antoni Filip Igor Jakub Kacper Maciej Oskar Szymon Tymon",
        "Adamczyk · Borkowska-Lis · Dudek · Jasiński · Kołodziej · Król · Mazurek · Nowicki · Pawlak · Sobczak · Wrona",
    ),
    _origin(
        0.06,
        "Amal Bisan Feven Heba Hodan Lamis Lilas Makda Rim Sham Sidra",
        "Abdi Amanuel Basel Fares Ghaith Karam Omar Samir Tarek Yonas Zain",
        "Abdulle · Al Hamwi · Al Khouri · Barakat · Darwish · Gebremariam · Habtom · Hersi · Kassab · Mulugeta · Saleh · Tesfay · Warsame",
    ),
)


def split_family(name: str) -> tuple[str, str]:
    """Prefix and family name.

    >>> split_family("van de, Laar"), split_family("Smit")
    (('van de', 'Laar'), ('', 'Smit'))
    """
    prefix, comma, family = name.partition(", ")
    return (prefix, family) if comma else ("", name)

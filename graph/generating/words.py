"""The word lists that invented names and texts are put together from; German beside English."""

from typing import Final

Pair = tuple[str, str]
"""The same in German and in English."""


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


def _pairs(text: str) -> tuple[Pair, ...]:
    found = []
    for entry in text.replace("\n", " ").split(";"):
        german, _, english = entry.partition("=")
        if german.strip():
            found.append((german.strip(), english.strip()))
    return tuple(found)


SECTORS: Final = _pairs("""
    Maschinenbau=mechanical engineering; Automobilindustrie=automotive industry;
    Photonik=photonics; Medizintechnik=medical technology; Chemie=chemistry;
    Elektronik=electronics; Lebensmittelwirtschaft=food industry; Logistik=logistics;
    Luftfahrt=aviation; Energiewirtschaft=energy industry; Biotechnologie=biotechnology;
    Kunststofftechnik=plastics technology; Textilindustrie=textile industry;
    Softwarebranche=software industry; Bauwirtschaft=construction industry;
    Sensorik=sensor technology; Verpackungswirtschaft=packaging industry;
    Umwelttechnik=environmental technology; Werkzeugbau=tool making;
    Halbleiterindustrie=semiconductor industry; Schienenverkehr=rail transport;
    Papierindustrie=paper industry; Glasindustrie=glass industry; Pharmazie=pharmaceutics;
    Raumfahrt=space industry; Agrartechnik=agricultural technology;
    Gießereiwesen=foundry industry; Möbelindustrie=furniture industry;
    Schifffahrt=shipping; Medienwirtschaft=media industry;
    Gesundheitswirtschaft=health economy; Wasserwirtschaft=water management;
    Stahlindustrie=steel industry; Uhrenindustrie=watch industry;
    Robotik=robotics; Druckindustrie=printing industry; Keramikindustrie=ceramics industry;
    Sicherheitstechnik=security technology; Recyclingwirtschaft=recycling industry;
    Forstwirtschaft=forestry
""")
"""Sectors, the largest first."""

SECTOR_VARIANTS: Final = _pairs("""
    {}={}; Zulieferer der Branche {}=suppliers of {}; Dienstleister für {}=services for {};
    Forschung für {}=research for {}
""")
"""What a sector is called when the plain ones are used up."""

MEANS: Final = _pairs("""
    Laser=laser; Ultraschall=ultrasonic; Plasma=plasma; Mikrowellen=microwave; Röntgen=X-ray;
    Elektronenstrahl=electron beam; Infrarot=infrared; Wasserstrahl=water jet; Vakuum=vacuum;
    Hochdruck=high-pressure; Nano=nano; Mikro=micro; Präzisions=precision;
    Hochfrequenz=high-frequency; Tieftemperatur=low-temperature; Leichtbau=lightweight;
    Digital=digital; Faser=fibre; Polymer=polymer; Keramik=ceramic; Metall=metal;
    Dünnschicht=thin-film; Membran=membrane; Magnet=magnetic; Thermo=thermal; Bio=bio;
    Optik=optical; Funk=radio; Roboter=robot; Simulations=simulation-based;
    Reinraum=clean-room; Serien=series; Freiform=free-form; Hybrid=hybrid; Inline=inline;
    Mehrachs=multi-axis; Wirbelstrom=eddy current; Terahertz=terahertz; Gas=gas; Pulver=powder;
    Karbon=carbon; Silizium=silicon; Glas=glass; Holz=wood; Textil=textile; Folien=film;
    Granulat=granulate; Aerosol=aerosol; Batterie=battery; Wasserstoff=hydrogen;
    Gleichstrom=direct current; Bild=image; Akustik=acoustic; Schwingungs=vibration;
    Klima=climatic; Licht=light; Druckluft=compressed-air; Hydraulik=hydraulic;
    Oberflächen=surface; Volumen=volume
""")
"""First parts of topics and competences."""

PROCESSES: Final = _pairs("""
    messtechnik=metrology; schweißen=welding; reinigung=cleaning; beschichtung=coating;
    trennung=separation; prüfung=testing; bearbeitung=machining; fertigung=manufacturing;
    trocknung=drying; sensorik=sensing; spektroskopie=spectroscopy; mikroskopie=microscopy;
    sortierung=sorting; verklebung=bonding; formgebung=forming; strukturierung=structuring;
    modellierung=modelling; überwachung=monitoring; steuerung=control; aufbereitung=processing;
    härtung=hardening; zerkleinerung=comminution; dosierung=dosing; montage=assembly;
    abscheidung=deposition; analytik=analytics; kühlung=cooling; speicherung=storage;
    verarbeitung=processing technology; logistik=logistics; kalibrierung=calibration;
    inspektion=inspection; filtration=filtration; kodierung=encoding; automatisierung=automation;
    verpackung=packaging; wartung=maintenance; vernetzung=networking; wandlung=conversion;
    fügetechnik=joining technology; druck=printing; schutztechnik=protection technology;
    rückgewinnung=recovery; simulation=simulation; visualisierung=visualisation;
    ortung=positioning; übertragung=transmission; dichtung=sealing; förderung=conveying;
    zulassung=approval
""")
"""Second parts of topics and competences."""

MACHINES: Final = _pairs("""
    Koordinatenmessgerät=coordinate measuring machine;
    Rasterelektronenmikroskop=scanning electron microscope; Interferometer=interferometer;
    Klimakammer=climatic chamber; Spektrometer=spectrometer;
    Fünfachsfräse=five-axis milling machine; Spritzgießmaschine=injection moulding machine;
    Laserschneidanlage=laser cutting system; Beschichtungsanlage=coating system;
    Metalldrucker=metal printer; Drehautomat=automatic lathe; Prüfstand=test bench;
    Reinraumzelle=clean-room cell; Autoklav=autoclave; Industrieroboter=industrial robot
""")
"""Devices: the first five measure, the last three are neither; the rest produce."""

STEM_STARTS: Final = _words("""
    Tann Erl Brunn Quell Holder Wald Stern Rauch Feld Kessel Linden Marbel Nebel Ost Rot Sieben
    Tief Ulmen Vogel Weiden Zander Birk Dorn Eschen Flach Gold Hasel Immen Kranz Lerchen Moor
    Nuss Otter Pappel Rand Silber Tor Uhlen Winter Zeder
""")
STEM_MIDDLES: Final = _words("""
    a el en er e in o um ings au ems olt und ach ill orn
""")
STEM_ENDS: Final = _words("""
    brink dahl fuss garth heimer kamp lund mertz nagel peck quast riek sack tholen vitz wardt
    zell bolt craas dingen fenn grell horst jahn kuhl lohe mund nied pohl rath strob thies
""")
"""Parts of invented surnames; no register of companies was looked at."""

TOWN_STARTS: Final = _words("Ober Unter Neu Alt Klein Groß Hinter Vorder Mittel Nieder")
TOWN_ENDS: Final = _words("hausen bronn rode stetten walde furt kirchen moos bach wiek")

REGIONS: Final = (
    "Baden-Württemberg", "Bayern", "Berlin", "Brandenburg", "Bremen", "Hamburg", "Hessen",
    "Mecklenburg-Vorpommern", "Niedersachsen", "Nordrhein-Westfalen", "Rheinland-Pfalz",
    "Saarland", "Sachsen", "Sachsen-Anhalt", "Schleswig-Holstein", "Thüringen",
)  # fmt: skip

FIRST_NAMES: Final = _words("""
    Ada Bruno Clara David Elif Farid Greta Hannes Ida Jonas Katja Lukas Mara Nils Olga Paul
    Ronja Samir Tilda Uwe Vera Wanda Yusuf Zoe Anton Birgit Cem Dora Emil Frieda
""")

ROLES: Final = _pairs("""
    Geschäftsführung=managing director; Leitung Entwicklung=head of development;
    Leitung Fertigung=head of production; Clusterreferat=cluster officer;
    Technologietransfer=technology transfer; Einkauf=purchasing;
    Qualitätssicherung=quality assurance
""")

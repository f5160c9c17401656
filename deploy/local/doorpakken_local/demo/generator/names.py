"""Invented names for people and organisations."""

FIRST_NAMES = (
    "Abigail", "Ahmed", "Akua", "Alida", "Amina", "Anton", "Aya", "Bas", "Bianca", "Carlos",
    "Chantal", "Chen", "Daan", "Diana", "Ebo", "Elif", "Emeka", "Esmee", "Ewoud", "Faisal",
    "Femke", "Floor", "Gerda", "Gifty", "Glenn", "Hamza", "Hilde", "Ines", "Irma", "Ivo", "Jasper",
    "Jerrel", "Kavita", "Kim", "Kojo", "Lena", "Leroy", "Lian", "Lina", "Maaike", "Malik", "Marvin",
    "Mei", "Mila", "Mo", "Naomi", "Nasra", "Nina", "Olga", "Osman", "Paula", "Priya", "Quinten",
    "Rania", "Rob", "Romy", "Said", "Sofie", "Stella", "Tarik", "Thea", "Usha", "Vera", "Yara",
)  # fmt: skip
PLANTS = (
    "Aardbei", "Abrikoos", "Acacia", "Akelei", "Amandel", "Anemoon", "Aster", "Bamboe", "Bes",
    "Bies", "Braam", "Brem", "Clematis", "Dille", "Distel", "Ereprijs", "Gember", "Gerst",
    "Gladiool", "Heide", "Hop", "Hortensia", "Jeneverbes", "Kamille", "Kers", "Krokus", "Laurier",
    "Linde", "Lupine", "Maagdenpalm", "Maïs", "Mispel", "Munt", "Narcis", "Olm", "Passiebloem",
    "Peer", "Pioen", "Populier", "Quinoa", "Ridderspoor", "Rozelaar", "Salie", "Tijm", "Tulp",
    "Venkel", "Vlas", "Wikke", "Zuring",
)  # fmt: skip
KINDS_OF_HOUSE = {
    "covenant_partner": "Instelling",
    "local_entrepreneur": "Winkel",
    "community_member": "Bewonersgroep",
}
